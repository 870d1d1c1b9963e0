import type { ByteSource } from '../sources/byte-source.ts';

/**
 * A source that can be looked into before it is read, also when it can be read only once, as stdin: what the look took
 * is kept and given again. The last reader, told by `last`, lets go of it.
 */
export class ReplayableBytes implements ByteSource {
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly reread: boolean;
  private readonly source: ByteSource;
  private readonly kept: Uint8Array[] = [];
  private rest: AsyncIterator<Uint8Array> | null = null;
  private isLast = false;

  constructor(source: ByteSource) {
    this.source = source;
    this.name = source.name;
    this.sizeBytes = source.sizeBytes;
    this.reread = source.reread;
  }

  /** From here on nothing is kept any more: the next reader is the last. */
  last(): this {
    this.isLast = true;
    return this;
  }

  chunks(): AsyncIterable<Uint8Array> {
    return this.reread ? this.source.chunks() : this.replayed();
  }

  private async *replayed(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < this.kept.length; i++) {
      const chunk = this.kept[i];
      if (chunk !== undefined) yield chunk;
    }
    if (this.isLast) this.kept.length = 0;
    this.rest ??= this.source.chunks()[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.rest.next();
      if (next.done === true) return;
      // Copied: the reader may move its buffer along.
      if (!this.isLast) this.kept.push(next.value.slice());
      yield next.value;
    }
  }
}
