import type { ByteSource, ReadEnvironment } from '../byte-source.ts';
import { CountedBytes, InflateError } from '../byte-source.ts';
import type { ScanInput } from '../fields/field-block.ts';
import type { Encoding } from '../file/file-config.ts';
import type { ForeignContent } from './content-type.ts';
import { contentOf, encodingOf, looksBinary } from './content-type.ts';
import { Transcoder } from './transcode-reader.ts';

/** Bytes that are read ahead before records are looked for. */
const READ_AHEAD = 262_144;
const LF = 10;

/** Why the text ended where it did. */
export type TextEnd =
  | { readonly kind: 'whole' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'foreign'; readonly content: ForeignContent }
  | { readonly kind: 'inflate'; readonly error: InflateError }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The text of a file as UTF-8 in a buffer that moves along: gzip and encodings are dealt with here. `input` is valid
 * until `fill`; a line feed always stands behind its end, as scanners want it.
 */
export class TextInput {
  gzip = false;
  encoding: Encoding = 'utf-8';
  /** Whether the encoding was seen in the bytes, by a mark or by its zeros, rather than assumed or asked for. */
  encodingSeen = false;
  end: TextEnd | null = null;
  /** Bytes of text, after inflating and transcoding. */
  textBytes = 0;
  private readonly counted: CountedBytes;
  private readonly environment: ReadEnvironment;
  private readonly wantedEncoding: Encoding | 'auto';
  private iterator: AsyncIterator<Uint8Array> | null = null;
  private transcoder: Transcoder | null = null;
  private buffer = new Uint8Array(READ_AHEAD * 2);
  private at = 0;
  private filled = 0;

  constructor(source: ByteSource, encoding: Encoding | 'auto', environment: ReadEnvironment) {
    this.counted = new CountedBytes(source, environment.signal);
    this.environment = environment;
    this.wantedEncoding = encoding;
  }

  get readBytes(): number {
    return this.counted.readBytes;
  }

  /** What is in the buffer. `final` only when the text is whole: what a cut file ends with may be half a record. */
  input(): ScanInput {
    return { bytes: this.buffer, at: this.at, end: this.filled, final: this.end?.kind === 'whole' };
  }

  /** Gives back the input after a scanner has moved it on. */
  consumed(input: ScanInput): void {
    this.at = input.at;
  }

  /** Reads on until the buffer holds `READ_AHEAD` bytes more than is left of it, or the text has ended. */
  async fill(): Promise<void> {
    this.buffer.copyWithin(0, this.at, this.filled);
    this.filled -= this.at;
    this.at = 0;
    const target = this.filled + READ_AHEAD;
    while (this.end === null && this.filled < target) await this.readChunk();
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    this.end ??= { kind: 'cancelled' };
    await this.iterator?.return?.();
  }

  private async readChunk(): Promise<void> {
    try {
      this.iterator ??= await this.open();
      if (this.end !== null) return;
      const next = await this.iterator.next();
      if (next.done === true) {
        this.push(new Uint8Array(0), true);
        this.end = this.counted.cancelled ? { kind: 'cancelled' } : { kind: 'whole' };
      } else this.push(next.value, false);
    } catch (error) {
      if (error instanceof InflateError) this.end = { kind: 'inflate', error };
      else this.end = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  private async open(): Promise<AsyncIterator<Uint8Array>> {
    const raw = await withHead(this.counted.chunks(), 16);
    const content = contentOf(raw.head);
    this.gzip = content.gzip;
    if (content.foreign !== null) this.end = { kind: 'foreign', content: content.foreign };
    const plain = content.gzip ? this.environment.inflate(raw.chunks) : raw.chunks;
    const text = await withHead(plain, 4096);
    const seen = encodingOf(text.head);
    this.encodingSeen = seen !== null;
    this.encoding = this.wantedEncoding !== 'auto' ? this.wantedEncoding : (seen?.encoding ?? 'utf-8');
    this.transcoder = new Transcoder(this.encoding);
    if (this.end === null && seen === null && looksBinary(text.head)) {
      const fix = 'Choose a file of text: CSV, NDJSON, JSON or GeoJSON, gzipped or not.';
      this.end = { kind: 'foreign', content: { name: 'no text but binary data', fix } };
    }
    return skipBytes(text.chunks, seen?.encoding === this.encoding ? seen.markBytes : 0);
  }

  private push(chunk: Uint8Array, final: boolean): void {
    const bytes = this.transcoder?.push(chunk, final) ?? chunk;
    const needed = this.filled + bytes.length + 1;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.filled));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.filled);
    this.filled += bytes.length;
    this.textBytes += bytes.length;
    this.buffer[this.filled] = LF;
  }
}

/** The first `wanted` bytes, or all there are, and the whole stream again. */
async function withHead(
  source: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncGenerator<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let failure: unknown = null;
  while (length < wanted) {
    try {
      const next = await iterator.next();
      if (next.done === true) break;
      first.push(next.value);
      length += next.value.length;
    } catch (error) {
      // What came before a damaged end is still given.
      failure = error ?? new Error('reading failed');
      break;
    }
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const part of first) {
    head.set(part, at);
    at += part.length;
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      if (failure !== null) throw failure as Error;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, chunks: chunks() };
}

async function* skipBytes(source: AsyncGenerator<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of source) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}
