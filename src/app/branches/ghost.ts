import type { RunState } from '../run-state.ts';
import { SIDE_BOTH, SIDE_BRANCH, SIDE_RUN } from '../../worker/branch-protocol.ts';
import type { BranchMarks, BranchNodeDetail, ScreenBranch } from './branch-store.ts';
import { nameOf } from './branch-store.ts';

/** What a branch has otherwise at the watched node, to be laid over what shows the run. */
export interface Ghost {
  readonly name: string;
  readonly node: BranchNodeDetail;
  readonly marks: GhostMarks;
}

export interface GhostMarks {
  /** Entries of rows that the run dropped and the branch keeps, ascending. */
  readonly kept: Float64Array;
  /** Entries of rows that the branch drops and the run kept, ascending; none where entries have other numbers there. */
  readonly dropped: Float64Array;
  /** Windows of the run of which a result differs, by `windowName`; where windows merge only of their key. */
  readonly windows: ReadonlySet<string>;
  /** Windows that differ, as long as they are in the end; none where windows do not merge. */
  readonly sessions: readonly GhostSession[];
}

export interface GhostSession {
  readonly startMs: number;
  readonly endMs: number;
  /** When the branch gave its newest result; where it has no such window, the run. */
  readonly atMs: number;
  /** Values of the key as JSON. */
  readonly key: string;
  readonly isInRun: boolean;
  readonly isInBranch: boolean;
}

/** `key`: of a window that merges, else empty. */
export function windowName(startMs: number, endMs: number, key = ''): string {
  return `${String(startMs)} ${String(endMs)} ${key}`;
}

type Looked = Pick<RunState, 'watched' | 'through'>;

/** Null: nothing is known of the watched node, or the screen does not show the run. */
export function ghostOf(branch: ScreenBranch | null, { watched, through }: Looked): Ghost | null {
  if (branch === null || branch.comparison === null || through !== null) return null;
  const { comparison } = branch;
  const { node } = comparison;
  return node?.nodeId === watched ? { name: nameOf(branch), node, marks: marksOf(node.marks) } : null;
}

const known = new WeakMap<BranchMarks, GhostMarks>();

/** The same object for the same comparison. */
function marksOf(told: BranchMarks): GhostMarks {
  const before = known.get(told);
  if (before !== undefined) return before;
  const { startMs, endMs, atMs, sides, key, keys, isMerging } = told.windows;
  const windows = new Set<string>();
  const sessions: GhostSession[] = [];
  for (const [i, start] of startMs.entries()) {
    const end = endMs[i] ?? start;
    const side = sides[i] ?? SIDE_BOTH;
    const own = isMerging ? (keys[key[i] ?? 0] ?? '') : '';
    if (!isMerging || (side & SIDE_RUN) !== 0) windows.add(windowName(start, end, own));
    if (!isMerging) continue;
    const [isInRun, isInBranch] = [(side & SIDE_RUN) !== 0, (side & SIDE_BRANCH) !== 0];
    sessions.push({ startMs: start, endMs: end, atMs: atMs[i] ?? Number.NaN, key: own, isInRun, isInBranch });
  }
  const marks = { kept: told.kept, dropped: told.dropped, windows, sessions };
  known.set(told, marks);
  return marks;
}
