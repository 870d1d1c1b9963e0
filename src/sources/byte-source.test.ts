import { describe, expect, it } from 'vitest';
import type { ByteSource } from './byte-source.ts';
import { CountedBytes, InflateError, bytesSource, inflateError, readTwice } from './byte-source.ts';
import { detectFile } from './detect.ts';
import { inspectFile } from './inspect.ts';
import { encodeUtf8 } from './text/utf8-reader.ts';

const environment = { inflate: <T>(chunks: T): T => chunks, signal: null };

/** Bytes that come once, as from a pipe. */
function pipe(text: string, chunkBytes: number): ByteSource {
  const once = bytesSource('-', encodeUtf8(text), chunkBytes).chunks();
  return { name: '-', sizeBytes: null, reread: false, chunks: () => once };
}

describe('bytes', () => {
  it('of a pipe can be looked at and then read from the start', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${1714521600000 + i},${i}`);
    const source = readTwice(pipe(['ts,n', ...rows].join('\n'), 10_000));
    expect((await detectFile(source, environment)).verdict).toBe('accept');
    // The second reader gets the first one's bytes again.
    const bytes = new CountedBytes(source, null);
    let total = 0;
    for await (const chunk of bytes.chunks()) total += chunk.length;
    expect(total).toBe(['ts,n', ...rows].join('\n').length);
    const again = readTwice(pipe(['ts,n', ...rows].join('\n'), 10_000));
    expect((await inspectFile(again, environment)).rows).toBe(60_000);
  });

  it('of a damaged stream are told apart by what the decoder says', () => {
    const fault = (message: string): string | undefined => inflateError(new TypeError(message))?.fault;
    expect(fault('unexpected end of file')).toBe('cut');
    expect(fault('Compressed input was truncated.')).toBe('cut');
    expect(fault('incorrect data check')).toBe('checksum');
    expect(fault('The compressed data was not valid: incorrect header check.')).toBe('damaged');
    expect(fault('the disk is gone')).toBeUndefined();
    expect(inflateError(new InflateError('cut', 'x'))?.fault).toBe('cut');
  });
});
