import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_EARLY, PANE_LATE, PANE_ON_TIME } from '../../stream/batch.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import { BIGINT, DOUBLE, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import { WindowFeed } from './window-feed.ts';

const SIZE_MS = 10_000;
const keyField = field('user', STRING);
const type: StreamType = {
  schema: {
    fields: [
      keyField,
      field('window_start', TIMESTAMP),
      field('window_end', TIMESTAMP),
      field('clicks', BIGINT),
      field('mean', DOUBLE),
    ],
  },
  changes: 'append',
  key: null,
  eventTime: true,
};

/** Results of a batch are caused by its entries, one after the other. */
const TIMES = { firstSeq: 0, at: Float64Array.from({ length: 64 }, (_, i) => 1_000 + i) };

interface Result {
  readonly window: number;
  readonly user: string;
  readonly clicks: number;
  readonly timing: number;
}

function batchOf(results: readonly Result[]): Batch {
  const columns = type.schema.fields.map(({ type: columnType }) => columnBuilder(columnType));
  for (const { window, user, clicks } of results) {
    const cells = [user, window * SIZE_MS, (window + 1) * SIZE_MS, clicks, clicks / 2];
    cells.forEach((value, i) => columns[i]!.append(value));
  }
  const built = columns.map((column) => column.finish());
  return {
    length: results.length,
    selection: null,
    columns: built,
    seq: Float64Array.from(results, (_, i) => i),
    phase: null,
    ts: Float64Array.from(results, ({ window }) => (window + 1) * SIZE_MS - 1),
    kinds: null,
    origin: {
      windowStartMs: Float64Array.from(results, ({ window }) => window * SIZE_MS),
      windowEndMs: Float64Array.from(results, ({ window }) => (window + 1) * SIZE_MS),
      timing: Uint8Array.from(results, ({ timing }) => timing),
      paneIndex: Int32Array.from(results, ({ timing }) => timing),
      keyFields: [keyField],
      keyColumns: [built[0]!],
    },
  };
}

function feedOf(results: readonly Result[], addsPanes = false): WindowFeed {
  const feed = new WindowFeed(type, ['user'], { additive: new Set(['clicks']), addsPanes });
  for (let i = 0; i < results.length; i += 7) feed.add(batchOf(results.slice(i, i + 7)), TIMES);
  return feed;
}

/** Each key fires once on time in each window, then sometimes again with more. */
const runs = fc
  .array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 8 }), fc.integer({ min: 1, max: 50 }), fc.nat({ max: 3 })), {
    minLength: 1,
    maxLength: 200,
    size: 'max',
  })
  .map((fired) => {
    const once = new Map(fired.map((each) => [`${each[0]} ${each[1]}`, each]));
    return [...once.values()].flatMap(([window, user, clicks, added]): Result[] => {
      const onTime = { window, user: `u${user}`, clicks, timing: PANE_ON_TIME };
      return added === 0 ? [onTime] : [onTime, { ...onTime, clicks: clicks + added, timing: PANE_LATE }];
    });
  });

test('keys, the rest and what came late add up to the newest results of each window', () => {
  fc.assert(
    fc.property(runs, (results) => {
      const chart = feedOf(results).chart(-Infinity)!;
      const newest = new Map(results.map((result) => [`${result.window} ${result.user}`, result]));
      const windows = [...new Set(results.map(({ window }) => window))].sort((a, b) => a - b);
      expect(chart.windowsFired).toBe(windows.length);
      expect(chart.arrangement).toBe('stacked');
      expect(chart.startMs.length * (chart.series.length + 1)).toBeLessThanOrEqual(100);
      chart.startMs.forEach((startMs, i) => {
        const inWindow = [...newest.values()].filter((result) => result.window * SIZE_MS === startMs);
        const shown = chart.series.reduce((sum, { values }) => sum + (Number.isNaN(values[i]!) ? 0 : values[i]!), 0);
        expect(shown + chart.addedLate![i]!).toBe(inWindow.reduce((sum, { clicks }) => sum + clicks, 0));
        for (const { name, isOther, values } of chart.series) {
          if (isOther) continue;
          const first = results.find((result) => result.user === name && result.window * SIZE_MS === startMs);
          expect(values[i]).toBe(first === undefined ? Number.NaN : first.clicks);
        }
      });
      expect(chart.startMs.at(-1)).toBe(windows.at(-1)! * SIZE_MS);
    }),
  );
});

