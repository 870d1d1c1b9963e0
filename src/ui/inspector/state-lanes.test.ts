import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookAfter } from '../../testing/look-after.ts';
import { MOST_LANES, stateLanes } from './state-lanes.ts';

const aggregates = [{ name: 's', function: 'sum', argument: 'v' }];

const rows = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), ts: fc.nat({ max: 80 }) }), {
  minLength: 1,
  maxLength: 25,
});

test('sessions of a key lie in its lane, as plain loops over its events find them', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), (events, gapMs) => {
      const log = events.map(({ key, ts }) => `+ ${ts} k=${key} v=1`).join('\n');
      const config = { keys: ['k'], aggregates, kind: 'session', gapMs, latenessMs: 4 };
      const { lanes, by, keys } = stateLanes(lookAfter(log, { kind: 'window', config }))!;
      expect(by).toBe('key');
      expect(keys).toBe(new Set(events.map(({ key }) => key)).size);
      for (const { name, bars } of lanes) {
        const times = events
          .filter(({ key }) => key === name)
          .map(({ ts }) => ts)
          .toSorted((a, b) => a - b);
        const found: { startMs: number; endMs: number; rows: number }[] = [];
        for (const ts of times) {
          const last = found.at(-1);
          // Flink: sessions that touch are one.
          if (last !== undefined && ts <= last.endMs) Object.assign(last, { endMs: ts + gapMs, rows: last.rows + 1 });
          else found.push({ startMs: ts, endMs: ts + gapMs, rows: 1 });
        }
        expect(bars.map(({ startMs, endMs, text }) => ({ startMs, endMs, rows: Number(text) }))).toEqual(found);
        for (const { endMs, untilMs, goesMs } of bars) expect([untilMs, goesMs]).toEqual([endMs - 1, endMs + 3]);
      }
    }),
    { numRuns: 100 },
  );
});

test('windows that overlap lie in lanes of their own, and in few', () => {
  fc.assert(
    fc.property(rows, (events) => {
      const log = events.map(({ key, ts }) => `+ ${ts} k=${key} v=1`).join('\n');
      const look = lookAfter(log, { kind: 'window', config: { keys: ['k'], aggregates, sizeMs: 10 } });
      const { lanes } = stateLanes(look)!;
      expect(lanes).toHaveLength(1);
      expect(lanes[0]?.bars.map(({ startMs }) => startMs)).toEqual([
        ...new Set(events.map(({ ts }) => Math.floor(ts / 10) * 10).toSorted((a, b) => a - b)),
      ]);
    }),
    { numRuns: 50 },
  );
  const many = Array.from({ length: 12 }, (_, i) => ({ startMs: i, endMs: i + 100, untilMs: 99, goesMs: 99 }));
  const look = {
    parts: [],
    windows: many.map((each) => ({ ...each, keys: 1, rows: 1, hasFired: false })),
    openWindows: 12,
    contents: [],
  };
  expect(stateLanes(look)?.lanes).toHaveLength(MOST_LANES);
});

test('what has no windows with ends has no lanes', () => {
  const config = { keys: ['k'], keep: 'first', orderBy: 'arrival' };
  expect(stateLanes(lookAfter('+ 1 k=a v=1', { kind: 'dedup', dialect: 'flink-sql', config }))).toBeNull();
  expect(
    stateLanes(
      lookAfter('+ 1 k=a v=1', { kind: 'window', config: { keys: ['k'], aggregates, kind: 'count', countRows: 3 } }),
    ),
  ).toBeNull();
});
