import { expect, test } from 'vitest';
import { PANE_ENDS_ON_TIME, PANE_GROWS, PANE_MERGES, PANE_OPEN } from '../../app/plane-updates.ts';
import type { PlaneFacts } from '../../app/plane-updates.ts';
import type { PaneInTests } from './plane-data-in-tests.ts';
import { planeOf } from './plane-data-in-tests.ts';
import { tellingKey } from './telling-key.ts';

const SESSIONS: Partial<PlaneFacts> = {
  window: { kind: 'session', isByClock: false, isMerging: true, sizeMs: 0, gapMs: 1_000 },
};
const JOIN: Partial<PlaneFacts> = { window: null, interval: { lowerMs: 0, upperMs: 1_000 } };

/** `rows[i]` rows of key i + 1. */
function plane(
  rows: readonly number[],
  panes: readonly PaneInTests[],
  facts: Partial<PlaneFacts>,
): ReturnType<typeof planeOf> {
  const points = rows.flatMap((count, i) => Array.from({ length: count }, () => ({ tsMs: 0, atMs: 0, key: i + 1 })));
  const data = planeOf(points, panes, facts);
  data.keys.push(...rows.map((_, i) => ({ text: `k${String(i)}`, json: String(i) })));
  return data;
}

function pane(key: number, ends: number): PaneInTests {
  return { startMs: 0, endMs: 1, fromSeq: 0, toSeq: 1, key, ends };
}

test('of sessions the key whose ended and merged most is shown, not the one with the most rows', () => {
  const endless = [pane(1, PANE_GROWS), pane(1, PANE_GROWS), pane(1, PANE_OPEN)];
  expect(tellingKey(plane([9, 3, 4], endless, SESSIONS))).toBe(1);
  expect(tellingKey(plane([9, 3, 4], [...endless, pane(2, PANE_ENDS_ON_TIME)], SESSIONS))).toBe(2);
  const merged = [...endless, pane(2, PANE_ENDS_ON_TIME), pane(2, PANE_ENDS_ON_TIME), pane(3, PANE_MERGES)];
  expect(tellingKey(plane([9, 3, 4], merged, SESSIONS))).toBe(3);
  // As much told: more rows.
  expect(tellingKey(plane([9, 3, 4], [pane(2, PANE_ENDS_ON_TIME), pane(3, PANE_ENDS_ON_TIME)], SESSIONS))).toBe(3);
});

test('of a join it is the busiest, where it has enough rows; elsewhere all keys are shown', () => {
  expect(tellingKey(plane([2, 9], [], JOIN))).toBe(2);
  expect(tellingKey(plane([2, 3], [], JOIN))).toBeNull();
  expect(tellingKey(plane([2, 9], [], {}))).toBeNull();
  expect(tellingKey(plane([9], [], SESSIONS))).toBeNull();
});
