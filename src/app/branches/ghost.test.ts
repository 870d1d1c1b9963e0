import { expect, test } from 'vitest';
import type { BranchComparison, BranchMarks, ScreenBranch } from './branch-store.ts';
import { ghostOf, windowName } from './ghost.ts';

function marks(isMerging: boolean): BranchMarks {
  return {
    kept: Float64Array.of(20, 21),
    dropped: Float64Array.of(30),
    windows: {
      isMerging,
      startMs: Float64Array.of(100, 300, 300),
      endMs: Float64Array.of(200, 400, 450),
      atMs: Float64Array.of(205, 410, 460),
      sides: Uint8Array.of(3, 2, 1),
      key: Uint32Array.of(0, 0, 1),
      keys: ['["a"]', '["b"]'],
    },
    left: 0,
  };
}

function branch(isMerging = false): ScreenBranch {
  const pairs = { windows: [null, null], drops: [null, null], clocks: [null, null] } as const;
  const node = { nodeId: 'w', differences: [], marks: marks(isMerging), ...pairs } as const;
  const comparison: BranchComparison = {
    id: 'b',
    seq: 90,
    processingTimeMs: 0,
    isSameLog: true,
    nodes: [],
    node,
    limit: null,
  };
  const document = { nodes: [], edges: [] } as unknown as ScreenBranch['document'];
  const place = { atSeq: 0, atMs: null, from: 'start', problems: [] } as const;
  return { id: 'b', ownName: 'Wider', document, comparison, ...place };
}

const LOOKED = { watched: 'w', through: null };

test('windows with a result that differs are known by their ends, whichever side has it', () => {
  const ghost = ghostOf(branch(), LOOKED);
  expect(ghost?.name).toBe('Wider');
  expect([...(ghost?.marks.windows ?? [])]).toEqual([windowName(100, 200), windowName(300, 400), windowName(300, 450)]);
  expect(ghost?.marks.sessions).toEqual([]);
  expect(ghost?.marks.kept).toEqual(Float64Array.of(20, 21));
});

test('of sessions those of the run are known by their key, too, and all are told with who has them', () => {
  const marks = ghostOf(branch(true), LOOKED)?.marks;
  expect([...(marks?.windows ?? [])]).toEqual([windowName(100, 200, '["a"]'), windowName(300, 450, '["b"]')]);
  expect(marks?.sessions).toEqual([
    { startMs: 100, endMs: 200, atMs: 205, key: '["a"]', isInRun: true, isInBranch: true },
    { startMs: 300, endMs: 400, atMs: 410, key: '["a"]', isInRun: false, isInBranch: true },
    { startMs: 300, endMs: 450, atMs: 460, key: '["b"]', isInRun: true, isInBranch: false },
  ]);
});

test('nothing is laid over another node, over a consumer, or before the first comparison', () => {
  const clocks = { maxEventTimeMs: null, watermarkMs: null, processingTimeMs: null };
  const through = { consumer: 'a', seq: 4, jumps: 0, status: { kind: 'paused' }, clocks } as const;
  expect(ghostOf(branch(), { watched: 'other', through: null })).toBeNull();
  expect(ghostOf(branch(), { watched: 'w', through })).toBeNull();
  expect(ghostOf({ ...branch(), comparison: null }, LOOKED)).toBeNull();
  expect(ghostOf(null, LOOKED)).toBeNull();
});

test('marks of one comparison stay the same object, so that nothing is looked for anew', () => {
  const one = branch();
  expect(ghostOf(one, LOOKED)?.marks).toBe(ghostOf({ ...one }, LOOKED)?.marks);
});
