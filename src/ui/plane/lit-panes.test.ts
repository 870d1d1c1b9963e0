import { expect, test } from 'vitest';
import { FATE_DROPPED, FATE_ON_TIME, PANE_ENDS_ON_TIME } from '../../app/plane-updates.ts';
import type { ShownPane } from './draw-panes.ts';
import { litPanes } from './lit-panes.ts';
import { planeOf } from './plane-data-in-tests.ts';

const S = 1_000;

/** Windows of 10 s every 5 s over rows at 3, 7 and 12 s, the last of them dropped. */
function hopping(): { readonly data: ReturnType<typeof planeOf>; readonly panes: readonly ShownPane[] } {
  const data = planeOf(
    [
      { tsMs: 3 * S, atMs: 3 * S, fate: FATE_ON_TIME },
      { tsMs: 7 * S, atMs: 7 * S, fate: FATE_ON_TIME },
      { tsMs: 12 * S, atMs: 30 * S, fate: FATE_DROPPED },
    ],
    [-5, 0, 5].map((start) => ({
      startMs: start * S,
      endMs: (start + 10) * S,
      fromSeq: 0,
      toSeq: 2,
      ends: PANE_ENDS_ON_TIME,
    })),
  );
  const panes = [0, 1, 2].map((place) => ({ place, left: 0, right: 9, top: 0, bottom: 9, ends: 1, hasFired: false }));
  return { data, panes };
}

function starts({ data, panes }: ReturnType<typeof hopping>, place: number, pane = -1): readonly number[] {
  return litPanes(data, panes, { place, pane }).map((one) => data.panes.startMs.at(one.place) / S);
}

test('a row lights the windows that have its time: start included, end not', () => {
  expect(starts(hopping(), 0)).toEqual([-5, 0]);
  expect(starts(hopping(), 1)).toEqual([0, 5]);
});

test('a row that was dropped lights none, a window itself, and nothing nothing', () => {
  expect(starts(hopping(), 2)).toEqual([]);
  expect(starts(hopping(), -1, 2)).toEqual([5]);
  expect(starts(hopping(), -1)).toEqual([]);
});
