import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResultLine } from './running-in-tests.ts';
import { TestFiles, graph, linesOf, tidemark } from './running-in-tests.ts';

const files = new TestFiles();
const counting = files.file(
  'counting.json',
  graph(
    {
      s: [
        'source.file',
        { format: 'ndjson', columns: [{ name: 't', type: 'BIGINT' }], time: { column: 't', unit: 's' } },
      ],
      win: ['window', { keys: [], sizeMs: 10_000, aggregates: [{ name: 'n', function: 'count' }] }],
      out: ['sink'],
    },
    's>win win>out',
  ),
);
const times = [1_700_000_000, 1_700_000_004, 1_700_000_011];
const log = times.map((t) => `${JSON.stringify({ source: 's', row: { t } })}\n`).join('');

// The first use builds the program.
beforeAll(() => void tidemark(['--help']), 120_000);

describe('a written log', () => {
  it('has its times in the unit of the source, as an input has', () => {
    const input = tidemark(['run', counting, '--input', '-'], times.map((t) => `{"t":${t}}\n`).join(''));
    const { out, code } = tidemark(['run', counting, '--log', '-'], log);
    expect(code).toBe(0);
    expect(linesOf<ResultLine>(out).map(({ window }) => window)).toEqual([
      [1_700_000_000_000, 1_700_000_010_000],
      [1_700_000_010_000, 1_700_000_020_000],
    ]);
    expect(out).toBe(input.out);
  });

  it('holds no rows that take back others of a file', () => {
    const { err, code } = tidemark(['run', counting, '--log', '-'], log + log.replace('}\n', ',"op":"-D"}\n'));
    expect(code).toBe(1);
    expect(err).toContain('log.3.op');
    expect(err).toContain('only appends');
  });

  it('may be compressed, and begin with a byte order mark', () => {
    const plain = tidemark(['run', counting, '--log', '-'], log);
    const undescribed = files.file('open.json', graph({ s: ['source.file'], out: ['sink'] }, 's>out'));
    for (const written of [gzipSync(log), `\ufeff${log}`, gzipSync(`\ufeff${log}`)]) {
      expect(tidemark(['run', counting, '--log', '-'], written)).toMatchObject({ code: 0, out: plain.out });
      const found = tidemark(['run', undescribed, '--time', 't:s', '--log', files.file('log.nd.gz', written)]);
      expect(linesOf<ResultLine>(found.out).map(({ ts }) => ts)).toEqual(times.map((t) => t * 1000));
    }
  });

  it('is refused when it is cut off', () => {
    const packed = gzipSync(log);
    const { code, err } = tidemark(['run', counting, '--log', '-'], packed.subarray(0, packed.length - 10));
    expect(code).toBe(1);
    expect(err).toContain('cut off');
  });
});
