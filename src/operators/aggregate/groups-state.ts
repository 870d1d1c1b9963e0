import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import type { KeyTable } from '../shared/state/key-table.ts';

interface Group {
  readonly key: number;
  readonly cell: number;
  /** Rows that are in it, those taken back counted against the others. */
  rows: number;
  /** NaN while no row had a time. */
  timeMs: EventTimeMs;
  isShown: boolean;
  /** When a row last changed it, by the processing clock. */
  writtenMs: ProcessingTimeMs;
}

/** Bytes of a group beside its key and its aggregates. */
const GROUP_BYTES = 64;

/** The groups of a running aggregate. A group is known by the number of its key, which it holds. */
export class Groups {
  private readonly keys: KeyTable;
  private readonly cells: AggregateCells;
  /** In the order in which they were last written. */
  private readonly groups = new Map<number, Group>();

  constructor(keys: KeyTable, cells: AggregateCells) {
    this.keys = keys;
    this.cells = cells;
  }

  /** The key's group, −1 where there is none. */
  find(key: number): number {
    return this.groups.has(key) ? key : -1;
  }

  add(key: number): number {
    this.keys.hold(key);
    const cell = this.cells.take();
    this.groups.set(key, { key, cell, rows: 0, timeMs: Number.NaN, isShown: false, writtenMs: -Infinity });
    return key;
  }

  /** Says that a row changes the group now. Times never go back. */
  write(group: number, nowMs: ProcessingTimeMs): void {
    const found = this.groups.get(group)!;
    found.writtenMs = nowMs;
    this.groups.delete(group);
    this.groups.set(group, found);
  }

  /** Forgets the groups that were last written at `writtenMs` or before, and returns how many rows were in them. */
  forgetWritten(writtenMs: ProcessingTimeMs): number {
    let rows = 0;
    for (const [group, found] of this.groups) {
      if (found.writtenMs > writtenMs) break;
      rows += found.rows;
      this.remove(group);
    }
    return rows;
  }

  remove(group: number): void {
    this.cells.release(this.cellOf(group));
    this.groups.delete(group);
    this.keys.release(group);
  }

  keyOf(group: number): number {
    return this.groups.get(group)!.key;
  }

  cellOf(group: number): number {
    return this.groups.get(group)!.cell;
  }

  rowsOf(group: number): number {
    return this.groups.get(group)!.rows;
  }

  timeOf(group: number): EventTimeMs {
    return this.groups.get(group)!.timeMs;
  }

  isShown(group: number): boolean {
    return this.groups.get(group)!.isShown;
  }

  show(group: number): void {
    this.groups.get(group)!.isShown = true;
  }

  setTime(group: number, timeMs: EventTimeMs): void {
    this.groups.get(group)!.timeMs = timeMs;
  }

  /** Counts rows, and raises the group's time where one is given. */
  count(group: number, rows: number, timeMs: EventTimeMs | null): void {
    const found = this.groups.get(group)!;
    found.rows += rows;
    if (timeMs !== null && !(timeMs <= found.timeMs) && timeMs === timeMs) found.timeMs = timeMs;
  }

  /** In the order in which they were last written. */
  all(): Iterable<Readonly<Group>> {
    return this.groups.values();
  }

  get size(): number {
    return this.groups.size;
  }

  get bytes(): number {
    return this.groups.size * GROUP_BYTES + this.cells.bytes + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.groups.size);
    for (const { key, cell, rows, timeMs, isShown, writtenMs } of this.groups.values()) {
      this.keys.write(writer, key);
      this.cells.write(writer, cell);
      writer.f64(rows);
      writer.f64(timeMs);
      writer.u8(isShown ? 1 : 0);
      writer.f64(writtenMs);
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const group = this.groups.get(this.add(this.keys.read(reader)))!;
      this.cells.read(reader, group.cell);
      group.rows = reader.f64();
      group.timeMs = reader.f64();
      group.isShown = reader.u8() === 1;
      group.writtenMs = reader.f64();
    }
  }
}
