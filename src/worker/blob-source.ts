import type { ByteSource, InflateFault } from '../sources/byte-source.ts';
import { InflateError } from '../sources/byte-source.ts';

const SLICE_BYTES = 4 << 20;

/** A file of the page. The next slice is on its way while the last one is worked on. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    sizeBytes: blob.size,
    reread: true,
    async *chunks() {
      const read = (at: number): Promise<ArrayBuffer> => blob.slice(at, at + SLICE_BYTES).arrayBuffer();
      let next = read(0);
      for (let at = 0; at < blob.size; at += SLICE_BYTES) {
        const bytes = new Uint8Array(await next);
        if (at + SLICE_BYTES < blob.size) next = read(at + SLICE_BYTES);
        // Whoever stops reading early leaves a read behind that nobody waits for.
        next.catch(() => undefined);
        yield bytes;
      }
    },
  };
}

/** gzip by the platform's decoder. Bytes that came out before a fault are handed on first. */
export async function* inflateGzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let readFailure: { readonly error: unknown } | null = null;
  const feed = async (): Promise<void> => {
    try {
      for await (const chunk of chunks) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    } catch (error) {
      readFailure ??= error instanceof TypeError ? null : { error };
      // The decoder's own fault shows at the reader too; a fault in reading the file must get there.
      await writer.abort(error).catch(() => undefined);
      return;
    }
    await writer.close().catch(() => undefined);
  };
  const feeding = feed();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch (error) {
    const failure = readFailure as { readonly error: unknown } | null;
    if (failure !== null) throw failure.error;
    throw faultOf(error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  await feeding;
}

/** Engines name the fault only in the text of their message. */
function faultOf(error: unknown): Error {
  if (!(error instanceof TypeError)) return error instanceof Error ? error : new Error(String(error));
  const text = error.message.toLowerCase();
  const fault: InflateFault = /truncat|unexpected end|incomplete/.test(text)
    ? 'cut'
    : /check|crc/.test(text)
      ? 'checksum'
      : 'damaged';
  return new InflateError(fault, error.message);
}
