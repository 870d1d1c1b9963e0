import type { AsciiDecoder } from '../sources/text/ascii-reader.ts';

const decoder = new TextDecoder();

/** By the platform's decoder of UTF-8, of which ASCII is a part. */
export const asciiDecoder: AsciiDecoder = (bytes, start, end) => decoder.decode(bytes.subarray(start, end));
