import { expect, test } from 'vitest';
import {
  FATE_DROPPED,
  FATE_REFIRED,
  PANE_CLOSES,
  PANE_ENDS_LATE,
  PANE_ENDS_ON_TIME,
  PANE_GROWS,
  PANE_MERGES,
  PANE_OPEN,
} from '../../app/plane-updates.ts';
import { planeOf } from './plane-data-in-tests.ts';
import type { PlaneData } from './plane-data.ts';
import { keyOfWindow, windowRows, windowsOf, windowStory } from './window-story.ts';

const EVENTS = [
  { tsMs: 1_000, atMs: 1_000 },
  { tsMs: 9_999, atMs: 10_100 },
  { tsMs: 12_000, atMs: 12_000 },
  { tsMs: 2_000, atMs: 13_000, fate: FATE_REFIRED },
  { tsMs: 25_000, atMs: 25_000 },
  { tsMs: 3_000, atMs: 26_000, fate: FATE_DROPPED },
];
const FIRST = { startMs: 0, endMs: 10_000, key: 0 };
const PANES = [
  { ...FIRST, fromSeq: 0, toSeq: 2, ends: PANE_ENDS_ON_TIME, value: 2 },
  { ...FIRST, fromSeq: 2, toSeq: 3, ends: PANE_ENDS_LATE, value: 3, hasFired: true },
  { ...FIRST, fromSeq: 3, toSeq: 4, ends: PANE_CLOSES, hasFired: true },
  { startMs: 10_000, endMs: 20_000, fromSeq: 2, toSeq: 4, ends: PANE_ENDS_ON_TIME, value: 1 },
  { startMs: 20_000, endMs: 30_000, fromSeq: 4, toSeq: Infinity, ends: PANE_OPEN },
];

function rowsOf(data: PlaneData, bounds: typeof FIRST): ReturnType<typeof windowRows> {
  const story = windowStory(data, bounds);
  return story === null ? null : windowRows(data, bounds, story);
}

test('a window tells its rows by fate, and what it gave in order', () => {
  const data = planeOf(EVENTS, PANES);
  const story = windowStory(data, FIRST);
  expect(rowsOf(data, FIRST)).toEqual({ onTime: 2, late: 1, dropped: 1 });
  expect(story?.results.map(({ ends, atMs, value }) => [ends, atMs, value])).toEqual([
    [PANE_ENDS_ON_TIME, 12_000, 2],
    [PANE_ENDS_LATE, 13_000, 3],
  ]);
  expect(story).toMatchObject({ hasFired: true, isKept: false, became: null });
});

test('where the run stands before what the plane knows, a window is as it was then', () => {
  const data = planeOf(EVENTS, PANES);
  data.runSeq = 3;
  expect(windowStory(data, FIRST)).toMatchObject({ hasFired: true, isKept: true });
  expect(rowsOf(data, FIRST)).toEqual({ onTime: 2, late: 0, dropped: 0 });
  data.runSeq = 2;
  expect(windowStory(data, FIRST)).toMatchObject({ hasFired: false, isKept: true, results: [] });
  data.runSeq = 4;
  expect(windowStory(data, { startMs: 20_000, endMs: 30_000, key: 0 })).toBeNull();
});

test('of points that stand for several none are counted', () => {
  const data = planeOf(EVENTS, PANES);
  data.points.weight = 2;
  expect(rowsOf(data, FIRST)).toBeNull();
});

test('a row is in the windows that were there when it came, a dropped one in none', () => {
  const data = planeOf(EVENTS, PANES);
  expect(windowsOf(data, 1)).toEqual([FIRST]);
  expect(windowsOf(data, 3)).toEqual([FIRST]);
  expect(windowsOf(data, 5)).toEqual([]);
});

test('sessions are of one key, grow, and become part of another', () => {
  const events = [
    { tsMs: 0, atMs: 0, key: 1 },
    { tsMs: 15_000, atMs: 15_000, key: 1 },
    { tsMs: 7_000, atMs: 16_000, key: 1 },
    { tsMs: 7_000, atMs: 17_000, key: 2 },
  ];
  const data = planeOf(
    events,
    [
      { startMs: 0, endMs: 10_000, key: 1, fromSeq: 0, toSeq: 2, ends: PANE_GROWS },
      { startMs: 15_000, endMs: 25_000, key: 1, fromSeq: 1, toSeq: 2, ends: PANE_MERGES },
      { startMs: 0, endMs: 25_000, key: 1, fromSeq: 2, toSeq: Infinity, ends: PANE_OPEN },
      { startMs: 7_000, endMs: 17_000, key: 2, fromSeq: 3, toSeq: Infinity, ends: PANE_OPEN },
    ],
    { window: { kind: 'session', isByClock: false, isMerging: true, sizeMs: 0, gapMs: 10_000 } },
  );
  expect(windowStory(data, { startMs: 0, endMs: 10_000, key: 1 })?.became).toBe('larger');
  expect(windowStory(data, { startMs: 15_000, endMs: 25_000, key: 1 })?.became).toBe('merged');
  expect(windowStory(data, { startMs: 0, endMs: 25_000, key: 1 })).toMatchObject({
    isKept: true,
    became: null,
  });
  expect(rowsOf(data, { startMs: 0, endMs: 25_000, key: 1 })).toEqual({ onTime: 3, late: 0, dropped: 0 });
  expect(windowsOf(data, 3)).toEqual([{ startMs: 7_000, endMs: 17_000, key: 2 }]);
});

test('a window that merges is of the key that has it, also where nobody said which; all others are of none', () => {
  const sessions = [
    { startMs: 0, endMs: 11_000, fromSeq: 0, toSeq: 4, ends: PANE_ENDS_ON_TIME, key: 1 },
    { startMs: 2_000, endMs: 13_000, fromSeq: 3, toSeq: 4, ends: PANE_ENDS_ON_TIME, key: 2 },
  ];
  const window = { kind: 'session', isByClock: false, isMerging: true, sizeMs: 0, gapMs: 10_000 } as const;
  const data = planeOf(EVENTS, sessions, { window });
  expect(sessions.map(({ startMs, endMs }) => keyOfWindow(data, { key: null, startMs, endMs }))).toEqual([1, 2]);
  expect(keyOfWindow(data, { key: null, startMs: 0, endMs: 13_000 })).toBe(0);
  expect(keyOfWindow(planeOf(EVENTS, PANES), { ...FIRST, key: 'a' })).toBe(0);
});
