import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { StateContents, StateEntry, StateLook, StateMoment, StatePart } from '../../stream/state-look.ts';
import type { Window } from '../../stream/time.ts';
import type { Field } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { cell, toJson } from '../../stream/value.ts';
import type { Accumulator } from './aggregates/accumulator.ts';
import type { RowStore } from './state/row-store.ts';

/** What the entries of a kind are. */
export interface ContentsHead {
  readonly what: string;
  readonly order: string;
  /** The key's columns first, so many of them. */
  readonly fields: readonly Field[];
  readonly keys?: number;
}

/** Writes entries of a state as the results of the operator would be written. The caller fills `columns`, then calls `add`. */
export class ContentsBuilder {
  readonly columns: readonly ColumnBuilder[];
  private readonly head: ContentsHead;
  private readonly entries: Omit<StateEntry, 'cells'>[] = [];

  constructor(head: ContentsHead) {
    this.head = head;
    this.columns = head.fields.map(({ type }) => columnBuilder(type));
  }

  /** Appends a value to one column. */
  append(place: number, value: Value): void {
    this.columns[place]!.append(value);
  }

  /** Appends what stands in a row of columns, from the first column on. */
  appendRow(columns: readonly Column[], row: number): void {
    columns.forEach((column, i) => this.columns[i]!.appendFrom(column, row));
  }

  /** Appends what each aggregate comes to in a cell, from a column on. */
  appendResults(from: number, accumulators: readonly Pick<Accumulator, 'appendTo'>[], cell: number): void {
    accumulators.forEach((accumulator, a) => accumulator.appendTo(this.columns[from + a]!, cell));
  }

  add(window: Window | null = null, until: StateEntry['until'] = null, moment?: StateMoment): void {
    const bounds = window === null ? null : { startMs: window.startMs, endMs: window.endMs };
    this.entries.push({ window: bounds, until, ...(moment === undefined ? {} : { moment }) });
  }

  /** `total`: how many there are in all. */
  finish(total: number): StateContents {
    const { what, order, fields, keys = 0 } = this.head;
    const columns = this.columns.map((builder) => builder.finish());
    return {
      what,
      order,
      columns: fields.map(({ name, type }, i) => ({ name, type: typeName(type), isKey: i < keys })),
      entries: this.entries.map((entry, row) => ({
        ...entry,
        cells: fields.map(({ type }, i) => toJson(cell(columns[i]!, type, row), type)),
      })),
      total,
    };
  }
}

/** A kind of entries: how many, and those that come first. */
export interface StateKind {
  readonly part: StatePart;
  readonly contents: StateContents;
}

/** A look without open windows to be told one by one. */
export function stateLook(parts: readonly StatePart[], ...contents: readonly StateContents[]): StateLook {
  return { parts, windows: [], openWindows: 0, contents };
}

/** A look at kinds of entries; null for a kind that the operator does not have. */
export function lookAtKinds(...kinds: readonly (StateKind | null)[]): StateLook {
  const there = kinds.filter((kind) => kind !== null);
  return stateLook(
    there.map(({ part }) => part),
    ...there.map(({ contents }) => contents),
  );
}

/** The first `most` of items in an order, without sorting those that do not come to it. */
export function firstInOrder<Item>(
  items: Iterable<Item>,
  most: number,
  compare: (a: Item, b: Item) => number,
): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) {
    if (first.length === most && compare(item, first[most - 1]!) >= 0) continue;
    let at = first.length;
    while (at > 0 && compare(first[at - 1]!, item) > 0) at--;
    first.splice(at, 0, item);
    if (first.length > most) first.pop();
  }
  return first;
}

/** The first `most` items as they come. */
export function* take<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let left = most;
  if (left <= 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}

export interface StoredRow {
  readonly handle: number;
  readonly until?: StateEntry['until'];
  readonly moment?: StateMoment;
}

interface StoredKind {
  readonly what: string;
  readonly order: string;
  readonly count: number;
}

/** Rows of a store as they are, the first `most` of those that are given. */
export function storedRows(
  { what, order, count }: StoredKind,
  store: RowStore,
  rows: Iterable<StoredRow>,
  most: number,
): StateKind {
  const contents = new ContentsBuilder({ what, order, fields: store.fields });
  for (const { handle, until = null, moment } of take(rows, most)) {
    store.appendTo(contents.columns, 0, handle);
    contents.add(null, until, moment);
  }
  return { part: { what, count }, contents: contents.finish(count) };
}
