import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Round } from '../operator.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import { MergedOrder } from '../shared/merged-order.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { JoinRows } from './join-rows-state.ts';
import { AT_WATERMARK } from './join-rows-state.ts';
import type { QueueArrivals } from './key-queues-state.ts';

/** What is to become of a row that arrives. */
export const TAKEN = 0;
/** Taken at a watermark that is its own time: rows that are forgotten by then may still be in its queue. */
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
 * The rows that arrive in a round, numbered input by input, batch by batch, in columns: where each stands, what becomes of it,
 * and for those that are taken the item under which it is kept.
 */
export class Arrivals implements QueueArrivals {
  count = 0;
  /** How many of them are taken. */
  taken = 0;
  seq = new Float64Array(0);
  phase = new Uint8Array(0);
  fates = new Uint8Array(0);
  items = new Int32Array(0);
  /** Numbers of the rows in the order of their positions, from `putInOrder` on. */
  order = new Int32Array(0);
  /** Whether some came with the watermark at their very time. */
  hasYoung = false;
  /** Scratch: numbers of keys. */
  private keys = new Int32Array(0);
  private readonly merged = new MergedOrder();
  private pieces: Piece[] = [];
  private readonly isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean;

  constructor(isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean) {
    this.isLate = isLate;
  }

  begin(): void {
    this.count = 0;
    this.taken = 0;
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
  add(side: 0 | 1, batch: Batch, clock: Curve, kept: JoinRows): void {
    const count = rowCount(batch);
    const from = this.count;
    const { keyColumns } = kept.sides[side];
    this.reserve(from + count);
    this.pieces.push({ side, batch, from });
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
    this.fates = widened(this.fates, larger);
    this.items = widened(this.items, larger);
    this.keys = new Int32Array(larger);
  }

  /** Says where the rows stand, and what becomes of them by their time. Returns how many are not taken. */
  private judge(batch: Batch, clock: Curve, from: number): number {
    const { seq, phase } = this;
    const { selection } = batch;
    const count = rowCount(batch);
    if (selection === null) seq.set(batch.seq, from);
    else for (let i = 0; i < count; i++) seq[from + i] = batch.seq[selection[i]!]!;
    if (batch.phase === null) phase.fill(0, from, from + count);
    else for (let i = 0; i < count; i++) phase[from + i] = phaseAt(batch, rowAt(batch, i)) === 0 ? 0 : 1;
    if (!areAhead(batch, clock)) return this.judgeEach(batch, clock, from);
    this.fates.fill(TAKEN, from, from + count);
    return 0;
  }

  private judgeEach({ selection, ts }: Batch, clock: Curve, from: number): number {
    const { seq, fates, isLate } = this;
    const end = selection === null ? ts.length : selection.length;
    let turnedAway = 0;
    for (let i = 0; i < end; i++) {
      const timeMs = ts[selection === null ? i : selection[i]!]!;
      const watermark = watermarkBefore(clock, seq[from + i]!);
      let fate = timeMs === watermark ? TAKEN_AT_WATERMARK : TAKEN;
      if (timeMs !== timeMs) fate = WITHOUT_TIME;
      else if (isLate(timeMs, watermark)) fate = LATE;
      fates[from + i] = fate;
      turnedAway += +(fate > TAKEN_AT_WATERMARK);
      this.hasYoung ||= fate === TAKEN_AT_WATERMARK;
    }
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

  /** Keeps all rows of a batch. */
  private storeAll({ side, batch, from }: Piece, kept: JoinRows): void {
    const items = this.items.subarray(from, from + rowCount(batch));
    this.store(side, batch, { rows: batch.selection, items }, kept);
    this.markYoung(from, items, kept);
  }

  /** Keeps those rows alone that are taken. */
  private storeTaken({ side, batch, from }: Piece, taken: number, kept: JoinRows): void {
    const { fates, items } = this;
    const count = rowCount(batch);
    const rows = new Int32Array(taken);
    const itemsOfRows = new Int32Array(taken);
    for (let i = 0, next = 0; i < count; i++)
      if (fates[from + i]! <= TAKEN_AT_WATERMARK) rows[next++] = rowAt(batch, i);
    this.store(side, batch, { rows, items: itemsOfRows }, kept);
    for (let i = 0, next = 0; i < count; i++)
      if (fates[from + i]! <= TAKEN_AT_WATERMARK) items[from + i] = itemsOfRows[next++]!;
    this.markYoung(from, items.subarray(from, from + count), kept);
  }

  private store(
    side: 0 | 1,
    { columns, ts }: Batch,
    { rows, items }: { readonly rows: Int32Array | null; readonly items: Int32Array },
    kept: JoinRows,
  ): void {
    const keyColumns = kept.sides[side].keyColumns.map((column) => columns[column]!);
    kept.keys.idsOf(keyColumns, rows, items.length, this.keys);
    kept.put(side, { columns, times: ts, rows, keys: this.keys }, items);
  }

  private markYoung(from: number, items: Int32Array, kept: JoinRows): void {
    if (!this.hasYoung) return;
    for (let i = 0; i < items.length; i++)
      if (this.fates[from + i] === TAKEN_AT_WATERMARK) kept.marks[items[i]!] = AT_WATERMARK;
  }
}

/** Whether each row is later than the watermark at which it comes: none is late then, nor comes at its very time. */
function areAhead({ selection, ts, seq }: Batch, { firstSeq, before, watermarks }: Curve): boolean {
  const count = selection === null ? ts.length : selection.length;
  let ahead = 0;
  for (let i = 0; i < count; i++) {
    const row = selection === null ? i : selection[i]!;
    const entry = seq[row]! - firstSeq;
    ahead += +(ts[row]! > (entry === 0 ? before : watermarks[entry - 1]!));
  }
  return ahead === count;
}
