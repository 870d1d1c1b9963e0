import type { ComparedRow, ResultDifference, ResultSet } from '../../engine/comparing/result-set.ts';
import type { BranchMarks, BranchWindows } from '../branch-protocol.ts';
import { SIDE_BOTH, SIDE_BRANCH, SIDE_RUN } from '../branch-protocol.ts';
import type { SideRun } from './side-run.ts';

/** Rows, and windows, of each kind that are told: those that come last are left out. */
const MARKS_MAX = 50_000;

interface MarkedSides {
  readonly nodeId: string;
  readonly run: SideRun;
  readonly branch: SideRun;
  readonly isSameLog: boolean;
  readonly results: readonly ResultDifference[];
  readonly drops: readonly ResultDifference[];
}

/** All that differs at a node, to be laid over what shows the run. */
export function branchMarks(sides: MarkedSides): BranchMarks {
  const { run, branch, nodeId, isSameLog, results, drops } = sides;
  const rows = (kind: ResultDifference['kind']): readonly number[] =>
    drops.flatMap((drop) => (drop.kind === kind ? [(drop.a ?? drop.b)?.seq ?? -1] : [])).toSorted((a, b) => a - b);
  const kept = rows('only-a');
  const dropped = isSameLog ? rows('only-b') : [];
  const isMerging = run.results.isMerging(nodeId) && branch.results.isMerging(nodeId);
  const windows = isMerging ? mergingWindows(sides) : fixedWindows(results);
  return {
    kept: Float64Array.from(kept.slice(0, MARKS_MAX)),
    dropped: Float64Array.from(dropped.slice(0, MARKS_MAX)),
    windows: inColumns(windows.slice(0, MARKS_MAX), isMerging),
    left: [kept, dropped, windows].reduce((sum, { length }) => sum + Math.max(0, length - MARKS_MAX), 0),
  };
}

interface MarkedWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly atMs: number;
  readonly key: string | null;
  readonly sides: number;
}

/** Of all keys together. */
function fixedWindows(results: readonly ResultDifference[]): readonly MarkedWindow[] {
  const found = new Map<string, MarkedWindow>();
  for (const { a, b } of results) {
    const window = (a ?? b)?.window ?? null;
    if (window === null) continue;
    const name = String(window);
    const sides = (found.get(name)?.sides ?? 0) | (a === null ? 0 : SIDE_RUN) | (b === null ? 0 : SIDE_BRANCH);
    found.set(name, { startMs: window[0], endMs: window[1], atMs: Number.NaN, key: null, sides });
  }
  return [...found.values()];
}

interface Extent {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly seq: number;
}

/** Each side has the windows that its events came to in the end: what grew into another one is no window of its own. */
function mergingWindows({ run, branch, nodeId, results }: MarkedSides): readonly MarkedWindow[] {
  const own = finalExtents(run.results.of(nodeId)?.results);
  const other = finalExtents(branch.results.of(nodeId)?.results);
  const changed = new Set(results.flatMap(({ a, b }) => [a ?? b ?? []].flat().map(nameOf)));
  const found: MarkedWindow[] = [];
  for (const [name, { key, startMs, endMs, seq }] of own) {
    const there = other.get(name);
    if (there !== undefined && !changed.has(name)) continue;
    const atMs = (there === undefined ? run.results.timeOf(seq) : branch.results.timeOf(there.seq)) ?? Number.NaN;
    found.push({ key, startMs, endMs, atMs, sides: there === undefined ? SIDE_RUN : SIDE_BOTH });
  }
  for (const [name, { key, startMs, endMs, seq }] of other) {
    if (own.has(name)) continue;
    found.push({ key, startMs, endMs, atMs: branch.results.timeOf(seq) ?? Number.NaN, sides: SIDE_BRANCH });
  }
  return found.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

function finalExtents(set: ResultSet | undefined): ReadonlyMap<string, Extent> {
  const all = new Map<string, Extent>();
  for (const group of set?.groups.values() ?? []) {
    for (const { result } of group.values()) {
      if (result.window === null) continue;
      const [startMs, endMs] = result.window;
      const seq = Math.max(result.seq, all.get(nameOf(result))?.seq ?? -1);
      all.set(nameOf(result), { key: keyOf(result), startMs, endMs, seq });
    }
  }
  const widestFirst = [...all].toSorted(([, a], [, b]) => a.startMs - b.startMs || b.endMs - a.endMs);
  const reached = new Map<string, number>();
  return new Map(
    widestFirst.filter(([, { key, endMs }]) => {
      const isWithin = endMs <= (reached.get(key) ?? -Infinity);
      if (!isWithin) reached.set(key, endMs);
      return !isWithin;
    }),
  );
}

function keyOf({ key }: ComparedRow): string {
  return key === null ? '[]' : JSON.stringify(Object.values(key));
}

function nameOf(row: ComparedRow): string {
  return `${String(row.window)} ${keyOf(row)}`;
}

function inColumns(windows: readonly MarkedWindow[], isMerging: boolean): BranchWindows {
  const keys = new Map<string, number>();
  const key = windows.map((window) => {
    const text = window.key ?? '[]';
    const known = keys.get(text) ?? keys.size;
    keys.set(text, known);
    return known;
  });
  return {
    isMerging,
    startMs: Float64Array.from(windows, ({ startMs }) => startMs),
    endMs: Float64Array.from(windows, ({ endMs }) => endMs),
    atMs: Float64Array.from(windows, ({ atMs }) => atMs),
    sides: Uint8Array.from(windows, ({ sides }) => sides),
    key: Uint32Array.from(key),
    keys: [...keys.keys()],
  };
}
