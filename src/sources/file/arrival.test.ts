import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { stableOrder } from './arrival-order.ts';
import { bindFile } from './bind-file.ts';
import { fileConfig } from './file-config.ts';
import { readWhole } from './reading-in-tests.ts';

type Config = z.input<typeof fileConfig>;

const flights: Config = {
  format: 'json',
  columns: [
    { name: 'date', type: 'TIMESTAMP' },
    { name: 'delay', type: 'BIGINT' },
    { name: 'origin', type: 'STRING' },
  ],
  time: { column: 'date', unit: '%Y/%m/%d %H:%M', zone: 'UTC' },
};

const text = JSON.stringify([
  { date: '2001/01/01 00:10', delay: 30, origin: 'A' },
  { date: '2001/01/01 00:20', delay: -15, origin: 'B' },
  { date: '2001/01/01 00:30', delay: 10, origin: 'A' },
  { date: '2001/01/01 00:40', delay: null, origin: 'C' },
  { date: 'soon', delay: 1, origin: 'C' },
]);
const start = Date.UTC(2001, 0, 1);
const minutes = (list: readonly number[]): number[] => list.map((ms) => (ms - start) / 60_000);

describe('arrival', () => {
  it('in file order is the latest event time so far', async () => {
    const shuffled = '[{"date":"2001/01/01 00:10"},{"date":"2001/01/01 00:05"},{"date":"2001/01/01 00:20"}]';
    const { ts, at } = await readWhole(shuffled, flights);
    expect(minutes(ts)).toEqual([10, 5, 20]);
    expect(minutes(at)).toEqual([10, 10, 20]);
  });

  it('by an expression sorts the rows, ties in file order; rows without arrival are rejected', async () => {
    const config: Config = { ...flights, arrival: { by: 'expression', expression: 'date + delay * 60000' } };
    const { rows, at, reader } = await readWhole(text, config);
    expect(minutes(at)).toEqual([5, 40, 40]);
    expect(rows.map((row) => row['origin'])).toEqual(['B', 'A', 'A']);
    expect(reader.rejects.kept.map(({ column, reason }) => [column, reason])).toEqual([
      [null, 'no arrival'],
      ['date', 'not a time like %Y/%m/%d %H:%M: soon'],
    ]);
  });

  it('by a column reads that column in its own unit', async () => {
    const csv = 't,seen,k\n5,3,a\n1,2,b\n4,,c\n2,3,d\n';
    const columns = ['t', 'seen'].map((name) => ({ name, type: 'BIGINT' }));
    const config: Config = {
      format: 'csv',
      columns: [...columns, { name: 'k', type: 'STRING' }],
      time: { column: 't', unit: 's' },
      arrival: { by: 'column', column: 'seen', unit: 's' },
    };
    const { rows, ts, at, reader } = await readWhole(csv, config);
    expect(rows.map((row) => row['k'])).toEqual(['b', 'a', 'd']);
    expect([ts, at]).toEqual([
      [1000, 5000, 2000],
      [2000, 3000, 3000],
    ]);
    expect(reader.rejects.kept).toEqual([{ line: 4, column: 'seen', reason: 'no arrival', text: '4,,c' }]);
  });

  it('sorts stably', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (keys) => {
        const wanted = keys.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
        expect([...stableOrder(Float64Array.from(keys))]).toEqual(wanted);
      }),
    );
  });
});

describe('binding a file', () => {
  it('names everything that is wrong at once', () => {
    const config = fileConfig.parse({
      format: 'csv',
      columns: [
        { name: 'a', type: 'NUMBER' },
        { name: 'a', type: 'STRING' },
      ],
      time: { column: 'b', unit: 'yy', zone: 'Nowhere' },
      arrival: { by: 'expression', expression: 'a +' },
    });
    const result = bindFile(config, 'event');
    const paths = result.problems.map((problem) => problem.path);
    expect(paths).toEqual([
      'config.columns.0.type',
      'config.columns.1.name',
      'config.time.column',
      'config.time.zone',
      'config.arrival.expression',
    ]);
    expect(result.problems.every((problem) => problem.fix !== '')).toBe(true);
  });

  it('asks for the file while the columns are not known', () => {
    expect(bindFile(fileConfig.parse({}), 'event').problems[0]).toMatchObject({ code: 'no-columns' });
  });
});
