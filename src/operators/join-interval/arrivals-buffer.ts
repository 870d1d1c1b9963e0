import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { KeptRows } from './kept-rows-state.ts';

/** What is to become of a row that arrives. */
export const TAKEN = 0;
/** Taken at a watermark that is its own time: rows that are forgotten by then may still be in its ring. */
export const TAKEN_AT_WATERMARK = 1;
export const LATE = 2;
export const WITHOUT_TIME = 3;
export const WITHOUT_KEY = 4;

interface Piece {
  readonly side: 0 | 1;
  readonly batch: Batch;
  /** Number of its first row. */
  readonly from: number;
}

/**
 * The rows that arrive in a round, numbered input by input, batch by batch, in columns: where and when each stands, what
 * becomes of it, and for those that are taken the number of its key and its handle in the store of its side.
 */
export class Arrivals {
  count = 0;
  seq = new Float64Array(0);
  phase = new Uint8Array(0);
  /** 0 for rows of the left side. */
  side = new Uint8Array(0);
  times = new Float64Array(0);
  fates = new Uint8Array(0);
  keys = new Int32Array(0);
  handles = new Int32Array(0);
  private pieces: Piece[] = [];
  private readonly isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean;
  private rows = new Int32Array(0);
  private takenIds = new Int32Array(0);
  private takenHandles = new Int32Array(0);

  constructor(isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean) {
    this.isLate = isLate;
  }

  begin(): void {
    this.count = 0;
    this.pieces = [];
  }

  /** The batch and the row that a number stands for. */
  rowOf(number: number): SideRow {
    let i = this.pieces.length - 1;
    while (this.pieces[i]!.from > number) i--;
    const { side, batch, from } = this.pieces[i]!;
    return { side, batch, row: rowAt(batch, number - from) };
  }

  /** Adds the rows of a batch, and stores those that are taken. */
  add(batch: Batch, clock: Curve, kept: KeptRows, keys: KeyTable): void {
    const count = rowCount(batch);
    const from = this.count;
    const side = kept.rules.number;
    this.reserve(from + count);
    this.pieces.push({ side, batch, from });
    this.side.fill(side, from, from + count);
    this.judge(batch, clock, from, count);
    this.seekKeys(batch, kept.rules.keyColumns, from, count);
    this.store(batch, kept, keys, from);
    this.count += count;
  }

  private reserve(capacity: number): void {
    if (this.seq.length >= capacity) return;
    const larger = Math.max(capacity, this.seq.length * 2);
    this.seq = widened(this.seq, larger);
    this.phase = widened(this.phase, larger);
    this.side = widened(this.side, larger);
    this.times = widened(this.times, larger);
    this.fates = widened(this.fates, larger);
    this.keys = widened(this.keys, larger);
    this.handles = widened(this.handles, larger);
    this.rows = new Int32Array(larger);
    this.takenIds = new Int32Array(larger);
    this.takenHandles = new Int32Array(larger);
  }

  private judge(batch: Batch, clock: Curve, from: number, count: number): void {
    const { seq, times, fates, isLate } = this;
    const { selection, ts } = batch;
    for (let i = 0; i < count; i++) {
      const row = selection === null ? i : selection[i]!;
      const at = batch.seq[row]!;
      const timeMs = ts[row]!;
      const watermark = watermarkBefore(clock, at);
      seq[from + i] = at;
      times[from + i] = timeMs;
      let fate = timeMs === watermark ? TAKEN_AT_WATERMARK : TAKEN;
      if (isLate(timeMs, watermark)) fate = LATE;
      if (timeMs !== timeMs) fate = WITHOUT_TIME;
      fates[from + i] = fate;
    }
    if (batch.phase === null) this.phase.fill(0, from, from + count);
    else for (let i = 0; i < count; i++) this.phase[from + i] = phaseAt(batch, rowAt(batch, i)) === 0 ? 0 : 1;
  }

  private seekKeys(batch: Batch, columns: readonly number[], from: number, count: number): void {
    for (const column of columns) {
      const { nulls } = batch.columns[column]!;
      if (nulls === null) continue;
      for (let i = 0; i < count; i++) {
        if (this.fates[from + i]! <= TAKEN_AT_WATERMARK && isNull(nulls, rowAt(batch, i))) {
          this.fates[from + i] = WITHOUT_KEY;
        }
      }
    }
  }

  /** Numbers the keys of the rows that are taken, and puts the rows into the store of their side. */
  private store(batch: Batch, kept: KeptRows, keys: KeyTable, from: number): void {
    const { rows, fates } = this;
    const count = rowCount(batch);
    let taken = 0;
    for (let i = 0; i < count; i++) {
      rows[taken] = batch.selection === null ? i : batch.selection[i]!;
      taken += +(fates[from + i]! <= TAKEN_AT_WATERMARK);
    }
    if (taken === 0) return;
    const keyColumns = kept.rules.keyColumns.map((column) => batch.columns[column]!);
    const isWhole = taken === count;
    const picked = isWhole && batch.selection === null ? null : rows.subarray(0, taken);
    const ids = isWhole ? this.keys.subarray(from, from + count) : this.takenIds;
    const handles = isWhole ? this.handles.subarray(from, from + count) : this.takenHandles.subarray(0, taken);
    keys.idsOf(keyColumns, picked, taken, ids);
    kept.store.putRows(batch.columns, picked, handles);
    kept.reserve();
    if (isWhole) return;
    for (let i = count - 1, next = taken; i >= 0; i--) {
      if (fates[from + i]! > TAKEN_AT_WATERMARK) continue;
      next--;
      this.keys[from + i] = ids[next]!;
      this.handles[from + i] = handles[next]!;
    }
  }
}
