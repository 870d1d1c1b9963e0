import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnBuilder } from '../stream/column-builder.ts';
import { BIGINT, INT, STRING } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { bytesSource } from './byte-source.ts';
import { bindFile } from './file/bind-file.ts';
import { fileConfig } from './file/file-config.ts';
import { FileReader } from './file/file-reader.ts';
import { generatorConfig } from './generator/generator-config.ts';
import { GeneratorReader } from './generator/generator-reader.ts';
import { entryLogOf } from './log/entries.ts';
import { entrySource } from './open-source.ts';
import { partitionOf, partitionsOf } from './partitions.ts';
import type { SourceReader } from './source-reader.ts';
import { encodeUtf8 } from './text/utf8-reader.ts';

describe('the partition of a row', () => {
  it('counts whole numbers modulo the partitions, also below zero and beyond 2^53', () => {
    expect([0, 1, 5, -1, -4].map((value) => partitionOf(value, 4))).toEqual([0, 1, 1, 3, 0]);
    expect([2n ** 62n + 1n, -(2n ** 62n) - 1n].map((value) => partitionOf(value, 4))).toEqual([1, 3]);
    expect(partitionOf(null, 4)).toBe(0);
  });

  it('is the same for a value and for a column that holds it', () => {
    const values = fc.oneof(
      fc.record({ type: fc.constant(STRING), list: fc.array(fc.option(fc.string())) }),
      fc.record({ type: fc.constant(INT), list: fc.array(fc.option(fc.integer())) }),
      fc.record({
        type: fc.constant(BIGINT),
        list: fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
      }),
    );
    const check = fc.property(values, fc.integer({ min: 1, max: 9 }), ({ type, list }, count) => {
      const builder = columnBuilder(type);
      for (const value of list as readonly Value[]) builder.append(value);
      const found = [...partitionsOf(builder.finish(), list.length, count)];
      expect(found).toEqual((list as readonly Value[]).map((value) => partitionOf(value, count)));
      expect(found.every((partition) => partition >= 0 && partition < count)).toBe(true);
    });
    fc.assert(check, { numRuns: 300, seed: 20264 });
  });

  it('is spread over all partitions by texts', () => {
    const used = new Set(Array.from({ length: 200 }, (_, i) => partitionOf(`user-${i}`, 8)));
    expect(used.size).toBe(8);
  });
});

async function readAll(
  reader: SourceReader,
): Promise<readonly { partition: number; key: unknown; ts: number; at: number }[]> {
  const rows: { partition: number; key: unknown; ts: number; at: number }[] = [];
  for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) {
    const column = chunk.columns[1];
    for (let i = 0; i < chunk.length; i++) {
      const key = column?.kind === 'text' ? column.dictionary[column.ids[i]!] : null;
      rows.push({ partition: chunk.partition?.[i] ?? 0, key, ts: chunk.ts[i]!, at: chunk.at[i]! });
    }
  }
  return rows;
}

describe('a generator', () => {
  it('keeps a user in one partition, the same for every shape, and leaves idle ones out', async () => {
    const read = (shape: string): ReturnType<typeof readAll> => {
      const config = generatorConfig.parse({ shape, events: 5_000, keys: 50, partitions: 5, idlePartitions: 2 });
      return readAll(new GeneratorReader({ config, timeIsArrival: false }, 7));
    };
    const byKey = new Map<unknown, Set<number>>();
    for (const { key, partition } of [...(await read('clicks')), ...(await read('purchases'))]) {
      byKey.set(key, (byKey.get(key) ?? new Set()).add(partition));
    }
    expect([...byKey.values()].every((partitions) => partitions.size === 1)).toBe(true);
    expect(new Set([...byKey.values()].flatMap((partitions) => [...partitions]))).toEqual(new Set([0, 1, 2]));
  });
});

describe('a file', () => {
  const columns = [
    { name: 't', type: 'TIMESTAMP', unit: 'ms' },
    { name: 'k', type: 'STRING' },
    { name: 'p', type: 'INT' },
  ];
  const base = { format: 'ndjson', columns, time: { column: 't', unit: 'ms' } } as const;

  function bound(extra: object) {
    const result = bindFile(fileConfig.parse({ ...base, ...extra }), 'event');
    if (!result.ok) throw new Error(result.problems.map(({ path }) => path).join());
    return result.value;
  }

  function read(text: string, extra: object): ReturnType<typeof readAll> {
    const source = bytesSource('test', encodeUtf8(text));
    return readAll(new FileReader(bound(extra), source, { inflate: (chunks) => chunks, signal: null }));
  }

  const text = [
    '{"t":30,"k":"a","p":3}',
    '{"t":10,"k":"b","p":1}',
    '{"t":"never","k":"x","p":0}',
    '{"t":20,"k":"c"}',
    '',
  ].join('\n');

  it('has the partitions of its column, in whatever order rows arrive', async () => {
    const partition = { column: 'p', count: 3 };
    const inFileOrder = await read(text, { partition });
    expect(inFileOrder.map(({ key, partition: number }) => [key, number])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
    const byTime = await read(text, { partition, arrival: { by: 'column', column: 't', unit: 'ms' } });
    expect(byTime.map(({ key, partition: number }) => [key, number])).toEqual([
      ['b', 1],
      ['c', 0],
      ['a', 0],
    ]);
  });

  it('has the same in a written log, unless the entry says another', () => {
    const file = bound({ partition: { column: 'k', count: 4 } });
    const source = entrySource('s', file, { schema: file.schema, changes: 'append', key: null, eventTime: true });
    const rows = ['a', 'b', 'c'].map((k) => ({ row: { t: 1, k } }));
    const log = entryLogOf([...rows, { row: { t: 1, k: 'a' }, partition: 9 }], [source]);
    const expected = [...['a', 'b', 'c'].map((k) => partitionOf(k, 4)), 9, 0];
    expect(log.ok ? [...log.value.partition!] : log.problems).toEqual(expected);
  });

  it('refuses a column that is none, or of a type that names no partition', () => {
    const paths = (extra: object): readonly string[] =>
      bindFile(fileConfig.parse({ ...base, ...extra }), 'event').problems.map(({ path }) => path);
    expect(paths({ partition: { column: 'nope' } })).toEqual(['config.partition.column']);
    expect(paths({ partition: { column: 't' } })).toEqual(['config.partition.column']);
    expect(paths({ changes: 'upsert' })).toEqual(['config.key']);
    expect(paths({ changes: 'upsert', key: ['nope'] })).toEqual(['config.key.0']);
    expect(paths({ watermark: { strategy: 'punctuated' } })).toEqual(['config.watermark.punctuation']);
    expect(paths({ watermark: { strategy: 'punctuated', punctuation: 'p + 1' } })).toEqual([
      'config.watermark.punctuation',
    ]);
    expect(paths({ watermark: { strategy: 'punctuated', punctuation: 'p > 1 AND nope' } })).toEqual([
      'config.watermark.punctuation',
    ]);
  });

  it('in file order does not take the time of an event that is too far ahead for the clock', async () => {
    const times = [100, 90, 9_000, 120, 700];
    const rows = times.map((t) => `{"t":${t},"k":"a"}\n`).join('');
    const at = async (maxAheadMs: number): Promise<readonly number[]> =>
      (await read(rows, { watermark: { maxAheadMs } })).map((row) => row.at);
    expect(await at(0)).toEqual([100, 100, 9_000, 9_000, 9_000]);
    expect(await at(1_000)).toEqual([100, 100, 100, 120, 700]);
  });
});
