import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import { TIMESTAMP } from '../../stream/types.ts';
import { rowErrors } from '../../expression/frame.ts';
import { BadRows } from '../fields/bad-rows.ts';
import type { ColumnReader } from '../fields/column-reader.ts';
import type { FieldBlock } from '../fields/field-block.ts';
import { gatherColumn, gatherNumbers } from '../fields/gather.ts';
import { columnReader } from '../fields/make-column-reader.ts';
import type { ReadNotes } from '../fields/read-notes.ts';
import type { TimeFormat } from '../event-time.ts';
import { partitionsOf } from '../partitions.ts';
import type { RejectList } from '../rejects.ts';
import type { AsciiDecoder } from '../text/ascii-reader.ts';
import type { SourceChunk } from '../source-reader.ts';
import { decodeLoose } from '../text/utf8-reader.ts';
import type { BoundFile } from './bind-file.ts';
import type { ChangeImages } from './change-records.ts';
import { ChangeRecords } from './change-records.ts';
import type { FieldPlan } from './field-plan.ts';

/** Row numbers within the file, for whoever has to name lines afterwards. */
export interface LinedChunk extends SourceChunk {
  readonly lines: Float64Array;
  /** How many records the rows were made of: fewer where a record tells of a row before and after. */
  readonly records: number;
}

/** What is told beside the rows. */
export interface Telling {
  readonly rejects: RejectList;
  readonly notes: ReadNotes;
  /** A record that only marks a key as gone for those who compact a topic. */
  readonly tombstone: () => void;
  /** The platform's way to make texts, where there is one. */
  readonly asciiDecoder: AsciiDecoder | null;
}

/**
 * Makes rows of the fields that a scanner found: columns of the bound types, event time, arrival. A record with a value
 * that cannot be read, or without a usable event time or arrival, is rejected.
 *
 * With arrival in file order, `at` is the running maximum of the event times so far, leaving out those that are further
 * ahead of it than the watermark's early tolerance; 0 for rows without event time.
 */
export class RowAssembler {
  private readonly bound: BoundFile;
  private readonly readers: readonly ColumnReader[];
  private readonly timeReader: ColumnReader | null;
  private readonly arrivalReader: ColumnReader | null;
  /** Field of the block that each bound column is read from. */
  private readonly fields: readonly number[];
  private readonly telling: Telling;
  private readonly changes: ChangeRecords | null;
  private atMs = -Infinity;

  constructor(bound: BoundFile, plan: FieldPlan, telling: Telling) {
    const { notes, asciiDecoder } = telling;
    this.bound = bound;
    this.fields = plan.columns;
    this.telling = telling;
    this.changes = bound.ops.by === 'none' ? null : new ChangeRecords(bound, plan, notes);
    const { decimalComma } = bound;
    this.readers = bound.columns.map(({ field, time, nulls }) =>
      columnReader({ name: field.name, type: field.type, time, nulls, decimalComma, asciiDecoder }, notes),
    );
    const timeColumn = (column: number, time: TimeFormat): ColumnReader => {
      const { field, nulls } = defined(bound.columns[column], 'column');
      return columnReader({ name: field.name, type: TIMESTAMP, time, nulls, decimalComma }, notes);
    };
    const { time, arrival } = bound;
    // A column that is read as this very time need not be read twice.
    this.timeReader =
      time === null || this.isSameTime(time.column, time.format) ? null : timeColumn(time.column, time.format);
    this.arrivalReader =
      arrival.by !== 'column' || this.isSameTime(arrival.column, arrival.time)
        ? null
        : timeColumn(arrival.column, arrival.time);
  }

  private isSameTime(column: number, format: TimeFormat): boolean {
    const own = this.bound.columns[column]?.time;
    return own?.unit === format.unit && own.zone === format.zone;
  }

  assemble(block: FieldBlock): LinedChunk {
    const bad = new BadRows();
    const read = this.readers.map((reader, i) => reader.read(block, this.fields[i] ?? 0, bad));
    const images = this.changes?.read(block, read, bad) ?? null;
    const columns = images?.current ?? read;
    const rows = block.records;
    const time = this.eventTime(block, columns, bad);
    const arrival = this.arrival(block, columns, { time, bad });
    let chunk: LinedChunk = {
      length: rows,
      records: rows,
      columns,
      ts: time ?? new Float64Array(rows).fill(Number.NaN),
      at: arrival ?? new Float64Array(rows),
      kinds: null,
      partition: null,
      lines: block.lines.slice(0, rows),
    };
    if (bad.count > 0 || images !== null) chunk = this.rowsOf(block, chunk, { bad, images });
    if (arrival === null) this.runningMaximum(chunk);
    const { timeIsArrival, partitionColumn, partitions, rowColumns } = this.bound;
    if (partitionColumn >= 0) {
      const column = defined(chunk.columns[partitionColumn], 'partition column');
      chunk = { ...chunk, partition: partitionsOf(column, chunk.length, partitions) };
    }
    if (rowColumns.length < chunk.columns.length) {
      chunk = { ...chunk, columns: rowColumns.map((i) => defined(chunk.columns[i], 'column')) };
    }
    return timeIsArrival ? { ...chunk, ts: chunk.at } : chunk;
  }

