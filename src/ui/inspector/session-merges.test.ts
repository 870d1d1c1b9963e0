import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookAfter } from '../../testing/look-after.ts';
import { mergesBetween } from './session-merges.ts';
import type { StateLanes } from './state-lanes.ts';
import { stateLanes } from './state-lanes.ts';

const GAP_MS = 5;

function lanesAfter(times: readonly number[]): StateLanes {
  const aggregates = [{ name: 'n', function: 'count' }];
  const config = { keys: ['k'], aggregates, kind: 'session', gapMs: GAP_MS };
  return stateLanes(lookAfter(times.map((ts) => `+ ${ts} k=a v=1`).join('\n'), { kind: 'window', config }))!;
}

test('event by event, sessions merge where one comes that both reach', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 2, maxLength: 8 }), (times) => {
      for (let i = 1; i < times.length; i++) {
        const earlier = times.slice(0, i);
        const ts = times[i]!;
        const before = lanesAfter(earlier);
        const [merge] = mergesBetween(before, lanesAfter(times.slice(0, i + 1)));
        const met = before.lanes[0]!.bars.filter(({ startMs, endMs }) => startMs <= ts + GAP_MS && endMs >= ts);
        expect(merge?.parts ?? []).toEqual(met.length < 2 ? [] : met.map(({ startMs, endMs }) => ({ startMs, endMs })));
      }
    }),
    { numRuns: 60 },
  );
});

test('what only grew, or is of another key, is no merge', () => {
  const lane = (name: string, ...bounds: (readonly [number, number])[]): StateLanes['lanes'][number] => ({
    name,
    bars: bounds.map(([startMs, endMs]) => ({
      startMs,
      endMs,
      untilMs: null,
      goesMs: null,
      hasFired: false,
      text: '',
    })),
  });
  const of = (...lanes: StateLanes['lanes'][number][]): StateLanes => ({ by: 'key', lanes, keys: lanes.length });
  expect(mergesBetween(of(lane('a', [0, 5])), of(lane('a', [0, 9])))).toEqual([]);
  expect(mergesBetween(of(lane('a', [0, 5]), lane('b', [6, 9])), of(lane('a', [0, 9])))).toEqual([]);
  expect(mergesBetween(of(lane('a', [0, 5], [6, 9])), of(lane('a', [0, 9])))).toHaveLength(1);
});
