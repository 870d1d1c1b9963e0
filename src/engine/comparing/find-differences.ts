import type { EventTimeMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import type { DroppedRow, NodeOutcome, Outcome } from './outcome.ts';

/**
 * How two dialects differ in one result or row of a node. `only-a`, `only-b`: given out by one alone; `value`: what it is in
 * the end; `bounds`: the window's end is told otherwise, and nothing else; `emissions`: how often it was given out; `time`: its
 * event time alone; `dropped-a`, `dropped-b`: rows that one alone dropped, or more of.
 */
export type DifferenceKind =
  'only-a' | 'only-b' | 'value' | 'bounds' | 'emissions' | 'time' | 'dropped-a' | 'dropped-b';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly nodeId: string;
  readonly key: Readonly<Record<string, Json>> | null;
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  readonly a: Outcome | null;
  readonly b: Outcome | null;
  /** Columns whose values differ. */
  readonly columns: readonly string[];
  readonly dropped: DroppedRow | null;
}

/** All differences of a node, results first, in the order in which they were given out by A, then by B. */
export function differencesOf(a: NodeOutcome, b: NodeOutcome): readonly Difference[] {
  const nodeId = a.node.id;
  const differences: Difference[] = [];
  for (const [name, own] of a.results) {
    const difference = resultDifference(nodeId, own, b.results.get(name) ?? null);
    if (difference !== null) differences.push(difference);
  }
  for (const [name, other] of b.results) {
    if (!a.results.has(name)) differences.push(...present(resultDifference(nodeId, null, other)));
  }
  return [...differences, ...dropDifferences(nodeId, a, b)];
}

function present<Value>(value: Value | null): readonly Value[] {
  return value === null ? [] : [value];
}

function resultDifference(nodeId: string, a: Outcome | null, b: Outcome | null): Difference | null {
  const one = a ?? b;
  const [hasA, hasB] = [isThere(a), isThere(b)];
  const common = { nodeId, key: one?.key ?? null, window: one?.window ?? null, a, b, dropped: null };
  if (hasA && !hasB) return { ...common, kind: 'only-a', columns: [] };
  if (hasB && !hasA) return { ...common, kind: 'only-b', columns: [] };
  if (a === null || b === null) return null;
  const columns = differingColumns(a, b);
  const ofBounds = columns.filter((name) => isBound(name, a, b));
  if (columns.length > ofBounds.length) return { ...common, kind: 'value', columns };
  if (a.emissions !== b.emissions) return { ...common, kind: 'emissions', columns: [] };
  if (columns.length > 0 || a.window?.[1] !== b.window?.[1]) return { ...common, kind: 'bounds', columns };
  return a.tsMs === b.tsMs ? null : { ...common, kind: 'time', columns: [] };
}

/** A result that was taken back is none. */
function isThere(outcome: Outcome | null): outcome is Outcome {
  return outcome !== null && outcome.row !== null;
}

function differingColumns({ row: a }: Outcome, { row: b }: Outcome): readonly string[] {
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  return [...names].filter((name) => JSON.stringify(a?.[name]) !== JSON.stringify(b?.[name]));
}

/** Whether a column tells the end of the window, or its last instant, on both sides. */
function isBound(name: string, a: Outcome, b: Outcome): boolean {
  return [a, b].every(({ row, window }) => {
    const value = row?.[name];
    return window !== null && (value === window[1] || value === window[1] - 1);
  });
}

function dropDifferences(nodeId: string, a: NodeOutcome, b: NodeOutcome): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (kind: 'dropped-a' | 'dropped-b', own: NodeOutcome, other: NodeOutcome): void => {
    for (const [name, dropped] of own.drops) {
      const more = dropped.rows - (other.drops.get(name)?.rows ?? 0);
      if (more <= 0) continue;
      const window = dropped.windows[0] ?? null;
      found.push({
        kind,
        nodeId,
        key: null,
        window,
        a: null,
        b: null,
        columns: [],
        dropped: { ...dropped, rows: more },
      });
    }
  };
  compare('dropped-a', a, b);
  compare('dropped-b', b, a);
  return found;
}
