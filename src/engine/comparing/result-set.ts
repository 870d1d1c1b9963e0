import type { Changes } from '../../stream/row-kind.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import type { ResultRecord } from '../result-records.ts';

type JsonRow = Readonly<Record<string, Json>>;

/** A result as it stands in the end, or a dropped row. */
export interface ComparedRow {
  /** Entry that brought it; of several that are alike the last. */
  readonly seq: number;
  readonly key: JsonRow | null;
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  readonly pane: string | null;
  readonly ts: EventTimeMs | null;
  readonly row: JsonRow;
}

/** `only-a`, `only-b`: one alone has it, or more of it. `different`: what both have for one key, window and pane is not the same. */
export interface ResultDifference {
  readonly kind: 'only-a' | 'only-b' | 'different';
  readonly a: ComparedRow | null;
  readonly b: ComparedRow | null;
  /** Columns with other values; none where the event time alone is another one. */
  readonly columns: readonly string[];
}

interface Held {
  result: ComparedRow;
  count: number;
}

/** By the text of the row with its event time. */
export type ResultGroup = Map<string, Held>;

/**
 * What a stream of results comes to: of rows that are only ever added all of them, of a changelog those that were not taken
 * back, of an upsert stream the last one of each key. Groups are what two sets are matched by: key, window and pane; rows
 * that have none of them by all that they hold. Beyond `mostRows` rows are only counted.
 */
export class ResultSet {
  readonly groups = new Map<string, ResultGroup>();
  private readonly changes: Changes | 'drops';
  private readonly mostRows: number;
  private held = 0;
  private left = 0;

  /** `drops`: rows that were dropped, which are known by all that they hold. */
  constructor(changes: Changes | 'drops', mostRows = Infinity) {
    this.changes = changes;
    this.mostRows = mostRows;
  }

  /** Rows that stand in the end. */
  get rows(): number {
    return this.held;
  }

  /** Records that were too many to keep. */
  get uncompared(): number {
    return this.left;
  }

  add(record: ResultRecord): void {
    const { key, window, pane, ts, row } = record;
    const paneName = this.changes === 'append' && pane !== null ? `${pane.timing} ${String(pane.index)}` : null;
    const isTold =
      this.changes !== 'drops' &&
      (window !== null || this.changes === 'upsert' || (this.changes === 'retract' && key !== null));
    const name = isTold ? JSON.stringify([key, window, paneName]) : textOf(ts, row);
    this.addNamed(record, name, isTold && this.changes === 'upsert');
  }

  /** Adds a record to a group that is named so; `replaces`: in place of what the group has. */
  addNamed({ op, seq, key, window, pane, ts, row }: ResultRecord, name: string, replaces: boolean): void {
    const text = textOf(ts, row);
    const result: ComparedRow = { seq, key, window, pane: pane === null ? null : pane.timing, ts, row };
    let group = this.groups.get(name);
    if (group === undefined) {
      if (this.held >= this.mostRows) {
        this.left++;
        return;
      }
      this.groups.set(name, (group = new Map<string, Held>()));
    }
    const isTaken = op === '-U' || op === '-D';
    if (replaces) {
      this.held -= rowsOf(group);
      group.clear();
      if (!isTaken) this.put(group, text, result, 1);
    } else this.put(group, text, result, isTaken ? -1 : 1);
    if (group.size === 0) this.groups.delete(name);
  }

  private put(group: ResultGroup, text: string, result: ComparedRow, by: 1 | -1): void {
    this.held += by;
    const held = group.get(text);
    if (held === undefined) {
      group.set(text, { result, count: by });
      return;
    }
    held.count += by;
    held.result = result;
    if (held.count === 0) group.delete(text);
  }
}

/** By which rows are alike. */
function textOf(ts: EventTimeMs | null, row: JsonRow): string {
  return `${String(ts)} ${JSON.stringify(row)}`;
}

function rowsOf(group: ResultGroup): number {
  let rows = 0;
  for (const { count } of group.values()) rows += count;
  return rows;
}

const NO_GROUP: ResultGroup = new Map();

/**
 * Everything in which two sets differ: groups in the order in which A came to know them, then those that B alone has. What
 * may be among those that the other side was too full to keep is left out.
 */
export function compareResults(a: ResultSet, b: ResultSet): readonly ResultDifference[] {
  const found: ResultDifference[] = [];
  for (const [name, group] of a.groups) {
    const other = b.groups.get(name);
    if (other !== undefined || b.uncompared === 0) found.push(...groupDifferences(group, other));
  }
  if (a.uncompared > 0) return found;
  for (const [name, group] of b.groups) if (!a.groups.has(name)) found.push(...groupDifferences(undefined, group));
  return found;
}

/** How two groups of one name differ: what is left of both when rows that are alike are taken away, in pairs as far as there are. */
export function groupDifferences(a: ResultGroup = NO_GROUP, b: ResultGroup = NO_GROUP): readonly ResultDifference[] {
  const [ofA, ofB] = [more(a, b), more(b, a)];
  return Array.from({ length: Math.max(ofA.length, ofB.length) }, (_, i) => {
    const [own, other] = [ofA[i] ?? null, ofB[i] ?? null];
    if (own === null || other === null)
      return { kind: own === null ? 'only-b' : 'only-a', a: own, b: other, columns: [] };
    return { kind: 'different', a: own, b: other, columns: differingColumns(own.row, other.row) };
  });
}

/** Rows of which `own` has more than `other`, each as often as it has more. */
function more(own: ResultGroup, other: ResultGroup): readonly ComparedRow[] {
  const rows: ComparedRow[] = [];
  for (const [text, { result, count }] of own) {
    for (let i = Math.max(0, other.get(text)?.count ?? 0); i < count; i++) rows.push(result);
  }
  return rows;
}

function differingColumns(a: JsonRow, b: JsonRow): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}
