import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Round } from '../operator.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import { MergedOrder } from '../shared/merged-order.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { QueueArrivals } from './key-queues-state.ts';

/** What is to become of a row that arrives. */
export const TAKEN = 0;
/** Taken at a watermark that is its own time: rows that are forgotten by then may still be in its queue. */
export const TAKEN_AT_WATERMARK = 1;
export const LATE = 2;
export const WITHOUT_TIME = 3;
export const WITHOUT_KEY = 4;

export interface RowsSide {
  readonly schema: Schema;
  readonly keyColumns: readonly number[];
  /** A row is forgotten by the first watermark that is as far behind its time, and later than that at which it came. */
  readonly reachMs: DurationMs;
}

/** Where rows are stored, left and right. */
export interface StoredSides {
  readonly sides: readonly [RowsSide, RowsSide];
  readonly stores: readonly [RowStore, RowStore];
  readonly keys: KeyTable;
}

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
export class Arrivals implements QueueArrivals {
  count = 0;
  /** How many of them are taken, and the largest number of their keys. */
  taken = 0;
  mostKey = 0;
  seq = new Float64Array(0);
  phase = new Uint8Array(0);
  /** 0 for rows of the left side. */
  side = new Uint8Array(0);
  times = new Float64Array(0);
  fates = new Uint8Array(0);
  keys = new Int32Array(0);
  handles = new Int32Array(0);
  /** Numbers of the rows in the order of their positions, from `putInOrder` on. */
  order = new Int32Array(0);
  /** Whether some came with the watermark at their very time. */
  hasYoung = false;
  private readonly merged = new MergedOrder();
  private pieces: Piece[] = [];
  private readonly isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean;

  constructor(isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean) {
    this.isLate = isLate;
  }

  begin(): void {
    this.count = 0;
    this.taken = 0;
    this.mostKey = 0;
    this.hasYoung = false;
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
  add(side: 0 | 1, batch: Batch, clock: Curve, kept: StoredSides): void {
    const count = rowCount(batch);
    const from = this.count;
    const { keyColumns } = kept.sides[side];
    this.reserve(from + count);
    this.pieces.push({ side, batch, from });
    this.side.fill(side, from, from + count);
    const turnedAway = this.judge(batch, clock, from) + this.seekKeys(batch, keyColumns, from);
    if (turnedAway === 0) this.storeAll({ side, batch, from }, kept);
    else if (turnedAway < count) this.storeTaken({ side, batch, from }, count - turnedAway, kept);
    this.count += count;
    this.taken += count - turnedAway;
  }

  /** Puts all rows in order. Those that are not taken are visited, and then left out of it. */
  putInOrder(round: Round, turnAway: (arrival: number) => void): void {
    const { merged, count, fates } = this;
    merged.merge(this, count, round);
    this.order = merged.order;
    if (this.taken === count) return;
    const { order } = this;
    for (let place = 0, next = 0; place < count; place++) {
      const arrival = order[place]!;
      if (fates[arrival]! > TAKEN_AT_WATERMARK) turnAway(arrival);
      else order[next++] = arrival;
    }
  }

  /** Whether one row stands before another. */
  isBefore(a: number, b: number): boolean {
    if (this.seq[a] !== this.seq[b]) return this.seq[a]! < this.seq[b]!;
    if (this.phase[a] !== this.phase[b]) return this.phase[a]! < this.phase[b]!;
    return a < b;
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
  }

  /** Says what becomes of the rows by their time. Returns how many are not taken. */
  private judge(batch: Batch, clock: Curve, from: number): number {
    const { seq, times, fates, isLate } = this;
    const { selection, ts } = batch;
    const count = rowCount(batch);
    let turnedAway = 0;
    let young = 0;
    for (let i = 0; i < count; i++) {
      const row = selection === null ? i : selection[i]!;
      const at = batch.seq[row]!;
      const timeMs = ts[row]!;
      const watermark = watermarkBefore(clock, at);
      seq[from + i] = at;
      times[from + i] = timeMs;
      let fate = timeMs === watermark ? TAKEN_AT_WATERMARK : TAKEN;
      if (timeMs !== timeMs) fate = WITHOUT_TIME;
      else if (isLate(timeMs, watermark)) fate = LATE;
      fates[from + i] = fate;
      turnedAway += +(fate > TAKEN_AT_WATERMARK);
      young |= +(fate === TAKEN_AT_WATERMARK);
    }
    this.hasYoung ||= young !== 0;
    if (batch.phase === null) this.phase.fill(0, from, from + count);
    else for (let i = 0; i < count; i++) this.phase[from + i] = phaseAt(batch, rowAt(batch, i)) === 0 ? 0 : 1;
    return turnedAway;
  }

  /** Finds the rows with NULL in their key. Returns how many of those that would have been taken. */
  private seekKeys(batch: Batch, columns: readonly number[], from: number): number {
    const count = rowCount(batch);
    let turnedAway = 0;
    for (const column of columns) {
      const { nulls } = batch.columns[column]!;
      if (nulls === null) continue;
      for (let i = 0; i < count; i++) {
        if (this.fates[from + i]! > TAKEN_AT_WATERMARK || !isNull(nulls, rowAt(batch, i))) continue;
        this.fates[from + i] = WITHOUT_KEY;
        turnedAway++;
      }
    }
    return turnedAway;
  }

  /** Numbers the keys of all rows of a batch, and stores the rows. */
  private storeAll({ side, batch, from }: Piece, kept: StoredSides): void {
    const count = rowCount(batch);
    const keyColumns = kept.sides[side].keyColumns.map((column) => batch.columns[column]!);
    const ids = this.keys.subarray(from, from + count);
    kept.keys.idsOf(keyColumns, batch.selection, count, ids);
    this.noteKeys(ids);
    kept.stores[side].putRows(batch.columns, batch.selection, this.handles.subarray(from, from + count));
  }

  private noteKeys(ids: Int32Array): void {
    let most = this.mostKey;
    for (let i = 0; i < ids.length; i++) most = Math.max(most, ids[i]!);
    this.mostKey = most;
  }

  /** The same of those rows alone that are taken. */
  private storeTaken({ side, batch, from }: Piece, taken: number, kept: StoredSides): void {
    const { fates } = this;
    const count = rowCount(batch);
    const rows = new Int32Array(taken);
    const ids = new Int32Array(taken);
    const handles = new Int32Array(taken);
    for (let i = 0, next = 0; i < count; i++)
      if (fates[from + i]! <= TAKEN_AT_WATERMARK) rows[next++] = rowAt(batch, i);
    const keyColumns = kept.sides[side].keyColumns.map((column) => batch.columns[column]!);
    kept.keys.idsOf(keyColumns, rows, taken, ids);
    this.noteKeys(ids);
    kept.stores[side].putRows(batch.columns, rows, handles);
    for (let i = 0, next = 0; i < count; i++) {
      if (fates[from + i]! > TAKEN_AT_WATERMARK) continue;
      this.keys[from + i] = ids[next]!;
      this.handles[from + i] = handles[next++]!;
    }
  }
}
