import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import type { KeyTable } from '../shared/state/key-table.ts';

/** Bytes of a group beside its key and its aggregates. */
const GROUP_BYTES = 40;
const FEW = 16;
const MANY = 1024;
const NONE = -1;

/** What is known of each group, by the number of its key. */
class Columns {
  /** `NONE` where the key has no group. */
  readonly cells: Int32Array;
  /** Neighbours in the order in which groups were last written. */
  readonly older: Int32Array;
  readonly newer: Int32Array;
  /** Rows that are in it, those taken back counted against the others. */
  readonly rows: Float64Array;
  /** NaN while no row had a time. */
  readonly timesMs: Float64Array;
  /** When a row last changed it, by the processing clock. */
  readonly writtenMs: Float64Array;
  readonly shown: Uint8Array;

  constructor(capacity: number, like: Columns | null = null) {
    this.cells = new Int32Array(capacity).fill(NONE);
    this.older = new Int32Array(capacity);
    this.newer = new Int32Array(capacity);
    this.rows = new Float64Array(capacity);
    this.timesMs = new Float64Array(capacity);
    this.writtenMs = new Float64Array(capacity);
    this.shown = new Uint8Array(capacity);
    if (like === null) return;
    this.cells.set(like.cells);
    this.older.set(like.older);
    this.newer.set(like.newer);
    this.rows.set(like.rows);
    this.timesMs.set(like.timesMs);
    this.writtenMs.set(like.writtenMs);
    this.shown.set(like.shown);
  }
}

/** The groups of a running aggregate. A group is known by the number of its key, which it holds. */
export class Groups {
  private readonly keys: KeyTable;
  private readonly cells: AggregateCells;
  private columns = new Columns(FEW);
  private oldest = NONE;
  private newest = NONE;
  size = 0;

  constructor(keys: KeyTable, cells: AggregateCells) {
    this.keys = keys;
    this.cells = cells;
  }

  /** The key's group, −1 where there is none. */
  find(key: number): number {
    return key < this.columns.cells.length && this.columns.cells[key]! >= 0 ? key : NONE;
  }

  add(key: number): number {
    this.keys.hold(key);
    if (key >= this.columns.cells.length) {
      this.columns = new Columns(Math.max(key + 1, this.columns.cells.length * 2), this.columns);
    }
    const { columns } = this;
    columns.cells[key] = this.cells.take();
    columns.rows[key] = 0;
    columns.timesMs[key] = Number.NaN;
    columns.writtenMs[key] = -Infinity;
    columns.shown[key] = 0;
    this.append(key);
    this.size++;
    return key;
  }

  /** Says that a row changes the group now. Times never go back. */
  write(group: number, nowMs: ProcessingTimeMs): void {
    this.columns.writtenMs[group] = nowMs;
    if (group === this.newest) return;
    this.unlink(group);
    this.append(group);
  }

  /** Forgets the groups that were last written at `writtenMs` or before, and returns how many rows were in them. */
  forgetWritten(writtenMs: ProcessingTimeMs): number {
    let rows = 0;
    while (this.oldest !== NONE) {
      const { oldest, columns } = this;
      if (columns.writtenMs[oldest]! > writtenMs) break;
      rows += columns.rows[oldest]!;
      this.remove(oldest);
    }
    return rows;
  }

  remove(group: number): void {
    this.cells.release(this.cellOf(group));
    this.unlink(group);
    this.columns.cells[group] = NONE;
    this.keys.release(group);
    this.size--;
    // A burst of keys leaves nothing behind.
    if (this.size === 0 && this.columns.cells.length > MANY) this.columns = new Columns(FEW);
  }

  private append(group: number): void {
    const { columns, newest } = this;
    columns.older[group] = newest;
    columns.newer[group] = NONE;
    if (newest === NONE) this.oldest = group;
    else columns.newer[newest] = group;
    this.newest = group;
  }

  private unlink(group: number): void {
    const { columns } = this;
    const older = columns.older[group]!;
    const newer = columns.newer[group]!;
    if (older === NONE) this.oldest = newer;
    else columns.newer[older] = newer;
    if (newer === NONE) this.newest = older;
    else columns.older[newer] = older;
  }

  cellOf(group: number): number {
    return this.columns.cells[group]!;
  }

  rowsOf(group: number): number {
    return this.columns.rows[group]!;
  }

  timeOf(group: number): EventTimeMs {
    return this.columns.timesMs[group]!;
  }

  writtenOf(group: number): ProcessingTimeMs {
    return this.columns.writtenMs[group]!;
  }

  isShown(group: number): boolean {
    return this.columns.shown[group] === 1;
  }

  show(group: number): void {
    this.columns.shown[group] = 1;
  }

  setTime(group: number, timeMs: EventTimeMs): void {
    this.columns.timesMs[group] = timeMs;
  }

  /** Counts rows, and raises the group's time where one is given. */
  count(group: number, rows: number, timeMs: EventTimeMs | null): void {
    const { columns } = this;
    columns.rows[group]! += rows;
    if (timeMs !== null && !(timeMs <= columns.timesMs[group]!) && timeMs === timeMs) columns.timesMs[group] = timeMs;
  }

  /** In the order in which they were last written. */
  *all(): Generator<number> {
    for (let group = this.oldest; group !== NONE; group = this.columns.newer[group]!) yield group;
  }

  get bytes(): number {
    return this.size * GROUP_BYTES + this.cells.bytes + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    const { size, columns } = this;
    const groups = new Int32Array(size);
    let i = 0;
    for (let group = this.oldest; group !== NONE; group = columns.newer[group]!) groups[i++] = group;
    writer.u32(size);
    this.keys.writeAll(writer, groups, size);
    const cells = new Int32Array(size);
    for (i = 0; i < size; i++) cells[i] = columns.cells[groups[i]!]!;
    this.cells.writeAll(writer, cells, size);
    writer.floatsAt(columns.rows, groups, size);
    writer.floatsAt(columns.timesMs, groups, size);
    writer.floatsAt(columns.writtenMs, groups, size);
    for (i = 0; i < size; i++) writer.u8(columns.shown[groups[i]!]!);
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    const groups = new Int32Array(count);
    this.keys.readAll(reader, count, groups);
    this.columns = new Columns(Math.max(FEW, this.keys.bound));
    const cells = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      this.add(groups[i]!);
      cells[i] = this.cellOf(groups[i]!);
    }
    this.cells.readAll(reader, cells, count);
    const { columns } = this;
    reader.floatsTo(columns.rows, groups, count);
    reader.floatsTo(columns.timesMs, groups, count);
    reader.floatsTo(columns.writtenMs, groups, count);
    for (let i = 0; i < count; i++) columns.shown[groups[i]!] = reader.u8();
  }
}
