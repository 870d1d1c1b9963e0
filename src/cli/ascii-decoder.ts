import type { AsciiDecoder } from '../sources/text/ascii-reader.ts';

/** What Node's buffers can do beside what is declared of them, and do for any array of bytes. */
interface LatinSlices {
  readonly latin1Slice: (this: Uint8Array, start: number, end: number) => string;
}

const { latin1Slice } = Buffer.prototype as unknown as LatinSlices;

/** Makes a text without a view of its bytes, which takes as long as the text. */
export const asciiDecoder: AsciiDecoder = (bytes, start, end) => latin1Slice.call(bytes, start, end);
