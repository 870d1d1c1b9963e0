import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { WindowBound } from './bound.ts';
import type { PaneTime, PaneTimers } from './trigger-timers-state.ts';
import type { TriggeredPane } from './flink-trigger.ts';

/** A key's part of a window: what Flink keeps by key and window. Bounds are ±∞ for a window without them. */
export interface Pane extends TriggeredPane {
  readonly id: number;
  startMs: EventTimeMs;
  endMs: EventTimeMs;
  maxMs: number;
  readonly group: Group;
  /** Counts the panes: a key that came first to a window has a lower one. */
  arrival: number;
  /** The aggregates of its rows; -1 while it holds none. */
  cell: number;
  /** Where rows are evicted: a cell for each row, in order of arrival; else null. */
  rowCells: number[] | null;
  /** Rows added less rows taken back since it was last empty. */
  balance: number;
  /** Input rows that the ledger counts here: in no result yet, and in at least one. */
  fresh: number;
  shown: number;
  /** Results given so far. */
  results: number;
  /** The aggregates of the result that stands, where results are taken back; -1 for none. */
  standing: number;
  marks: number[];
}

/** A key under one grouping set. */
export interface Group {
  readonly set: number;
  readonly key: number;
}

const PANE_BYTES = 240;

/** The panes of a window operator, found by group and window. */
export class TriggerWindowsState {
  readonly cells: AggregateCells;
  private readonly eventTimers: PaneTimers;
  private readonly clockTimers: PaneTimers;
  private readonly bound: WindowBound;
  private readonly marks: number;
  private readonly tables: readonly KeyTable[];
  private readonly panes: (Pane | null)[] = [];
  private readonly free: number[] = [];
  /** By group number: the group's panes, by end and then start. Few: a group's windows that are open. */
  private readonly byGroup = new Map<number, Pane[]>();
  private arrivals = 0;

  /** `marks`: how many figures the trigger keeps in a pane. */
  constructor(bound: WindowBound, { eventTimers, clockTimers }: PaneTime, marks: number) {
    this.bound = bound;
    this.eventTimers = eventTimers;
    this.clockTimers = clockTimers;
    this.marks = marks;
    this.cells = new AggregateCells(bound.aggregates);
    this.tables = bound.groupingSets.map((set) => new KeyTable(set.map((place) => bound.key.fields[place]!)));
  }

  pane(id: number): Pane {
    return this.panes[id]!;
  }

  /** The key's number under a grouping set, unheld. `columns` are those of the set. */
  keyOf(set: number, columns: readonly Column[], row: number): number {
    return this.tables[set]!.idOf(columns, row);
  }

  /** Gives back a number that no pane came to hold. */
  dropKey(set: number, key: number): void {
    const table = this.tables[set]!;
    table.hold(key);
    table.release(key);
  }

  /** Appends the key's columns; those that the grouping set leaves out are NULL. */
  appendKey({ set, key }: Group, builders: readonly ColumnBuilder[]): void {
    const places = this.bound.groupingSets[set]!;
    if (places.length === this.bound.key.fields.length) {
      this.tables[set]!.appendTo(builders, key);
      return;
    }
    this.tables[set]!.appendTo(
      places.map((place) => builders[place]!),
      key,
    );
    for (let i = 0; i < this.bound.key.fields.length; i++) if (!places.includes(i)) builders[i]!.appendNull();
  }

  /** The group's panes, by end and then start. */
  panesOf(set: number, key: number): readonly Pane[] {
    return this.byGroup.get(this.groupNumber(set, key)) ?? [];
  }

  private groupNumber(set: number, key: number): number {
    return key * this.tables.length + set;
  }

