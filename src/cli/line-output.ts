import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { OutputError } from './exit-codes.ts';

/** Where lines go. They are gathered; whoever writes awaits `flush` when `isFull`, and so never runs ahead of the disk. */
export interface LineOutput {
  /** Text of whole lines, each ended by a line break. */
  write(lines: string): void;
  readonly isFull: boolean;
  flush(): Promise<void>;
  close(): Promise<void>;
  /** The reader at the other end went away, as `head` does: what is written from here on is thrown away. */
  readonly isGone: boolean;
}

const FULL_CHARS = 1 << 18;

/** Takes a chunk of whole lines; false when nobody reads any more. */
export type Deliver = (chunk: Buffer) => Promise<boolean>;

export class Gathered implements LineOutput {
  isGone = false;
  /** Lines that are no chunk yet: less than `FULL_CHARS`. */
  private parts: string[] = [];
  private chars = 0;
  /** Chunks, however many lines one round brings: all of them may be more than a string or a buffer can hold. */
  private chunks: Buffer[] = [];
  private readonly deliver: Deliver;
  private readonly end: () => Promise<void>;

  constructor(deliver: Deliver, end: () => Promise<void>) {
    this.deliver = deliver;
    this.end = end;
  }

  get isFull(): boolean {
    return this.chunks.length > 0;
  }

  write(lines: string): void {
    if (this.isGone) return;
    this.parts.push(lines);
    this.chars += lines.length;
    if (this.chars >= FULL_CHARS) this.cut();
  }

  private cut(): void {
    this.chunks.push(Buffer.from(this.parts.join(''), 'utf8'));
    this.parts = [];
    this.chars = 0;
  }

  async flush(): Promise<void> {
    if (this.chars > 0) this.cut();
    const { chunks } = this;
    this.chunks = [];
    for (const chunk of chunks) if (!this.isGone && !(await this.deliver(chunk))) this.isGone = true;
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.end();
    }
  }
}

/** Lines to a file, which is made anew, or to stdout for `-`. */
export async function openOutput(path: string): Promise<LineOutput> {
  if (path === '-') return standardOutput(process.stdout);
  let file: FileHandle;
  try {
    file = await open(path, 'w');
  } catch (error) {
    throw new OutputError(`Cannot write ${path}: ${reasonOf(error)}.`);
  }
  let written = 0;
  const deliver: Deliver = async (chunk) => {
    let done = 0;
    try {
      while (done < chunk.length) done += (await file.write(chunk, done, chunk.length - done)).bytesWritten;
    } catch (error) {
      const isCut = await cutToLine(file, written + chunk.subarray(0, done).lastIndexOf(10) + 1);
      throw new OutputError(`Cannot write ${path}: ${reasonOf(error)}.${isCut ? ' It ends at a complete line.' : ''}`);
    }
    written += done;
    return true;
  };
  return new Gathered(deliver, () => file.close());
}

/** Devices and pipes cannot be cut; what failed to be written there is lost anyway. */
async function cutToLine(file: FileHandle, length: number): Promise<boolean> {
  const stat = await file.stat();
  if (stat.isFile()) await file.truncate(length);
  return stat.isFile();
}

function standardOutput(stream: NodeJS.WriteStream): LineOutput {
  let failure: NodeJS.ErrnoException | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure = error;
  });
  const deliver: Deliver = (chunk) =>
    new Promise((resolve, reject) => {
      stream.write(chunk, (error) => {
        const found = (error as NodeJS.ErrnoException | null | undefined) ?? failure;
        if (found === null) resolve(true);
        else if (found.code === 'EPIPE') resolve(false);
        else reject(new OutputError(`Cannot write to stdout: ${reasonOf(found)}.`));
      });
    });
  return new Gathered(deliver, () => Promise.resolve());
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EACCES', 'no permission'],
  ['ENOENT', 'there is no such file or directory'],
  ['EISDIR', 'it is a directory'],
  ['EFBIG', 'the file would be too large'],
]);

/** A system error in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return REASONS.get(code ?? '') ?? message ?? String(error);
}
