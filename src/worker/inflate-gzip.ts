import type { InflateFault } from '../sources/byte-source.ts';
import { InflateError } from '../sources/byte-source.ts';
import { yieldToMessages } from './yield-to-messages.ts';

/** Bytes given to the decoder at once: what it makes of them waits in memory. */
const PIECE_BYTES = 256 << 10;
const TRAILER_BYTES = 8;

/**
 * gzip by the platform's decoder, one member or several after another. Bytes that came out before a fault are handed on
 * first.
 *
 * The decoder knows of one member only: what follows it is a fault, and then takes with it what was not read yet. So the
 * input is cut where a member may begin, and the decoder gets what lies behind the cut only when the member before it
 * cannot be over: a member ends with the length of its data.
 */
export async function* inflateGzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let member: Member | null = null;
  for await (const chunk of chunks) {
    for (const piece of pieces(chunk)) {
      if (member?.isOver(piece) === true) {
        yield* member.end();
        member = null;
      }
      member ??= new Member();
      yield* member.write(piece);
    }
  }
  if (member !== null) yield* member.end();
}

/** Cuts at most `PIECE_BYTES` long, and in front of everything that looks like the beginning of a member. */
function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  while (from < chunk.length) {
    let to = Math.min(chunk.length, from + PIECE_BYTES);
    for (let at = chunk.indexOf(0x1f, from + 1); at >= 0 && at < to; at = chunk.indexOf(0x1f, at + 1)) {
      if (looksLikeMember(chunk.subarray(at))) to = at;
    }
    yield chunk.subarray(from, to);
    from = to;
  }
}

/** At the end of a chunk the mark may be cut off; what is there must fit. */
function looksLikeMember(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && (bytes[1] ?? 0x8b) === 0x8b && (bytes[2] ?? 8) === 8;
}

type Read = ReadableStreamReadResult<Uint8Array>;

class Member {
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Asked for in advance: the decoder works only while somebody waits for what it makes. */
  private reading: Promise<Read>;
  private outBytes = 0;
  private tail = new Uint8Array(0);

  constructor() {
    const { readable, writable } = new DecompressionStream('gzip');
    this.writer = writable.getWriter();
    this.reader = readable.getReader();
    this.reading = this.read();
    // A fault shows where the decoder is read.
    this.writer.closed.catch(() => undefined);
  }

  /** Whether `next` begins another member: it has its mark, and before it stands how long the data was. */
  isOver(next: Uint8Array): boolean {
    if (!looksLikeMember(next) || this.tail.length < TRAILER_BYTES) return false;
    const view = new DataView(this.tail.buffer, this.tail.byteOffset);
    return view.getUint32(TRAILER_BYTES - 4, true) === this.outBytes % 2 ** 32;
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    this.tail = lastBytes(this.tail, piece);
    yield* this.during(this.writer.write(piece as Uint8Array<ArrayBuffer>));
  }

  async *end(): AsyncGenerator<Uint8Array> {
    yield* this.during(this.writer.close());
  }

  /** Hands on what comes out until `work` is done and nothing is left. */
  private async *during(work: Promise<void>): AsyncGenerator<Uint8Array> {
    let isDone = false;
    const done = work.then(
      () => undefined,
      () => undefined,
    );
    for (;;) {
      const result = await Promise.race([this.reading, isDone ? yieldToMessages() : done]);
      if (result === undefined) {
        if (isDone) return;
        isDone = true;
        continue;
      }
      if (result.done) return;
      this.outBytes += result.value.length;
      yield result.value;
      this.reading = this.read();
    }
  }

  private read(): Promise<Read> {
    const reading = this.reader.read().catch((error: unknown) => {
      throw faultOf(error);
    });
    // Whoever stops early leaves it behind.
    reading.catch(() => undefined);
    return reading;
  }
}

function lastBytes(before: Uint8Array, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(before.length + Math.min(piece.length, TRAILER_BYTES));
  both.set(before);
  both.set(piece.subarray(-TRAILER_BYTES), before.length);
  return both.slice(-TRAILER_BYTES);
}

/** Whatever the decoder throws is a fault of the data; browsers name it only in the text of their message. */
function faultOf(error: unknown): InflateError {
  const message = error instanceof Error ? error.message : String(error);
  const fault: InflateFault = /truncat|unexpected end|eof|incomplete/i.test(message)
    ? 'cut'
    : /check|crc/i.test(message)
      ? 'checksum'
      : 'damaged';
  return new InflateError(fault, message);
}
