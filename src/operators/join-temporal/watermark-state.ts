import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { KernelOutput } from '../operator.ts';
import { firstInOrder, storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import { RetentionTimers } from './retention-state.ts';
import type { LeftRow, TemporalRows } from './temporal-rows-state.ts';
import { versionAt } from './versions.ts';
import type { TableRow, Version } from './versions.ts';

export interface WaitingRow extends LeftRow {
  /** Which of all rows it was to arrive. */
  readonly number: number;
}

/** A move of the watermark. */
export interface Step {
  readonly watermark: WatermarkMs;
  readonly nowMs: ProcessingTimeMs;
  readonly out: KernelOutput;
}

/** What is kept of one key. */
interface Cell {
  readonly key: number;
  readonly waiting: TimeBuckets<WaitingRow>;
  /** By time, one each. */
  readonly versions: Version[];
  /** The watermark that the key waits for; NaN for none. */
  timerMs: EventTimeMs;
  /** Which of all timers it was to be set: equal ones go off in this order. */
  timerNumber: number;
  dueMs: ProcessingTimeMs;
}

const CELL_BYTES = 160;
const VERSION_BYTES = 40;
const WAITING_BYTES = 80;

/** Left rows that wait and versions of the table, by key. Flink: `TemporalRowTimeJoinOperator`. */
export class WatermarkState {
  readonly retention: RetentionTimers<Cell>;
  private readonly rows: TemporalRows;
  /** By key number, in order of the keys' first arrival. */
  private readonly cells = new Map<number, Cell>();
  private readonly timers = new TimeBuckets<Cell>();
  private arrivals = 0;
  private timersSet = 0;

  constructor(rows: TemporalRows) {
    this.rows = rows;
    this.retention = new RetentionTimers(rows.bound.retention);
  }

  /** The watermark that the first key waits for; +∞ when none does. */
  get firstTimerMs(): WatermarkMs {
    return this.timers.firstTimeMs;
  }

  look(most: number): readonly StateKind[] {
    const { left, right } = this.rows;
    const waits = { what: 'left rows that wait', order: 'that join first', count: left.rows };
    const versions = { what: 'versions of right rows', order: 'of the keys that came first', count: right.rows };
    const waiting = firstInOrder(this.waiting(), most, (a, b) => a.timeMs - b.timeMs || a.number - b.number);
    const untils = waiting.map(({ handle, timeMs }) => ({ handle, until: { timeMs, does: 'joins' } }));
    return [storedRows(waits, left, untils, most), storedRows(versions, right, this.versions(), most)];
  }

  private *waiting(): Generator<WaitingRow> {
    for (const cell of this.cells.values()) yield* cell.waiting;
  }

  private *versions(): Generator<Version> {
    for (const cell of this.cells.values()) yield* cell.versions;
  }

  get size(): number {
    return this.rows.left.rows + this.rows.right.rows;
  }

  get bytes(): number {
    const { left, right, keys } = this.rows;
    const fixed = this.cells.size * CELL_BYTES + left.rows * WAITING_BYTES + right.rows * VERSION_BYTES;
    return fixed + left.bytes + right.bytes + keys.textBytes;
  }

  /** Lets a left row wait for its time. */
  wait(key: number, row: LeftRow, nowMs: ProcessingTimeMs): void {
    const cell = this.cellOf(key);
    cell.waiting.add(row.timeMs, { ...row, number: this.arrivals++ });
    this.waitFor(cell, row.timeMs);
    this.retention.touch(cell, nowMs);
  }

  /** Puts a version in its place, or in the place of the one of its time. */
  putVersion(key: number, version: Version, nowMs: ProcessingTimeMs, out: KernelOutput): void {
    const cell = this.cellOf(key);
    const before = versionAt(cell.versions, version.timeMs);
    const isSame = before >= 0 && cell.versions[before]!.timeMs === version.timeMs;
    if (isSame) this.rows.drop(cell.versions[before]!, out);
    cell.versions.splice(isSame ? before : before + 1, isSame ? 1 : 0, version);
    this.waitFor(cell, version.timeMs);
    this.retention.touch(cell, nowMs);
  }

  private cellOf(key: number): Cell {
    let cell = this.cells.get(key);
    if (cell === undefined) {
      this.rows.keys.hold(key);
      const waiting = new TimeBuckets<WaitingRow>();
      cell = { key, waiting, versions: [], timerMs: Number.NaN, timerNumber: 0, dueMs: Number.NaN };
      this.cells.set(key, cell);
    }
    return cell;
  }

  private waitFor(cell: Cell, timeMs: EventTimeMs): void {
    if (cell.timerMs <= timeMs) return;
    this.endTimer(cell);
    cell.timerMs = timeMs;
    cell.timerNumber = this.timersSet++;
    this.timers.add(timeMs, cell);
  }

  private endTimer(cell: Cell): void {
    if (!Number.isNaN(cell.timerMs)) this.timers.remove(cell.timerMs, cell);
    cell.timerMs = Number.NaN;
  }

  /** Lets the keys that wait for `watermark` give their rows: `visit` gets each with the version of its time. */
  fire({ watermark, nowMs, out }: Step, visit: (row: WaitingRow, version: TableRow | null) => void): void {
    while (this.timers.size > 0 && this.timers.firstTimeMs <= watermark) {
      for (const cell of this.timers.takeFirst()) {
        cell.timerMs = Number.NaN;
        for (const row of dueOf(cell, watermark)) {
          const version = cell.versions[versionAt(cell.versions, row.timeMs)];
          visit(row, version === undefined || version.isGone ? null : version);
        }
        const newest = versionAt(cell.versions, watermark);
        for (const version of cell.versions.splice(0, Math.max(0, newest))) this.rows.drop(version, out);
        if (cell.waiting.size > 0) this.waitFor(cell, cell.waiting.firstTimeMs);
        if (cell.waiting.size > 0 || cell.versions.length > 0) this.retention.touch(cell, nowMs);
        else this.remove(cell);
      }
    }
  }

  private remove(cell: Cell): void {
    this.retention.end(cell);
    this.endTimer(cell);
    this.cells.delete(cell.key);
    this.rows.keys.release(cell.key);
  }

  /** Forgets the keys whose retention is over. */
  forget(nowMs: ProcessingTimeMs, out: KernelOutput): void {
    for (const cell of this.retention.takeDue(nowMs)) {
      for (const row of cell.waiting) {
        if (row.isOwn) this.rows.leave(false, out);
        this.rows.left.release(row.handle);
      }
      for (const version of cell.versions) this.rows.drop(version, out);
      this.remove(cell);
    }
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.arrivals);
    writer.f64(this.timersSet);
    writer.u32(this.cells.size);
    for (const cell of this.cells.values()) {
      this.rows.keys.write(writer, cell.key);
      writer.f64(cell.timerMs);
      writer.f64(cell.timerNumber);
      writer.f64(cell.dueMs);
      const waiting = [...cell.waiting].sort((a, b) => a.number - b.number);
      writer.u32(waiting.length);
      for (const row of waiting) {
        writer.f64(row.number);
        this.rows.writeLeft(writer, row);
      }
      writer.u32(cell.versions.length);
      for (const version of cell.versions) this.rows.writeVersion(writer, version);
    }
  }

  restore(reader: StateReader): void {
    this.arrivals = reader.f64();
    this.timersSet = reader.f64();
    const count = reader.u32();
    const timed: Cell[] = [];
    for (let i = 0; i < count; i++) {
      const cell = this.cellOf(this.rows.keys.read(reader));
      cell.timerMs = reader.f64();
      cell.timerNumber = reader.f64();
      if (!Number.isNaN(cell.timerMs)) timed.push(cell);
      this.retention.set(cell, reader.f64());
      for (let left = reader.u32(); left > 0; left--) {
        const number = reader.f64();
        const row = this.rows.readLeft(reader);
        cell.waiting.add(row.timeMs, { ...row, number });
      }
      for (let left = reader.u32(); left > 0; left--) cell.versions.push(this.rows.readVersion(reader));
    }
    for (const cell of timed.sort((a, b) => a.timerNumber - b.timerNumber)) this.timers.add(cell.timerMs, cell);
  }
}

/** Takes out the rows that the watermark has reached, in order of arrival. */
function dueOf(cell: Cell, watermark: WatermarkMs): readonly WaitingRow[] {
  const due: WaitingRow[] = [];
  while (cell.waiting.size > 0 && cell.waiting.firstTimeMs <= watermark) due.push(...cell.waiting.takeFirst());
  return due.sort((a, b) => a.number - b.number);
}
