import { describe, expect, test } from 'vitest';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, INT, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import { shownWindow } from '../../testing/shown-window.ts';
import type { WindowRun } from '../../testing/window-run.ts';
import { runWindow } from '../../testing/window-run.ts';

const schema: Schema = {
  fields: [
    field('user', STRING),
    field('amount', BIGINT),
    field('gap', INT),
    field('window_start', TIMESTAMP),
    field('window_end', TIMESTAMP),
  ],
};

const aggregates = [
  { name: 'n', function: 'count' },
  { name: 'total', function: 'sum', argument: 'amount' },
];

function run(log: string, config: object, more: Partial<WindowRun> = {}) {
  const all = { keys: ['user'], aggregates, ...config };
  const { lines, ledger } = runWindow({ schema, dialect: 'flink-sql', log, config: all, ...more });
  return { lines: lines.map(shownWindow), ledger };
}

describe('windows that rows came with', () => {
  test('fire when the watermark completes them, and take nothing after', () => {
    const { lines, ledger } = run(
      `
      + 9 user=a amount=1 window_start=0 window_end=10
      + 9 user=a amount=2 window_start=5 window_end=10
      + 9 user=a amount=4
      W 9
      + 9 user=a amount=8 window_start=0 window_end=10
    `,
      { kind: 'inherited' },
    );
    expect(lines).toEqual([
      '2.0 rejected a 4',
      '3.1 [0,10) on-time#0 a n=1 total=1',
      '3.1 [5,10) on-time#0 a n=1 total=2',
      '4.0 late a 8',
    ]);
    expect(ledger).toMatchObject({ in: 4, used: 2, late: 1, rejected: 1 });
  });
});

describe('grouping sets', () => {
  test('put a row into a group of each set; what a set leaves out is NULL and has its bit in the id', () => {
    const config = {
      kind: 'hopping',
      sizeMs: 10,
      advanceMs: 10,
      keys: ['user', 'gap'],
      groupingSets: [['user', 'gap'], ['gap'], []],
      groupingId: 'gid',
    };
    const { lines, ledger } = run('+ 1 user=a amount=1 gap=1\n+ 2 amount=2 gap=1\nend', config);
    expect(lines).toEqual([
      '2.1 [0,10) on-time#0 0 a n=1 total=1',
      '2.1 [0,10) on-time#0 2 NULL n=2 total=3',
      '2.1 [0,10) on-time#0 3 NULL n=2 total=3',
      '2.1 [0,10) on-time#0 0 NULL n=1 total=2',
    ]);
    expect(ledger).toMatchObject({ in: 2, used: 2 });
  });
});

describe('Flink SQL over window table functions', () => {
  // Flink 2.0, SlicingWindowAggOperatorTest#testEventTimeCumulativeWindows, recorded
  test('cumulate: each step once; a row is dropped when the last of its windows has fired', () => {
    const { lines, ledger } = run(
      `
      + 20 user=key1 amount=1
      + 1998 user=key2 amount=1
      W 999
      W 1999
      + 1000 user=key2 amount=1
      W 2999
      + 2999 user=key1 amount=1
    `,
      { kind: 'cumulate', sizeMs: 3000, stepMs: 1000, latenessMs: 500 },
    );
    expect(lines).toEqual([
      '2.1 [0,1000) on-time#0 key1 n=1 total=1',
      '3.1 [0,2000) on-time#0 key1 n=1 total=1',
      '3.1 [0,2000) on-time#0 key2 n=1 total=1',
      '5.1 [0,3000) on-time#0 key1 n=1 total=1',
      '5.1 [0,3000) on-time#0 key2 n=2 total=2',
      '6.0 late key1 1',
    ]);
    expect(ledger).toMatchObject({ in: 4, used: 3, late: 1, lateWindows: 2 });
  });

  // Flink 2.0, UnslicingWindowAggOperatorTest#testEventTimeSessionWindowsWithChangelog, recorded
  test('a session that rows were taken back from goes on; an empty one gives nothing, one in debt does', () => {
    const { lines, ledger } = run(
      `
      + 1999 user=key3 amount=1
      + 999 user=key4 amount=1
      W 999
      + 2900 user=key3 amount=1
      + 3800 user=key4
      + 3800 user=key4
      W 8999
    `,
      { kind: 'session', gapMs: 3000, aggregates: [{ name: 'n', function: 'count' }] },
      { kinds: [INSERT, DELETE, DELETE, UPDATE_BEFORE, UPDATE_AFTER] },
    );
    expect(lines).toEqual(['6.1 [999,6800) on-time#0 key4 n=-1 total=undefined']);
    expect(ledger).toMatchObject({ in: 5, used: 3, filtered: 2, held: 0 });
  });
});

describe('the older group windows of Flink SQL', () => {
  const api = { engine: { api: 'group-window' } };

  // Flink 2.0, groupwindow WindowOperatorTest#testEventTimeCumulativeWindowsWithLateArrival, recorded
  test('take a result back when a late row changes it', () => {
    const { lines, ledger } = run(
      `
      + 500 user=key2 amount=1
      W 1500
      + 1300 user=key2 amount=1
      W 2300
      + 1997 user=key2 amount=1
      W 6000
      + 1998 user=key2 amount=1
    `,
      { kind: 'cumulate', sizeMs: 3000, stepMs: 1000, latenessMs: 500 },
      api,
    );
    expect(lines).toEqual([
      '1.1 [0,1000) on-time#0 key2 n=1 total=1',
      '3.1 [0,2000) on-time#0 key2 n=2 total=2',
      '4.0 -U [0,2000) late#1 key2 n=2 total=2',
      '4.0 +U [0,2000) late#1 key2 n=3 total=3',
      '5.1 [0,3000) on-time#0 key2 n=3 total=3',
      '6.0 late key2 1',
    ]);
    expect(ledger).toMatchObject({ in: 4, used: 3, late: 1, emitted: { out: { '+I': 3, '-U': 1, '+U': 1 } } });
  });

  test('take back what a session said that is another now', () => {
    const { lines, ledger } = run(
      `
      + 0 user=a amount=1 @ 1000
      clock 1100
      + 5 user=a amount=2 @ 1150
      clock 1200
      end
    `,
      { kind: 'session', gapMs: 10, emission: 'panes', earlyEveryMs: 100 },
      api,
    );
    expect(lines).toEqual([
      '1.1 [0,10) early#0 a n=1 total=1',
      '2.0 -D [0,10) early#1 a n=1 total=1',
      '3.1 [0,15) early#0 a n=2 total=3',
    ]);
    expect(ledger).toMatchObject({ in: 2, used: 2, held: 0 });
  });

  test('say nothing where nothing has changed, and that the result is gone where all rows are', () => {
    const { lines, ledger } = run(
      '+ 1 user=a amount=0\nW 9\n+ 2 user=a amount=0\n+ 2 user=a amount=0\n+ 1 user=a amount=0\nend',
      {
        kind: 'tumbling',
        sizeMs: 10,
        latenessMs: 5,
        aggregates: [{ name: 'total', function: 'sum', argument: 'amount' }],
      },
      { ...api, kinds: [INSERT, INSERT, DELETE, DELETE] },
    );
    expect(lines).toEqual(['1.1 [0,10) on-time#0 a n=undefined total=0', '4.0 -D [0,10) late#1 a n=undefined total=0']);
    expect(ledger).toMatchObject({ in: 4, used: 4, held: 0 });
  });
});