  find(set: number, key: number, startMs: EventTimeMs, endMs: EventTimeMs): Pane | null {
    const panes = this.byGroup.get(this.groupNumber(set, key));
    if (panes === undefined) return null;
    let low = 0;
    let high = panes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const pane = panes[middle]!;
      if (pane.endMs < endMs || (pane.endMs === endMs && pane.startMs < startMs)) low = middle + 1;
      else high = middle;
    }
    const found = panes[low];
    return found !== undefined && found.endMs === endMs && found.startMs === startMs ? found : null;
  }

  open(group: Group, startMs: EventTimeMs, endMs: EventTimeMs): Pane {
    this.tables[group.set]!.hold(group.key);
    const pane: Pane = {
      id: this.free.pop() ?? this.panes.length,
      startMs,
      endMs,
      maxMs: endMs - 1,
      group,
      arrival: this.arrivals++,
      cell: -1,
      rowCells: this.bound.everyRows > 0 ? [] : null,
      balance: 0,
      fresh: 0,
      shown: 0,
      results: 0,
      standing: -1,
      marks: new Array<number>(this.marks).fill(Number.NaN),
    };
    this.panes[pane.id] = pane;
    this.list(pane);
    return pane;
  }

  private list(pane: Pane): void {
    const number = this.groupNumber(pane.group.set, pane.group.key);
    const panes = this.byGroup.get(number);
    if (panes === undefined) {
      this.byGroup.set(number, [pane]);
      return;
    }
    let at = panes.length;
    while (at > 0 && comparePanes(panes[at - 1]!, pane) > 0) at--;
    panes.splice(at, 0, pane);
  }

  private unlist(pane: Pane): void {
    const number = this.groupNumber(pane.group.set, pane.group.key);
    const panes = this.byGroup.get(number)!;
    panes.splice(panes.indexOf(pane), 1);
    if (panes.length === 0) this.byGroup.delete(number);
  }

  /** The pane comes to stand for another window; its timers and marks are forgotten. */
  move(pane: Pane, startMs: EventTimeMs, endMs: EventTimeMs): void {
    this.unlist(pane);
    pane.startMs = startMs;
    pane.endMs = endMs;
    pane.maxMs = endMs - 1;
    pane.results = 0;
    pane.marks = new Array<number>(this.marks).fill(Number.NaN);
    this.eventTimers.clear(pane.id);
    this.clockTimers.clear(pane.id);
    this.list(pane);
  }

  /** Takes over the contents and counts of a pane of the same group, which is gone afterwards. */
  absorb(into: Pane, from: Pane): void {
    if (into.cell < 0) {
      into.cell = from.cell;
      from.cell = -1;
    } else if (from.cell >= 0) this.cells.merge(into.cell, from.cell);
    into.balance += from.balance;
    into.fresh += from.fresh;
    into.shown += from.shown;
    into.arrival = Math.min(into.arrival, from.arrival);
    this.close(from);
  }

  /** Adds a row of the batch at hand, or takes one back. */
  put(pane: Pane, row: number, isRetraction: boolean): void {
    let { cell } = pane;
    if (pane.rowCells !== null) pane.rowCells.push((cell = this.cells.take()));
    else if (cell < 0) pane.cell = cell = this.cells.take();
    if (isRetraction) this.cells.retract(cell, row);
    else this.cells.add(cell, row);
    pane.balance += isRetraction ? -1 : 1;
  }

  /** Forgets the rows of a pane. */
  empty(pane: Pane): void {
    if (pane.cell >= 0) this.cells.release(pane.cell);
    pane.cell = -1;
    if (pane.rowCells !== null) {
      for (const cell of pane.rowCells) this.cells.release(cell);
      pane.rowCells.length = 0;
    }
    pane.balance = 0;
    pane.fresh = 0;
    pane.shown = 0;
  }

  /** Forgets a pane and all that it holds. */
  close(pane: Pane): void {
    this.empty(pane);
    if (pane.standing >= 0) this.cells.release(pane.standing);
    this.eventTimers.clear(pane.id);
    this.clockTimers.clear(pane.id);
    this.unlist(pane);
    this.tables[pane.group.set]!.release(pane.group.key);
    this.panes[pane.id] = null;
    this.free.push(pane.id);
  }

  /** Whether nothing of the pane would show in what comes later, but for the number of its results. */
  isIdle(pane: Pane): boolean {
    const { id, cell, rowCells, marks } = pane;
    const isEmpty = cell < 0 && (rowCells === null || rowCells.length === 0) && marks.every(Number.isNaN);
    return isEmpty && this.eventTimers.timesOf(id).length + this.clockTimers.timesOf(id).length === 0;
  }

  *all(): Generator<Pane> {
    for (const pane of this.panes) if (pane !== null) yield pane;
  }

  get size(): number {
    return this.panes.length - this.free.length;
  }

  get cellsInUse(): number {
    return this.cells.cellsInUse;
  }

  get bytes(): number {
    let bytes = this.size * PANE_BYTES + this.cells.bytes;
    for (const table of this.tables) bytes += table.textBytes;
    return bytes;
  }

  /** The latest time for which a pane waits on the clock, the end of time apart; -∞ for none. */
  get lastClockMs(): number {
    let last = -Infinity;
    for (const pane of this.panes) {
      if (pane !== null)
        last = Math.max(last, this.clockTimers.timesOf(pane.id).findLast(Number.isFinite) ?? -Infinity);
    }
    return last;
  }

  snapshot(writer: StateWriter): void {
    const panes = this.panes.filter((pane) => pane !== null).sort(comparePanes);
    writer.f64(this.arrivals);
    writer.u32(panes.length);
    for (const pane of panes) this.writePane(writer, pane);
  }

  private writePane(writer: StateWriter, pane: Pane): void {
    const { group, rowCells } = pane;
    writer.u32(group.set);
    this.tables[group.set]!.write(writer, group.key);
    for (const figure of [pane.startMs, pane.endMs, pane.arrival, pane.balance, pane.fresh, pane.shown, pane.results]) {
      writer.f64(figure);
    }
    for (const mark of pane.marks) writer.f64(mark);
    for (const timers of [this.eventTimers, this.clockTimers]) {
      const times = timers.timesOf(pane.id);
      writer.u32(times.length);
      for (const time of times) writer.f64(time);
    }
    this.writeCells(writer, pane.cell < 0 ? [] : [pane.cell]);
    this.writeCells(writer, pane.standing < 0 ? [] : [pane.standing]);
    if (rowCells !== null) this.writeCells(writer, rowCells);
  }

  private writeCells(writer: StateWriter, cells: readonly number[]): void {
    writer.u32(cells.length);
    for (const cell of cells) this.cells.write(writer, cell);
  }

  restore(reader: StateReader): void {
    const arrivals = reader.f64();
    const count = reader.u32();
    for (let p = 0; p < count; p++) this.readPane(reader);
    this.arrivals = arrivals;
  }

  private readPane(reader: StateReader): void {
    const set = reader.u32();
    const pane = this.open({ set, key: this.tables[set]!.read(reader) }, reader.f64(), reader.f64());
    pane.arrival = reader.f64();
    pane.balance = reader.f64();
    pane.fresh = reader.f64();
    pane.shown = reader.f64();
    pane.results = reader.f64();
    for (let m = 0; m < this.marks; m++) pane.marks[m] = reader.f64();
    for (const timers of [this.eventTimers, this.clockTimers]) {
      const times = reader.u32();
      for (let t = 0; t < times; t++) timers.add(pane.id, reader.f64());
    }
    pane.cell = this.readCells(reader)[0] ?? -1;
    pane.standing = this.readCells(reader)[0] ?? -1;
    if (pane.rowCells !== null) pane.rowCells = this.readCells(reader);
  }

  private readCells(reader: StateReader): number[] {
    const count = reader.u32();
    return Array.from({ length: count }, () => {
      const cell = this.cells.take();
      this.cells.read(reader, cell);
      return cell;
    });
  }
}

/** By end, start, first arrival. */
export function comparePanes(a: Pane, b: Pane): number {
  if (a.endMs !== b.endMs) return a.endMs - b.endMs;
  if (a.startMs !== b.startMs) return a.startMs - b.startMs;
  return a.arrival - b.arrival;
}
