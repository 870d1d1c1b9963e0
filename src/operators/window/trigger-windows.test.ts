import { describe, expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, INT, STRING, field } from '../../stream/types.ts';
import { shownWindow } from '../../testing/shown-window.ts';
import type { WindowRun } from '../../testing/window-run.ts';
import { runWindow } from '../../testing/window-run.ts';

const schema: Schema = {
  fields: [field('user', STRING), field('amount', BIGINT), field('gap', INT)],
};

const aggregates = [
  { name: 'n', function: 'count' },
  { name: 'total', function: 'sum', argument: 'amount' },
];

function run(log: string, config: object, more: Partial<WindowRun> = {}) {
  const all = { keys: ['user'], aggregates, ...config };
  const { lines, ledger } = runWindow({ schema, dialect: 'flink-datastream', log, config: all, ...more });
  return { lines: lines.map(shownWindow), ledger };
}

describe('hopping windows', () => {
  // Flink 2.0, WindowOperatorTest#testSlidingEventTimeWindowsReduce, recorded
  test('take a row each and fire one by one, keys in order of arrival', () => {
    const { lines, ledger } = run(
      `
      + 3999 user=key2 amount=1
      + 3000 user=key2 amount=1
      + 20 user=key1 amount=1
      + 0 user=key1 amount=1
      + 999 user=key1 amount=1
      + 1998 user=key2 amount=1
      + 1999 user=key2 amount=1
      + 1000 user=key2 amount=1
      W 999
      W 1999
      W 4999
    `,
      { kind: 'hopping', sizeMs: 3000, advanceMs: 1000 },
    );
    expect(lines).toEqual([
      '8.1 [-2000,1000) on-time#0 key1 n=3 total=3',
      '9.1 [-1000,2000) on-time#0 key1 n=3 total=3',
      '9.1 [-1000,2000) on-time#0 key2 n=3 total=3',
      '10.1 [0,3000) on-time#0 key1 n=3 total=3',
      '10.1 [0,3000) on-time#0 key2 n=3 total=3',
      '10.1 [1000,4000) on-time#0 key2 n=5 total=5',
      '10.1 [2000,5000) on-time#0 key2 n=2 total=2',
    ]);
    // Each row is held until the last of its windows is gone.
    expect(ledger).toMatchObject({ in: 8, used: 6, held: 2, late: 0, lateWindows: 0 });
  });

  test('keep a row that came too late for some of its windows, and count those', () => {
    const { lines, ledger } = run('W 9\n+ 8 user=a amount=1\n+ 2 user=a amount=2\nW 14', {
      kind: 'hopping',
      sizeMs: 10,
      advanceMs: 5,
    });
    expect(lines).toEqual(['2.0 late a 2', '3.1 [5,15) on-time#0 a n=1 total=1']);
    expect(ledger).toMatchObject({ in: 2, used: 1, late: 1, lateWindows: 3 });
  });

  // WindowOperator.processElement: isSkippedElement && isElementLate
  test('let a row between two windows go, and call it late only if it is so by itself', () => {
    const config = { kind: 'hopping', sizeMs: 2, advanceMs: 10 };
    const { lines, ledger } = run('W 4\n+ 5 user=a amount=1\n+ 4 user=a amount=2\n+ 11 user=a amount=3\nW 11', config);
    expect(lines).toEqual(['2.0 late a 2', '4.1 [10,12) on-time#0 a n=1 total=3']);
    expect(ledger).toMatchObject({ in: 3, used: 1, filtered: 1, late: 1, lateWindows: 0 });
  });

  test('fire again with each late row, until the lateness of each is over', () => {
    const config = { kind: 'hopping', sizeMs: 10, advanceMs: 5, latenessMs: 4 };
    const { lines } = run('+ 1 user=a amount=1\nW 9\n+ 6 user=a amount=2\nW 13\n+ 7 user=a amount=3', config);
    expect(lines).toEqual([
      '1.1 [-5,5) on-time#0 a n=1 total=1',
      '1.1 [0,10) on-time#0 a n=1 total=1',
      '2.0 [0,10) late#1 a n=2 total=3',
    ]);
  });
});

