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

/** Looked at between two chunks; an `AbortSignal` fits. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** What a reader needs of the platform. */
export interface ReadEnvironment {
  readonly inflate: Inflate;
  readonly signal: CancelSignal | null;
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
