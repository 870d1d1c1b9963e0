import { expect, test } from 'vitest';
import type { GhostSession } from '../../app/branches/ghost.ts';
import type { WindowChart } from '../../app/run-state.ts';
import { ghostSessions } from './ghost-sessions.ts';
import { resultRows } from './pair-rows.ts';

function chart(names: readonly string[], endMs: readonly number[], windowsFired = endMs.length): WindowChart {
  const column = Float64Array.from(endMs);
  const values = column.map(() => 1);
  return {
    by: 'window',
    column: 'clicks',
    columns: ['clicks'],
    arrangement: 'stacked',
    startMs: column.map((each) => each - 10),
    endMs: column,
    emittedSeq: values,
    emittedAtMs: values,
    series: names.map((name) => ({ name, isOther: name === '', values })),
    early: column.map(() => 0),
    addedLate: null,
    isMerging: true,
    windowsFired,
    approximate: false,
  };
}

function session(
  key: string,
  [startMs, endMs]: readonly [number, number],
  who: 'run' | 'branch' | 'both',
): GhostSession {
  return { key, startMs, endMs, atMs: endMs, isInRun: who !== 'branch', isInBranch: who !== 'run' };
}

test('a session of the branch stands in the row of its key, else in that of the others', () => {
  const spans = ghostSessions(
    [session('["b"]', [0, 20], 'branch'), session('["z",null]', [5, 9], 'both'), session('[null]', [5, 30], 'branch')],
    chart(['NULL', 'b', ''], [10, 30]),
  );
  expect(spans.map(({ lane, startMs, endMs }) => [lane, startMs, endMs])).toEqual([
    [1, 0, 20],
    [2, 5, 9],
    [0, 5, 30],
  ]);
  expect(ghostSessions([session('["z"]', [0, 20], 'branch')], chart(['b'], [10]))).toEqual([]);
});

test('what the branch lacks is told where it has nothing in its place', () => {
  const spans = ghostSessions(
    [
      session('["a"]', [0, 10], 'run'),
      session('["a"]', [12, 20], 'run'),
      session('["a"]', [0, 20], 'branch'),
      session('["a"]', [30, 40], 'run'),
      session('["b"]', [0, 10], 'run'),
    ],
    chart(['a', 'b'], [10, 20, 40]),
  );
  expect(spans).toEqual([
    { lane: 0, startMs: 0, endMs: 20, isThere: true },
    { lane: 0, startMs: 30, endMs: 40, isThere: false },
    { lane: 1, startMs: 0, endMs: 10, isThere: false },
  ]);
});

test('what is older than the chart of the run is told of neither side', () => {
  const old = session('["a"]', [0, 90], 'branch');
  expect(ghostSessions([old], chart(['a'], [100, 110]))).toHaveLength(1);
  expect(ghostSessions([old], chart(['a'], [100, 110], 50))).toEqual([]);
  const [newer, longer] = [chart(['a'], [100, 110], 50), chart(['a'], [80, 100, 110])];
  expect(resultRows([newer, longer]).map(({ endMs }) => endMs)).toEqual([100, 110]);
  expect(resultRows([chart(['a'], [100, 110]), longer]).map(({ endMs }) => endMs)).toEqual([80, 100, 110]);
});