describe('sessions', () => {
  // Flink 2.0, WindowOperatorTest#testSessionWindows, recorded
  test('merge by key as rows come in any order', () => {
    const { lines } = run(
      `
      + 0 user=key2 amount=1
      + 1000 user=key2 amount=2
      + 2500 user=key2 amount=3
      + 10 user=key1 amount=1
      + 1000 user=key1 amount=2
      + 2500 user=key1 amount=3
      + 5501 user=key2 amount=4
      + 6000 user=key2 amount=5
      + 6000 user=key2 amount=5
      + 6050 user=key2 amount=6
      W 12000
      + 15000 user=key2 amount=10
      + 15000 user=key2 amount=20
      W 17999
    `,
      { kind: 'session', gapMs: 3000 },
    );
    expect(lines).toEqual([
      '10.1 [0,5500) on-time#0 key2 n=3 total=6',
      '10.1 [10,5500) on-time#0 key1 n=3 total=6',
      '10.1 [5501,9050) on-time#0 key2 n=4 total=20',
      '13.1 [15000,18000) on-time#0 key2 n=2 total=30',
    ]);
  });

  test('that touch are one, and a row between two brings both together', () => {
    const { lines, ledger } = run('+ 0 user=a amount=1\n+ 20 user=a amount=2\n+ 10 user=a amount=4\nend', {
      kind: 'session',
      gapMs: 10,
    });
    expect(lines).toEqual(['3.1 [0,30) on-time#0 a n=3 total=7']);
    expect(ledger).toMatchObject({ in: 3, used: 3, held: 0 });
  });

  // Flink 2.0, WindowOperatorTest#testNotSideOutputDueToLatenessSessionWithLateness, recorded
  test('judge lateness by the merged session: a live one takes an old row', () => {
    const { lines, ledger } = run(
      `
      + 1000 user=a amount=1
      W 1999
      + 2000 user=a amount=1
      W 4998
      + 4500 user=a amount=1
      + 8500 user=a amount=1
      W 7400
      + 7000 user=a amount=1
      W 11501
      + 11600 user=a amount=1
      W 14600
      + 10000 user=a amount=1
      + 14500 user=a amount=1
      W 20000
    `,
      { kind: 'session', gapMs: 3000, latenessMs: 10 },
    );
    expect(lines).toEqual([
      '8.1 [1000,11500) on-time#0 a n=5 total=5',
      '10.1 [11600,14600) on-time#0 a n=1 total=1',
      '11.0 [10000,14600) late#0 a n=2 total=2',
      '13.1 [10000,17500) on-time#0 a n=3 total=3',
    ]);
    expect(ledger).toMatchObject({ in: 8, used: 8, late: 0 });
  });

  // Flink 2.0, WindowOperatorTest#testNotSideOutputDueToLatenessSessionWithHugeLatenessPurgingTrigger, recorded
  test('that were purged still merge, without the rows that they gave', () => {
    const { lines, ledger } = run(
      `
      + 1000 user=a amount=1
      W 1999
      + 2000 user=a amount=1
      W 4998
      + 4500 user=a amount=1
      + 8500 user=a amount=1
      W 7400
      + 7000 user=a amount=1
      W 11501
      + 11600 user=a amount=1
      W 14600
      + 10000 user=a amount=1
      + 14500 user=a amount=1
      W 20000
      W 100000
    `,
      { kind: 'session', gapMs: 3000, latenessMs: 10_000, accumulation: 'discarding' },
    );
    expect(lines).toEqual([
      '8.1 [1000,11500) on-time#0 a n=5 total=5',
      '10.1 [11600,14600) on-time#0 a n=1 total=1',
      '11.0 [1000,14600) late#0 a n=1 total=1',
      '13.1 [1000,17500) on-time#0 a n=1 total=1',
    ]);
    expect(ledger).toMatchObject({ in: 8, used: 8, held: 0 });
  });

  // Flink 2.0, WindowOperatorTest#testDynamicEventTimeSessionWindows, recorded
  test('with a gap of each row end where the longest of them does', () => {
    const { lines } = run(
      `
      + 5000 user=key2 amount=4 gap=2000
      + 6000 user=key2 amount=5 gap=2000
      W 8999
      + 13000 user=key2 amount=10 gap=1000
      + 13500 user=key2 amount=10 gap=1000
      + 14000 user=key2 amount=1 gap=2000
      W 16999
    `,
      { kind: 'session' },
      { engine: { gap: 'gap' } },
    );
    expect(lines).toEqual([
      '2.1 [5000,8000) on-time#0 key2 n=2 total=9',
      '6.1 [13000,16000) on-time#0 key2 n=3 total=21',
    ]);
  });

  test('reject a row whose gap is NULL or not above 0', () => {
    const { lines, ledger } = run(
      '+ 1 user=a amount=1\n+ 2 user=a amount=2 gap=0\nend',
      { kind: 'session' },
      {
        engine: { gap: 'gap' },
      },
    );
    expect(lines).toEqual(['0.0 rejected a 1', '1.0 rejected a 2']);
    expect(ledger).toMatchObject({ in: 2, rejected: 2 });
  });
});

