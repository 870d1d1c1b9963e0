import type { ByteSource } from '../sources/byte-source.ts';

/**
 * A source that can be looked into before it is read, also when it can be read only once, as stdin: what a look took is
 * kept and given again. From the last reader on nothing is kept any more.
 */
export class ReplayableBytes implements ByteSource {
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly reread: boolean;
  private readonly source: ByteSource;
  private looksLeft: number;
  private readonly kept: (Uint8Array | null)[] = [];
  private rest: AsyncIterator<Uint8Array> | null = null;
  private pulling: Promise<void> | null = null;
  private isEnded = false;

  /** `looks`: how many readers come before the last one. */
  constructor(source: ByteSource, looks: number) {
    this.source = source;
    this.looksLeft = looks;
    this.name = source.name;
    this.sizeBytes = source.sizeBytes;
    this.reread = source.reread;
  }

  chunks(): AsyncIterable<Uint8Array> {
    if (this.reread) return this.source.chunks();
    const isLast = this.looksLeft === 0;
    this.looksLeft--;
    return this.replayed(isLast);
  }

  private async *replayed(isLast: boolean): AsyncGenerator<Uint8Array> {
    for (let i = 0; ;) {
      const chunk = this.kept[i];
      if (chunk === undefined) {
        if (this.isEnded) return;
        await this.pull();
        continue;
      }
      if (isLast) this.kept[i] = null;
      i++;
      if (chunk !== null) yield chunk;
    }
  }

  /** Reads one chunk more. A reader that gives up while it waits leaves the chunk to the next. */
  private pull(): Promise<void> {
    this.rest ??= this.source.chunks()[Symbol.asyncIterator]();
    this.pulling ??= this.rest.next().then(
      (next) => {
        this.pulling = null;
        if (next.done === true) this.isEnded = true;
        // Copied: whoever made it may use its buffer again.
        else this.kept.push(next.value.slice());
      },
      (error: unknown) => {
        this.pulling = null;
        throw error;
      },
    );
    return this.pulling;
  }
}
