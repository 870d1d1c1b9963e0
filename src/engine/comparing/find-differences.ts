import type { EventTimeMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import type { Emissions, NodeOutcome } from './outcome.ts';
import type { ComparedRow, ResultGroup } from './result-set.ts';
import { compareResults, groupDifferences } from './result-set.ts';

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

/** A result as it stands in the end, and how it came to that. */
export interface Outcome extends Emissions {
  /** Null where it was taken back. */
  readonly row: Readonly<Record<string, Json>> | null;
  readonly tsMs: EventTimeMs | null;
}

export interface DroppedRow {
  readonly row: Readonly<Record<string, Json>>;
  readonly tsMs: EventTimeMs | null;
  rows: number;
}

/** All differences of a node, results first, in the order in which they were given out by A, then by B. */
export function differencesOf(a: NodeOutcome, b: NodeOutcome): readonly Difference[] {
  const names = new Set([...a.emissions.keys(), ...b.emissions.keys()]);
  return [...[...names].flatMap((name) => resultDifferences(name, a, b)), ...dropDifferences(a, b)];
}

function resultDifferences(name: string, a: NodeOutcome, b: NodeOutcome): readonly Difference[] {
  const [own, other] = [a.emissions.get(name) ?? null, b.emissions.get(name) ?? null];
  const [group, otherGroup] = [a.results.groups.get(name), b.results.groups.get(name)];
  const one = own ?? other;
  const common = { nodeId: a.node.id, key: one?.key ?? null, window: one?.window ?? null, dropped: null };
  const found = groupDifferences(group, otherGroup);
  if (found.length === 0) {
    if (own === null || other === null) return [];
    const kind = kindOfAlike(own, other, []);
    if (kind === null) return [];
    const [row, otherRow] = [standing(group), standing(otherGroup)];
    return [{ ...common, kind, columns: [], a: outcomeOf(own, row), b: outcomeOf(other, otherRow) }];
  }
  return found.map((difference): Difference => {
    const sides = { a: outcomeOf(own, difference.a), b: outcomeOf(other, difference.b) };
    const { kind, columns } = difference;
    if (kind !== 'different') return { ...common, ...sides, kind, columns };
    const ofBounds = columns.filter((column) => isBound(column, sides));
    if (columns.length > ofBounds.length) return { ...common, ...sides, kind: 'value', columns };
    const alike = own === null || other === null ? null : kindOfAlike(own, other, columns);
    return { ...common, ...sides, kind: alike ?? 'time', columns: alike === 'bounds' ? columns : [] };
  });
}

/** How results differ whose values, but for those that tell the window, are alike; null where that is not in these. */
function kindOfAlike(a: Emissions, b: Emissions, ofBounds: readonly string[]): 'emissions' | 'bounds' | null {
  if (a.emissions !== b.emissions) return 'emissions';
  return ofBounds.length > 0 || a.window?.[1] !== b.window?.[1] ? 'bounds' : null;
}

function standing(group: ResultGroup | undefined): ComparedRow | null {
  const [first] = group?.values() ?? [];
  return first?.result ?? null;
}

function outcomeOf(emissions: Emissions | null, row: ComparedRow | null): Outcome | null {
  return emissions === null ? null : { ...emissions, row: row?.row ?? null, tsMs: row?.ts ?? null };
}

/** Whether a column tells the end of the window, or its last instant, on both sides. */
function isBound(name: string, { a, b }: Pick<Difference, 'a' | 'b'>): boolean {
  return [a, b].every((side) => {
    const value = side?.row?.[name];
    const endMs = side?.window?.[1];
    return endMs !== undefined && (value === endMs || value === endMs - 1);
  });
}

/** Rows that are alike are one difference. */
function dropDifferences(a: NodeOutcome, b: NodeOutcome): readonly Difference[] {
  const found = new Map<ComparedRow, Difference & { readonly dropped: DroppedRow }>();
  for (const { a: own, b: other } of compareResults(a.drops, b.drops)) {
    const row = own ?? other;
    if (row === null) continue;
    const known = found.get(row);
    if (known !== undefined) known.dropped.rows++;
    else {
      found.set(row, {
        ...{ kind: own === null ? 'dropped-b' : 'dropped-a', nodeId: a.node.id, key: null, window: row.window },
        ...{ a: null, b: null, columns: [], dropped: { row: row.row, tsMs: row.ts, rows: 1 } },
      });
    }
  }
  return [...found.values()];
}