test('means are never added up: keys stand side by side', () => {
  const feed = feedOf([
    { window: 0, user: 'a', clicks: 4, timing: PANE_ON_TIME },
    { window: 0, user: 'b', clicks: 2, timing: PANE_ON_TIME },
    { window: 0, user: 'a', clicks: 6, timing: PANE_LATE },
  ]);
  feed.choose('mean');
  const chart = feed.chart(-Infinity)!;
  expect(chart.arrangement).toBe('beside');
  expect(chart.addedLate).toBeNull();
  expect(chart.series.map(({ name, values }) => [name, values[0]])).toEqual([
    ['a', 3],
    ['b', 1],
  ]);
});

test('only the newest windows are kept, and more keys than are told apart stay in the sum', () => {
  const many = Array.from({ length: 3_000 }, (_, i) => ({
    window: 500,
    user: `k${i}`,
    clicks: 1,
    timing: PANE_ON_TIME,
  }));
  const old = Array.from({ length: 500 }, (_, i) => ({ window: i, user: 'a', clicks: 1, timing: PANE_ON_TIME }));
  const chart = feedOf([...old, ...many]).chart(-Infinity)!;
  expect(chart.windowsFired).toBe(501);
  expect(chart.approximate).toBe(true);
  const last = chart.startMs.length - 1;
  const total = chart.series.reduce(
    (sum, { values }) => sum + (Number.isNaN(values[last]!) ? 0 : values[last]!),
    chart.addedLate![last]!,
  );
  expect(total).toBe(3_000);
});

test('early panes are told apart until the window is complete', () => {
  const early = [
    { window: 0, user: 'a', clicks: 2, timing: PANE_EARLY },
    { window: 0, user: 'a', clicks: 5, timing: PANE_EARLY },
    { window: 0, user: 'b', clicks: 1, timing: PANE_EARLY },
  ];
  const before = feedOf(early).chart(-Infinity)!;
  expect([before.early[0], before.addedLate?.[0], before.series[0]?.values[0]]).toEqual([6, 0, Number.NaN]);
  const onTime = [
    { window: 0, user: 'a', clicks: 7, timing: PANE_ON_TIME },
    { window: 0, user: 'b', clicks: 1, timing: PANE_ON_TIME },
    { window: 0, user: 'a', clicks: 8, timing: PANE_LATE },
  ];
  const after = feedOf([...early, ...onTime]).chart(-Infinity)!;
  expect([after.early[0], after.addedLate?.[0]]).toEqual([0, 1]);
  expect(after.series.map(({ name, values }) => [name, values[0]])).toEqual([
    ['a', 7],
    ['b', 1],
  ]);
});

test('panes that hold only what is new add up', () => {
  const panes = [
    { window: 0, user: 'a', clicks: 2, timing: PANE_EARLY },
    { window: 0, user: 'a', clicks: 3, timing: PANE_ON_TIME },
    { window: 0, user: 'a', clicks: 4, timing: PANE_LATE },
  ];
  const chart = feedOf(panes, true).chart(-Infinity)!;
  expect([chart.series[0]?.values[0], chart.early[0], chart.addedLate?.[0]]).toEqual([5, 0, 4]);
});

test('what early panes said stands once nothing more can come', () => {
  const closing = { ...type, windowed: { isMerging: false, closesAfterMs: 2_000, startColumn: '', endColumn: '' } };
  const feed = new WindowFeed(closing, ['user'], { additive: new Set(['clicks']), addsPanes: false });
  feed.add(
    batchOf([
      { window: 0, user: 'a', clicks: 2, timing: PANE_EARLY },
      { window: 0, user: 'a', clicks: 5, timing: PANE_EARLY },
      { window: 1, user: 'a', clicks: 3, timing: PANE_EARLY },
    ]),
    TIMES,
  );
  const told = (watermark: number): readonly (readonly number[])[] => {
    const { early, series } = feed.chart(watermark)!;
    return [[...early], [...series[0]!.values]];
  };
  expect(told(11_999)).toEqual([
    [5, 3],
    [Number.NaN, Number.NaN],
  ]);
  expect(told(12_000)).toEqual([
    [0, 3],
    [5, Number.NaN],
  ]);
});
