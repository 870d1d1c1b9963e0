import type { TextInput } from './text-input.ts';

/** The whole text of a file as UTF-8, inflated and without its byte order mark. A chunk is lent until the next. */
export async function* textChunks(text: TextInput): AsyncGenerator<Uint8Array> {
  try {
    while (text.end === null) {
      await text.fill();
      const { bytes, at, end } = text.input();
      text.consumed({ ...text.input(), at: end });
      yield bytes.subarray(at, end);
    }
  } finally {
    await text.close();
  }
}
