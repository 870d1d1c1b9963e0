import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowByRow } from '../shared/stateless.ts';
import { partOf, passing } from '../shared/table-rows.ts';
import { TableRows } from '../shared/table-rows-state.ts';
import type { FilterBound } from './definition.ts';

export function filterKernel(request: KernelRequest<FilterBound>): Kernel {
  return request.bound.tableKey === null ? new FilterKernel(request.bound) : new TableFilterKernel(request);
}

/** Selects rows without copying them. */
class FilterKernel extends RowByRow {
  private readonly bound: FilterBound;

  constructor(bound: FilterBound) {
    super();
    this.bound = bound;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const errors = rowErrors();
      const selection = this.bound.predicate.select(batch, errors, out.buffers);
      out.fates.used += selection.length;
      rejectFailed(batch, inputs[0]!.type, errors, out);
      out.fates.filtered += rowCount(batch) - selection.length - errors.count;
      this.handOn('out', batch, selection, out);
    }
    return clock;
  }
}

/** Keeps the rows of a keyed changelog, so that those that no longer pass are taken out. */
class TableFilterKernel implements Kernel {
  private readonly request: KernelRequest<FilterBound>;
  private readonly table: TableRows;

  constructor(request: KernelRequest<FilterBound>) {
    this.request = request;
    this.table = new TableRows(request.inputs[0]!, request.bound.tableKey!, request.dialect.tables.changes);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) this.take(batch, out);
    return clock;
  }

  private take(batch: Batch, out: KernelOutput): void {
    const { bound, dialect } = this.request;
    const { changes, count } = this.table.take(batch, (rows, errors) => bound.predicate.evaluate(rows, errors), out);
    if (changes === null) return;
    const part = partOf(changes, passing(bound.predicate, changes), 1, dialect.tables.changes);
    out.fates.used += part.told;
    out.fates.filtered += count - part.told;
    emitInChunks(out, 'out', part.batch);
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