  private eventTime(block: FieldBlock, columns: readonly Column[], bad: BadRows): Float64Array | null {
    const { time } = this.bound;
    if (time === null) return null;
    const column =
      this.timeReader === null
        ? defined(columns[time.column], 'time column')
        : this.timeReader.read(block, this.fields[time.column] ?? 0, bad);
    return this.usable(column, block, { bad, column: time.column, what: 'no event time' });
  }

  private arrival(
    block: FieldBlock,
    columns: readonly Column[],
    so: { readonly time: Float64Array | null; readonly bad: BadRows },
  ): Float64Array | null {
    const { arrival } = this.bound;
    if (arrival.by === 'file-order') return null;
    if (arrival.by === 'column') {
      const column =
        this.arrivalReader === null
          ? defined(columns[arrival.column], 'arrival column')
          : this.arrivalReader.read(block, this.fields[arrival.column] ?? 0, so.bad);
      return this.usable(column, block, { bad: so.bad, column: arrival.column, what: 'no arrival' });
    }
    const timeColumn = this.bound.time?.column ?? -1;
    const batch: Batch = {
      length: block.records,
      selection: null,
      columns: columns.map((column, i) =>
        i === timeColumn && so.time !== null ? { kind: 'float', values: so.time, nulls: null } : column,
      ),
      seq: new Float64Array(block.records),
      phase: null,
      ts: so.time ?? new Float64Array(block.records),
      kinds: null,
      origin: null,
    };
    const errors = rowErrors();
    const column = arrival.expression.evaluate(batch, errors);
    for (let row = 0; row < block.records; row++) {
      if (errors.has(row)) so.bad.mark(row, null, `the arrival fails: ${errors.message(row)}`);
    }
    return this.usable(column, block, { bad: so.bad, column: -1, what: 'no arrival' });
  }

  /** Times of a column as numbers; rows where it is NULL, not finite or too large are bad. */
  private usable(
    column: Column,
    block: FieldBlock,
    so: { readonly bad: BadRows; readonly column: number; readonly what: string },
  ): Float64Array {
    const rows = block.records;
    const values =
      column.kind === 'float'
        ? column.values
        : column.kind === 'int' || column.kind === 'long'
          ? Float64Array.from(column.values, Number)
          : new Float64Array(rows).fill(Number.NaN);
    const name = this.bound.columns[so.column]?.field.name ?? null;
    for (let row = 0; row < rows; row++) {
      const value = values[row] ?? Number.NaN;
      if (column.nulls !== null && isNull(column.nulls, row)) so.bad.mark(row, name, so.what);
      else if (!(value > -TIME_BOUND && value < TIME_BOUND)) so.bad.mark(row, name, `${so.what} below 2^53 ms`);
    }
    return values;
  }

  /** The rows of all records but the bad ones, which are rejected, and those that only mark a deletion. */
  private rowsOf(
    block: FieldBlock,
    chunk: LinedChunk,
    so: { readonly bad: BadRows; readonly images: ChangeImages | null },
  ): LinedChunk {
    const { bad, images } = so;
    const isTombstone = (row: number): boolean => images?.tombstones.has(row) === true;
    for (const [row, { column, reason }] of bad.entries()) {
      if (isTombstone(row)) continue;
      const start = block.recordStarts[row] ?? 0;
      this.telling.rejects.add({ line: block.lines[row] ?? 0, column, reason }, start, () =>
        decodeLoose(block.bytes, start, block.recordEnds[row] ?? 0),
      );
    }
    images?.tombstones.forEach(this.telling.tombstone);
    const good = Int32Array.from({ length: chunk.length }, (_, row) => row).filter(
      (row) => !bad.has(row) && !isTombstone(row),
    );
    const made =
      images === null || this.changes === null
        ? { records: good, kinds: null, columns: chunk.columns.map((column, i) => this.gathered(column, i, good)) }
        : this.changes.rowsOf(images, good);
    return {
      ...chunk,
      length: made.records.length,
      records: good.length,
      kinds: made.kinds,
      columns: made.columns,
      ts: gatherNumbers(chunk.ts, made.records),
      at: gatherNumbers(chunk.at, made.records),
      lines: gatherNumbers(chunk.lines, made.records),
    };
  }

  private gathered(column: Column, index: number, rows: Int32Array): Column {
    return gatherColumn(column, defined(this.bound.columns[index], 'column').field.type, rows);
  }

  private runningMaximum(chunk: LinedChunk): void {
    const { ts, at } = chunk;
    const { maxAheadMs } = this.bound.watermark;
    if (this.bound.time === null) this.atMs = 0;
    let atMs = this.atMs;
    for (let row = 0; row < chunk.length; row++) {
      const value = ts[row] ?? Number.NaN;
      const isEarly = maxAheadMs > 0 && atMs > -Infinity && value - atMs > maxAheadMs;
      if (value > atMs && !isEarly) atMs = value;
      at[row] = atMs;
    }
    this.atMs = atMs;
  }
}

const TIME_BOUND = 2 ** 53;
