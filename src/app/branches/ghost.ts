import type { RunState } from '../run-state.ts';
import type { BranchComparison, BranchNodeDetail, ScreenBranch } from './branch-store.ts';
import { nameOf } from './branch-store.ts';

/** What a branch has otherwise at the watched node, to be laid over what shows the run. */
export interface Ghost {
  readonly name: string;
  readonly node: BranchNodeDetail;
  readonly marks: GhostMarks;
}

/** As far as differences are told. */
export interface GhostMarks {
  /** Entries of rows that the run dropped and the branch keeps. */
  readonly kept: ReadonlySet<number>;
  /** Entries of rows that the branch drops and the run kept; none where entries have other numbers there. */
  readonly dropped: ReadonlySet<number>;
  /** Windows of which a result differs, by `windowName`. */
  readonly windows: ReadonlySet<string>;
}

export function windowName(startMs: number, endMs: number): string {
  return `${String(startMs)} ${String(endMs)}`;
}

type Looked = Pick<RunState, 'watched' | 'through'>;

/** Null: nothing is known of the watched node, or the screen does not show the run. */
export function ghostOf(branch: ScreenBranch | null, { watched, through }: Looked): Ghost | null {
  if (branch === null || branch.comparison === null || through !== null) return null;
  const { comparison } = branch;
  const { node } = comparison;
  return node?.nodeId === watched ? { name: nameOf(branch), node, marks: marksOf(comparison, node) } : null;
}

const known = new WeakMap<BranchComparison, GhostMarks>();

/** The same object for the same comparison. */
function marksOf(comparison: BranchComparison, node: BranchNodeDetail): GhostMarks {
  const before = known.get(comparison);
  if (before !== undefined) return before;
  const kept = new Set<number>();
  const dropped = new Set<number>();
  const windows = new Set<string>();
  for (const { kind, window, run, branch } of node.differences) {
    if (kind === 'dropped-only-run') kept.add(run?.seq ?? -1);
    else if (kind !== 'dropped-only-branch') {
      if (window !== null) windows.add(windowName(window[0], window[1]));
    } else if (comparison.isSameLog) dropped.add(branch?.seq ?? -1);
  }
  const marks = { kept, dropped, windows };
  known.set(comparison, marks);
  return marks;
}
