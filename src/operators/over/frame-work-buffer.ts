import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { valueAt } from '../shared/aggregates/stored-value.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import type { OverBound } from './bind-over.ts';
import type { FrameKey, Frames } from './frames-state.ts';

/** Where a result comes out. */
export interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly eventMs: EventTimeMs;
}

const ADD = 0;
const RETRACT = 1;
const SHOW = 2;
const RELEASE = 3;

interface Step {
  readonly does: number;
  readonly key: FrameKey;
  /** A row of the work's own batch. */
  readonly row: number;
  readonly place: Place | null;
}

/**
 * What is to be done to the aggregates of the keys, one thing after the other, gathered so that arguments are computed for
 * many rows at once. Rows are copied when they are handed in.
 */
export class FrameWork {
  private readonly bound: OverBound;
  private readonly frames: Frames;
  private readonly width: number;
  private readonly copies: ResultBuilder;
  private readonly results: ResultBuilder;
  private readonly steps: Step[] = [];
  /** How many rows were counted in so far: their order, for aggregates that go by it. */
  rowsSoFar = 0;

  constructor(bound: OverBound, frames: Frames, { input, output }: Readonly<Record<'input' | 'output', StreamType>>) {
    this.bound = bound;
    this.frames = frames;
    this.width = input.schema.fields.length;
    this.copies = new ResultBuilder(input.schema);
    this.results = new ResultBuilder(output.schema);
  }

  get size(): number {
    return this.steps.length;
  }

  /** Copies a kept row; the number is for `add` and the others. */
  keptRow(handle: number): number {
    this.frames.rows.appendTo(this.copies.columns, 0, handle);
    return this.placed();
  }

  /** Copies a row of a batch. */
  rowOf(batch: Batch, row: number): number {
    batch.columns.forEach((column, i) => this.copies.columns[i]!.appendFrom(column, row));
    return this.placed();
  }

  private placed(): number {
    this.copies.place(this.rowsSoFar++, 0, Number.NaN);
    return this.copies.length - 1;
  }

  /** Counts a row in. */
  add(key: FrameKey, row: number): void {
    this.steps.push({ does: ADD, key, row, place: null });
  }

  /** Takes a row out of the frame. */
  retract(key: FrameKey, row: number): void {
    this.steps.push({ does: RETRACT, key, row, place: null });
  }

  /** Gives out a row with what its key's frame comes to by then. */
  show(key: FrameKey, row: number, place: Place): void {
    this.steps.push({ does: SHOW, key, row, place });
  }

  /** The key is forgotten. */
  release(key: FrameKey): void {
    this.steps.push({ does: RELEASE, key, row: -1, place: null });
  }

  /** Does all that was gathered and hands on the results. */
  finish(out: KernelOutput): void {
    const batch = this.copies.take(null);
    if (batch !== null) this.frames.cells.begin(batch, rowErrors());
    const values = this.bound.lags.map(({ argument }) =>
      batch === null ? null : argument.evaluate(batch, rowErrors()),
    );
    for (const { does, key, row, place } of this.steps) {
      if (does === RELEASE) this.frames.cells.release(key.cell);
      else if (does === RETRACT) this.frames.cells.retract(key.cell, row);
      else if (does === ADD) {
        this.frames.cells.add(key.cell, row);
        this.bound.lags.forEach(({ offset }, i) => {
          const earlier = key.earlier[i]!;
          earlier.push(valueAt(values[i]!, row));
          if (earlier.length > offset + 1) earlier.shift();
        });
      } else this.emit(key, batch!, row, place!);
      if (this.results.length === CHUNK_ROWS) this.flush(out);
    }
    this.steps.length = 0;
    this.flush(out);
  }

  private emit(key: FrameKey, batch: Batch, row: number, { seq, phase, eventMs }: Place): void {
    const { columns } = this.results;
    batch.columns.forEach((column, i) => columns[i]!.appendFrom(column, row));
    this.frames.cells.appendTo(columns, this.width, key.cell);
    const at = this.width + this.bound.aggregates.length;
    this.bound.lags.forEach(({ offset, otherwise }, i) => {
      const earlier = key.earlier[i]!;
      // LagAggFunction.getValue
      if (earlier.length > offset) columns[at + i]!.append(earlier[0]!);
      else columns[at + i]!.appendFrom(otherwise, 0);
    });
    this.results.place(seq, phase, eventMs);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }
}
