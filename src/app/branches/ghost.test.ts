import { expect, test } from 'vitest';
import type { BranchComparison, BranchDifference, BranchDifferenceKind, ScreenBranch } from './branch-store.ts';
import { ghostOf, windowName } from './ghost.ts';

function difference(kind: BranchDifferenceKind, seq: number, startMs: number | null = null): BranchDifference {
  const row = { seq, tsMs: seq * 10, row: {} };
  const isOfRun = kind === 'only-run' || kind === 'dropped-only-run' || kind === 'different';
  const isOfBranch = kind === 'only-branch' || kind === 'dropped-only-branch' || kind === 'different';
  const window = startMs === null ? null : ([startMs, startMs + 100] as const);
  return {
    kind,
    key: null,
    window,
    pane: null,
    run: isOfRun ? row : null,
    branch: isOfBranch ? row : null,
    columns: [],
  };
}

function branch(differences: readonly BranchDifference[], isSameLog = true): ScreenBranch {
  const node = { nodeId: 'w', differences, windows: [null, null], drops: [null, null], clocks: [null, null] } as const;
  const comparison: BranchComparison = {
    id: 'b',
    seq: 90,
    processingTimeMs: 0,
    isSameLog,
    nodes: [],
    node,
    limit: null,
  };
  const document = { nodes: [], edges: [] } as unknown as ScreenBranch['document'];
  const place = { atSeq: 0, atMs: null, from: 'start', problems: [] } as const;
  return { id: 'b', ownName: 'Wider', document, comparison, ...place };
}

const LOOKED = { watched: 'w', through: null };
const ALL = [
  difference('different', 7, 100),
  difference('only-run', 8, 100),
  difference('only-branch', 9, 300),
  difference('only-run', 10),
  difference('dropped-only-run', 20),
  difference('dropped-only-run', 21, 500),
  difference('dropped-only-branch', 30),
];

test('marks are of rows that one side alone dropped, and of windows with a result that differs', () => {
  const ghost = ghostOf(branch(ALL), LOOKED);
  expect(ghost?.name).toBe('Wider');
  expect(ghost?.marks).toEqual({
    kept: new Set([20, 21]),
    dropped: new Set([30]),
    windows: new Set([windowName(100, 200), windowName(300, 400)]),
  });
});

test('an entry that has another number in the branch marks no row of the run', () => {
  const marks = ghostOf(branch(ALL, false), LOOKED)?.marks;
  expect(marks?.dropped).toEqual(new Set());
  expect(marks?.kept).toEqual(new Set([20, 21]));
});

test('nothing is laid over another node, over a consumer, or before the first comparison', () => {
  const clocks = { maxEventTimeMs: null, watermarkMs: null, processingTimeMs: null };
  const through = { consumer: 'a', seq: 4, jumps: 0, status: { kind: 'paused' }, clocks } as const;
  expect(ghostOf(branch(ALL), { watched: 'other', through: null })).toBeNull();
  expect(ghostOf(branch(ALL), { watched: 'w', through })).toBeNull();
  expect(ghostOf({ ...branch(ALL), comparison: null }, LOOKED)).toBeNull();
  expect(ghostOf(null, LOOKED)).toBeNull();
});

test('marks of one comparison stay the same object, so that nothing is looked for anew', () => {
  const one = branch(ALL);
  expect(ghostOf(one, LOOKED)?.marks).toBe(ghostOf({ ...one }, LOOKED)?.marks);
});