describe('windows of rows', () => {
  test('follow each other: every third row of a key completes one', () => {
    const { lines, ledger } = run(
      '+ 1 user=a amount=1\n+ 2 user=a amount=2\n+ 3 user=b amount=9\n+ 4 user=a amount=4\n+ 5 user=a amount=8\nend',
      { kind: 'count', countRows: 3 },
    );
    expect(lines).toEqual(['3.0 a n=3 total=7']);
    expect(ledger).toMatchObject({ in: 5, used: 3, held: 2 });
  });

  // countWindow(size, slide): CountTrigger(slide) and CountEvictor(size)
  test('slide: a result every second row over the last three', () => {
    const log = [1, 2, 4, 8, 16, 32].map((amount) => `+ 0 user=a amount=${amount}`).join('\n');
    const { lines, ledger } = run(log, { kind: 'count', countRows: 3, everyRows: 2 });
    expect(lines).toEqual(['1.0 a n=2 total=3', '3.0 a n=3 total=14', '5.0 a n=3 total=56']);
    expect(ledger).toMatchObject({ in: 6, used: 3, held: 3, stateRows: 3 });
  });

  test('further apart than they are long leave the rows between them out', () => {
    const log = [1, 2, 4, 8, 16, 32].map((amount) => `+ 0 user=a amount=${amount}`).join('\n');
    const { lines, ledger } = run(log, { kind: 'count', countRows: 1, everyRows: 3 });
    expect(lines).toEqual(['2.0 a n=1 total=4', '5.0 a n=1 total=32']);
    expect(ledger).toMatchObject({ in: 6, used: 1, held: 1, filtered: 4 });
  });
});

describe('the global window', () => {
  test('gives everything when the input ends, and never forgets', () => {
    const { lines, ledger } = run('+ 5 user=b amount=1\n+ 1 user=a amount=2\n+ 3 user=b amount=4\nend', {
      kind: 'global',
    });
    expect(lines).toEqual(['3.1 b n=2 total=5', '3.1 a n=1 total=2']);
    expect(ledger).toMatchObject({ in: 3, held: 3, used: 0 });
  });
});

describe('windows on the clock', () => {
  // Flink 2.0, SlicingWindowAggOperatorTest#testProcessingTimeTumblingWindows, recorded
  test('take rows by when they are processed and fire with the clock entry that passes their end', () => {
    const { lines, ledger } = run(
      `
      + - user=key2 amount=1 @ 3
      + - user=key1 amount=1
      clock 9998
      clock 10000
      + - user=key1 amount=1 @ 10000
      end
    `,
      { kind: 'tumbling', sizeMs: 10_000 },
      { timeDomain: 'processing' },
    );
    expect(lines).toEqual(['3.1 [0,10000) on-time#0 key2 n=1 total=1', '3.1 [0,10000) on-time#0 key1 n=1 total=1']);
    // The end of the input does not move the clock.
    expect(ledger).toMatchObject({ in: 3, used: 2, held: 1, late: 0 });
  });

  // Flink 2.0, UnslicingWindowAggOperatorTest#testProcessingTimeSessionWindows, recorded
  test('sessions end a gap after the last row was processed', () => {
    const { lines } = run(
      `
      + 1 user=key2 amount=1 @ 3000
      + 1 user=key1 amount=1
      clock 6000
      + 1 user=key1 amount=1 @ 7000
      clock 8000
      + 1 user=key1 amount=1 @ 8000
      clock 12000
    `,
      { kind: 'session', gapMs: 3000 },
      { dialect: 'flink-sql', timeDomain: 'processing' },
    );
    expect(lines).toEqual([
      '2.1 [3000,6000) on-time#0 key2 n=1 total=1',
      '2.1 [3000,6000) on-time#0 key1 n=1 total=1',
      '6.1 [7000,11000) on-time#0 key1 n=2 total=2',
    ]);
  });
});
