import type { ByteSource } from '../sources/byte-source.ts';

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
