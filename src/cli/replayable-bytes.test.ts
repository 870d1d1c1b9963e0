import { expect, it } from 'vitest';
import type { ByteSource } from '../sources/byte-source.ts';
import { bytesSource } from '../sources/byte-source.ts';
import { detectFile } from '../sources/detect.ts';
import { inspectFile } from '../sources/inspect.ts';
import { encodeUtf8 } from '../sources/text/utf8-reader.ts';
import { ReplayableBytes } from './replayable-bytes.ts';

const environment = { inflate: <T>(chunks: T): T => chunks, signal: null };
const rows = Array.from({ length: 60_000 }, (_, i) => `${1714521600000 + i},${i}`);
const text = ['ts,n', ...rows].join('\n');

/** Bytes that come once, as from a pipe. */
function pipe(): ByteSource {
  const once = bytesSource('-', encodeUtf8(text), 10_000).chunks();
  return { name: '-', sizeBytes: null, reread: false, chunks: () => once };
}

it('a pipe can be looked at and then read from the start', async () => {
  const source = new ReplayableBytes(pipe(), 1);
  expect((await detectFile(source, environment)).verdict).toBe('accept');
  let total = 0;
  for await (const chunk of source.chunks()) total += chunk.length;
  expect(total).toBe(text.length);
  expect((await inspectFile(new ReplayableBytes(pipe(), 1), environment)).rows).toBe(60_000);
});
