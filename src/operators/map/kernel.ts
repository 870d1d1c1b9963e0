import { DeferredBatch } from '../../expression/deferred-batch.ts';
import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Buffers } from '../../stream/buffers.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { DELETE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { rejectFailed, rowsWithoutErrors } from '../shared/rejected-rows.ts';
import { RowByRow } from '../shared/stateless.ts';
import { TableRows } from '../shared/table-rows-state.ts';
import type { MapBound } from './definition.ts';

export function mapKernel(request: KernelRequest<MapBound>): Kernel {
  return request.bound.table?.becomes === 'loses-key' ? new UnkeyingMapKernel(request) : new MapKernel(request.bound);
}

/** The output's columns; those that are only passed on are not copied. */
function columnsOf({ columns }: MapBound, batch: Batch, errors: RowErrors): readonly Column[] {
  return columns.map((column) =>
    typeof column === 'number' ? batch.columns[column]! : column.evaluate(batch, errors),
  );
}

/** Computes columns row by row, each when it is read. */
class MapKernel extends RowByRow {
  private readonly bound: MapBound;

  constructor(bound: MapBound) {
    super();
    this.bound = bound;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const found = rowErrors();
      const mapped = this.mapped(batch, found, out.buffers);
      const errors = this.bound.table === null ? found : withoutThoseOfDeletions(found, batch);
      rejectFailed(batch, inputs[0]!.type, errors, out);
      const computed = mapped.narrowed(rowsWithoutErrors(batch, errors));
      const selection = this.rowsWithKeys(computed, batch, { input: inputs[0]!, clock, out });
      out.fates.used += selection === null ? batch.length : selection.length;
      this.handOn('out', computed, selection, out);
    }
    return clock;
  }

  /** What can fail is computed at once. */
  private mapped(batch: Batch, errors: RowErrors, buffers: Buffers): DeferredBatch {
    const columns = this.bound.columns.map((column) =>
      typeof column !== 'number' && column.canFail ? column.evaluate(batch, errors, buffers) : column,
    );
    return DeferredBatch.of(batch, buffers).mapped(columns);
  }

  /** The rows that do not lack a part of their new key where they must have one; the others are counted and told. */
  private rowsWithKeys(mapped: DeferredBatch, batch: Batch, { input, clock, out }: Told): Int32Array | null {
    const keys = this.bound.keyColumns.map((index) => mapped.column(index));
    if (keys.every((column) => column.nulls === null)) return mapped.selection;
    const rows: number[] = [];
    const count = rowCount(mapped);
    for (let i = 0; i < count; i++) {
      const row = rowAt(mapped, i);
      if (!keys.some((column) => isNull(column.nulls, row))) rows.push(row);
      else {
        out.fates.rejected++;
        const watermark = watermarkBefore(clock, batch.seq[row]!);
        out.dropped({ batch, row, type: input.type, reason: 'null-key', watermark, windows: [] });
      }
    }
    return rows.length === count ? mapped.selection : Int32Array.from(rows);
  }
}

interface Told {
  readonly input: KernelInput;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

/** A row that only deletes by its key says nothing else: what cannot be computed for it is NULL. */
function withoutThoseOfDeletions(errors: RowErrors, batch: Batch): RowErrors {
  if (errors.count === 0) return errors;
  const rest = rowErrors();
  for (let row = 0; row < batch.length; row++) {
    if (errors.has(row) && kindAt(batch, row) !== DELETE) rest.fail(row, errors.message(row));
  }
  return rest;
}

/** Computes columns of a keyed changelog whose key goes no further, so that rows that are replaced are spelled out. */
class UnkeyingMapKernel implements Kernel {
  private readonly bound: MapBound;
  private readonly table: TableRows;

  constructor({ bound, inputs, dialect }: KernelRequest<MapBound>) {
    this.bound = bound;
    this.table = new TableRows(inputs[0]!, bound.table!.key, dialect.tables.changes);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const check = (rows: Batch, errors: RowErrors): void => void columnsOf(this.bound, rows, errors);
      const { changes, count } = this.table.take(batch, check, out);
      out.fates.used += count;
      if (changes !== null) {
        emitInChunks(out, 'out', { ...changes, columns: columnsOf(this.bound, changes, rowErrors()) });
      }
    }
    return clock;
  }

  mostOutputs(_rows: number): number {
    return 2;
  }

  look(most: number): StateLook {
    return this.table.look(most);
  }

  stateSize(): StateSize {
    return this.table.stateSize();
  }

  snapshot(writer: StateWriter): void {
    this.table.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.table.restore(reader);
  }
}
