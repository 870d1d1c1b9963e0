import type { RejectListener } from './rejects.ts';
import type { AsciiDecoder } from './text/ascii-reader.ts';

/**
 * Bytes from outside: a file of the page, of the disk, standard input. The rooms that own the platform implement it; the
 * readers know nothing else of it.
 *
 * `chunks` may be called again to read from the start, unless the source can only be read once (`reread: false`).
 * Chunks may have any size and are not kept by whoever made them. Failure to read is an exception of the iterator.
 */
export interface ByteSource {
  /** For messages only. */
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly reread: boolean;
  chunks(): AsyncIterable<Uint8Array>;
}

/**
 * The platform's gzip decoder. The iterator gives all bytes that could be inflated before it throws: an `InflateError`
 * when the stream ends too early or its checksum is wrong, any other exception when reading itself failed.
 */
export type Inflate = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

export type InflateFault = 'cut' | 'checksum' | 'damaged';

export class InflateError extends Error {
  override name = 'InflateError';
  readonly fault: InflateFault;

  constructor(fault: InflateFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** What a platform's gzip decoder means by an exception; null when it is about something else than the stream. */
export function inflateError(error: unknown): InflateError | null {
  if (error instanceof InflateError) return error;
  if (!(error instanceof Error)) return null;
  const cause = error.cause instanceof Error ? error.cause : null;
  const message = `${error.message} ${cause?.message ?? ''}`.toLowerCase();
  if (/truncat|unexpected end|premature|incomplete/.test(message)) return new InflateError('cut', error.message);
  if (/data check|length check|checksum|crc/.test(message)) return new InflateError('checksum', error.message);
  const isStream = /header|invalid|incorrect|corrupt|compress|inflate|deflate|zlib/.test(message);
  return isStream ? new InflateError('damaged', error.message) : null;
}

/** Looked at between two chunks; an `AbortSignal` fits. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** What a reader needs of the platform. */
export interface ReadEnvironment {
  readonly inflate: Inflate;
  /** Without it texts are made by hand. */
  readonly asciiDecoder?: AsciiDecoder;
  readonly signal: CancelSignal | null;
  /** Hears of every rejected record. */
  readonly rejected?: RejectListener;
}

/** Counts the bytes that pass and ends early once `signal` is aborted. */
export class CountedBytes {
  readBytes = 0;
  cancelled = false;
  private readonly source: ByteSource;
  private readonly signal: CancelSignal | null;

  constructor(source: ByteSource, signal: CancelSignal | null) {
    this.source = source;
    this.signal = signal;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source.chunks()) {
      if (this.signal?.aborted === true) {
        this.cancelled = true;
        return;
      }
      this.readBytes += chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  }
}

/** Bytes at hand as a source, in pieces of `chunkBytes`. */
export function bytesSource(name: string, bytes: Uint8Array, chunkBytes = 1 << 20): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    reread: true,
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}
