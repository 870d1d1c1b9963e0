import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InflateError } from '../sources/byte-source.ts';
import { blobSource } from './blob-source.ts';
import { inflateGzip } from './inflate-gzip.ts';

// eslint-disable-next-line @typescript-eslint/require-await -- as files are read
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

test('members after another give their texts after another, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 200 }),
      async (texts, size) => {
        const bytes = Buffer.concat(texts.map((part) => gzipSync(part)));
        expect(await text(inflateGzip(cut(bytes, size)))).toBe(texts.join(''));
      },
    ),
    { numRuns: 60 },
  );
});

test('a stream that ends too early gives what there is, then says so', async () => {
  const whole = Array.from({ length: 20_000 }, (_, i) => `row ${i}\n`).join('');
  const bytes = gzipSync(whole);
  const parts: Uint8Array[] = [];
  const reading = (async () => {
    for await (const chunk of inflateGzip(cut(bytes.subarray(0, bytes.length / 2), 1_000))) parts.push(chunk);
  })();
  await expect(reading).rejects.toThrow(InflateError);
  const got = Buffer.concat(parts).toString();
  expect(got.length).toBeGreaterThan(1_000);
  expect(whole.startsWith(got)).toBe(true);
});

test('a file that cannot be read is no fault of the compression', async () => {
  const bytes = gzipSync('x'.repeat(1_000));
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield* cut(bytes.subarray(0, 10), 10);
    throw new Error('gone');
  }
  await expect(text(inflateGzip(failing()))).rejects.toThrow('gone');
});

test('a file of the page comes in slices, and can be read again', async () => {
  const bytes = new Uint8Array(9 << 20).map((_, i) => i % 251);
  const source = blobSource('a.bin', new Blob([bytes]));
  for (let round = 0; round < 2; round++) {
    const parts: Uint8Array[] = [];
    for await (const chunk of source.chunks()) parts.push(chunk);
    expect(parts.map((part) => part.length)).toEqual([4 << 20, 4 << 20, 1 << 20]);
    expect(Buffer.concat(parts).equals(Buffer.from(bytes))).toBe(true);
  }
});
