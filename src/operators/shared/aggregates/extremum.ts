import { assert } from '../../../stream/assert.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { compareNumbers } from '../../../stream/compare.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Scalar } from '../state/scalar-table.ts';
import { readScalar, scalarAt, writeScalar } from '../state/scalar-table.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { grownBytes, grownFloats } from './grow.ts';
import { compareValues } from './stored-value.ts';

/** MIN (sign -1) or MAX (sign 1) of numbers and times; NaN is above all. */
export class NumberExtremum implements Accumulator {
  readonly bytesPerCell = 9;
  readonly textBytes = 0;
  private best = new Float64Array(0);
  private seen = new Uint8Array(0);
  private readonly sign: -1 | 1;

  constructor(sign: -1 | 1) {
    this.sign = sign;
  }

  grow(capacity: number): void {
    this.best = grownFloats(this.best, capacity) as Float64Array<ArrayBuffer>;
    this.seen = grownBytes(this.seen, capacity) as Uint8Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.best[cell] = 0;
    this.seen[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && (column.kind === 'float' || column.kind === 'int'), 'a column of numbers');
    const { best, seen, sign } = this;
    const { values, nulls } = column;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (nulls !== null && isNull(nulls, row)) continue;
      const cell = cells[i]!;
      const value = values[row]!;
      const known = best[cell]!;
      // Most values are neither the first nor the best so far.
      if (seen[cell] === 1 && (sign > 0 ? value <= known : value >= known)) continue;
      if (seen[cell] === 0 || compareNumbers(value, known) * sign > 0) best[cell] = value;
      seen[cell] = 1;
    }
  }

  resetCells(cells: Int32Array, count: number): void {
    const { best, seen } = this;
    for (let i = 0; i < count; i++) {
      best[cells[i]!] = 0;
      seen[cells[i]!] = 0;
    }
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) this.merge(into[i]!, from[i]!);
  }

  appendCells(builder: ColumnBuilder, cells: Int32Array, count: number): void {
    const { best, seen } = this;
    let areAllSeen = true;
    for (let i = 0; i < count; i++) if (seen[cells[i]!] === 0) areAllSeen = false;
    const room = areAllSeen ? builder.appendRoom(count) : null;
    if (room === null) for (let i = 0; i < count; i++) this.appendTo(builder, cells[i]!);
    else for (let i = 0; i < count; i++) room[i] = best[cells[i]!]!;
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    const seen = new Uint8Array(count);
    for (let i = 0; i < count; i++) seen[i] = this.seen[cells[i]!]!;
    writer.u8s(seen);
    writer.floatsAt(this.best, cells, count);
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    const seen = new Uint8Array(count);
    reader.u8s(seen);
    for (let i = 0; i < count; i++) this.seen[cells[i]!] = seen[i]!;
    reader.floatsTo(this.best, cells, count);
  }

  retract(): void {
    assert(false, 'a changelog keeps every value of an extremum');
  }

  merge(into: number, from: number): void {
    if (this.seen[from] === 0) return;
    const value = this.best[from]!;
    if (this.seen[into] === 0 || compareNumbers(value, this.best[into]!) * this.sign > 0) this.best[into] = value;
    this.seen[into] = 1;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    if (this.seen[cell] === 0) builder.appendNull();
    else builder.append(this.best[cell]!);
  }

  write(writer: StateWriter, cell: number): void {
    writer.u8(this.seen[cell]!);
    writer.f64(this.best[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.seen[cell] = reader.u8();
    this.best[cell] = reader.f64();
  }
}

/** MIN or MAX of STRING (by code point), BOOLEAN, BIGINT and DECIMAL. */
export class ScalarExtremum implements Accumulator {
  readonly bytesPerCell = 16;
  textBytes = 0;
  private readonly best: Scalar[] = [];
  private readonly sign: -1 | 1;

  constructor(sign: -1 | 1) {
    this.sign = sign;
  }

  grow(): void {
    // A plain array grows as it is written.
  }

  reset(cell: number): void {
    this.put(cell, null);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null, 'an extremum has an argument');
    for (let i = from; i < to; i++) this.offer(cells[i]!, scalarAt(column, rows[i]!));
  }

  private put(cell: number, value: Scalar): void {
    const old = this.best[cell];
    if (typeof old === 'string') this.textBytes -= old.length * 2;
    if (typeof value === 'string') this.textBytes += value.length * 2;
    this.best[cell] = value;
  }

  retract(): void {
    assert(false, 'a changelog keeps every value of an extremum');
  }

  merge(into: number, from: number): void {
    this.offer(into, this.best[from] ?? null);
  }

  private offer(cell: number, value: Scalar): void {
    if (value === null) return;
    const best = this.best[cell] ?? null;
    if (best === null || compareValues(value, best) * this.sign > 0) this.put(cell, value);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.best[cell] ?? null);
  }

  write(writer: StateWriter, cell: number): void {
    writeScalar(writer, this.best[cell] ?? null);
  }

  read(reader: StateReader, cell: number): void {
    this.put(cell, readScalar(reader));
  }
}
