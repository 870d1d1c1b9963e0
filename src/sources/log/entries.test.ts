import { describe, expect, it } from 'vitest';
import { BIGINT, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import { rowToJson } from '../../stream/value.ts';
import { bytesSource } from '../byte-source.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { EntryLog } from './entry-log.ts';
import type { EntrySource } from './entry-rows.ts';
import { entryLogOf } from './entries.ts';
import { readEntryLog } from './written-log.ts';

const schema = { fields: [field('ts', TIMESTAMP), field('user', STRING), field('n', BIGINT)] };
const clicks: EntrySource = { id: 'clicks', schema, timeColumn: 'ts' };
const other: EntrySource = { id: 'other', schema, timeColumn: null };

function read(text: string, sources = [clicks]): ReturnType<typeof readEntryLog> {
  return readEntryLog(bytesSource('log', encodeUtf8(text), 7), (chunks) => chunks, sources);
}

describe('a log written entry by entry', () => {
  it('becomes slices with exact values', async () => {
    const columns = await read(
      [
        '{"source":"clicks","row":{"ts":1000,"user":"a","n":9007199254740993}}',
        '{"source":"clicks","row":{"ts":500,"user":null},"op":"-D"}',
        '{"clock":1200}',
        '{"source":"clicks","row":{"ts":1100,"n":"12"},"ts":1101,"at":1300}',
        '{"source":"clicks","watermark":1100}',
        '{"control":"checkpoint"}',
        '{"source":"clicks","status":"idle"}',
      ].join('\r\n'),
    );
    if (!columns.ok) throw new Error(columns.problems[0]!.message);
    expect([...columns.value.at]).toEqual([1000, 1000, 1200, 1300, 1300, 1300, 1300, 1300]);
    expect([...columns.value.kinds]).toEqual([0, 0, 3, 0, 1, 5, 2, 4]);
    const log = new EntryLog(columns.value);
    const rows = [];
    for (let slice = log.nextSlice(3); slice !== null; slice = log.nextSlice(3)) {
      const batch = slice.rows[0];
      for (let i = 0; i < (batch?.length ?? 0); i++) {
        rows.push([batch!.seq[i], batch!.ts[i], batch!.kinds?.[i], rowToJson(batch!.columns, schema, i)]);
      }
    }
    expect(rows).toEqual([
      [0, 1000, 0, { ts: 1000, user: 'a', n: '9007199254740993' }],
      [1, 500, 3, { ts: 500, user: null, n: null }],
      [3, 1101, 0, { ts: 1100, user: null, n: 12 }],
    ]);
  });

  it('lists every problem of every line with its place', async () => {
    const result = await read(
      ['{"source":"x","row":{"ts":"soon","nope":1},"op":"*"}', '{"source":"clicks"}', '{"clock":5', '[]'].join('\n'),
      [clicks, other],
    );
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => [problem.path, problem.code])).toEqual([
      ['log.0.source', 'unknown-source'],
      ['log.0.op', 'bad-entry'],
      ['log.1', 'bad-entry'],
      ['log.2', 'bad-json'],
      ['log.3', 'bad-entry'],
    ]);
    const typed = await read('{"row":{"ts":"soon","nope":1}}');
    expect(typed.problems.map((problem) => problem.path)).toEqual(['log.0.row.nope', 'log.0.row.ts']);
  });

  it('numbers its entries by their lines: no line in the middle is blank, and a byte order mark is none of them', async () => {
    const problems = (await read('{"row":{"ts":1}}\n\n \r\n{"row":{"ts":2}}\n\n')).problems;
    expect(problems.map(({ path, message }) => [path, message.slice(0, 15)])).toEqual([
      ['log.1', 'Line 2 is blank'],
      ['log.2', 'Line 3 is blank'],
    ]);
    const marked = await read('\ufeff{"row":{"ts":1}}\n{"row":{"ts":2}}\n\n\n');
    expect(marked.ok ? [...marked.value.rows[0]!.seq] : marked.problems).toEqual([0, 1]);
  });

  it('refuses a processing time that goes back, and rows behind the end of their source', () => {
    const entries = [{ clock: 10 }, { row: { ts: 5 }, at: 9 }, { end: true, source: 'clicks' }, { row: { ts: 20 } }];
    const { problems } = entryLogOf(entries, [clicks]);
    expect(problems.map((problem) => problem.code)).toEqual(['time-goes-back', 'after-end']);
  });

  it('refuses rows that take back others where the source only appends', () => {
    const entries = [
      { row: { ts: 1 }, op: '+I' },
      { row: { ts: 2 }, op: '-D' },
      { row: { ts: 3 }, op: '+U' },
    ];
    const { problems } = entryLogOf(entries, [{ ...clicks, changes: 'append' }]);
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['log.1.op', 'not-append'],
      ['log.2.op', 'not-append'],
    ]);
    expect(problems[0]).toMatchObject({
      message: 'Line 2 has the op -D, but clicks only appends rows.',
      fix: 'Write +I, or leave op away.',
    });
    expect(entryLogOf(entries, [{ ...clicks, changes: 'retract' }]).ok).toBe(true);
  });

  it('takes entries in front of the first time for simultaneous with it, and partitions as they come', () => {
    const result = entryLogOf([{ source: 'clicks', watermark: -50, partition: 1 }, { row: { ts: -100 } }], [clicks]);
    if (!result.ok) throw new Error('refused');
    expect([...result.value.at]).toEqual([-100, -100, -100]);
    expect([...result.value.partition!]).toEqual([1, 0, 0]);
  });
});
