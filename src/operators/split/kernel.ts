import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Buffers } from '../../stream/buffers.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowByRow } from '../shared/stateless.ts';
import { partOf, passing } from '../shared/table-rows.ts';
import { TableRows } from '../shared/table-rows-state.ts';
import type { SplitBound } from './definition.ts';

export function splitKernel(request: KernelRequest<SplitBound>): Kernel {
  return request.bound.tableKey === null ? new SplitKernel(request.bound) : new TableSplitKernel(request);
}

/** Selects rows for both ways without copying them. */
class SplitKernel extends RowByRow {
  private readonly bound: SplitBound;

  constructor(bound: SplitBound) {
    super();
    this.bound = bound;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const errors = rowErrors();
      const matching = this.bound.predicate.select(batch, errors, out.buffers);
      rejectFailed(batch, inputs[0]!.type, errors, out);
      const others = othersThan(matching, batch, errors, out.buffers);
      out.fates.used += matching.length + others.length;
      this.handOn('out', batch, matching, out);
      this.handOn('rejected', batch, others, out);
    }
    return clock;
  }
}

/** The rows of the batch that neither are among `matching` nor failed. */
function othersThan(matching: Int32Array, batch: Batch, errors: RowErrors, buffers: Buffers): Int32Array {
  const count = rowCount(batch);
  const rows = buffers.ints(count - matching.length);
  let found = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (matching[next] === row) next++;
    else rows[found++] = row;
  }
  return errors.count === 0 ? rows : rows.filter((row) => !errors.has(row));
}

/** Keeps the rows of a keyed changelog, so that those that change sides are taken out of the one they leave. */
class TableSplitKernel implements Kernel {
  private readonly request: KernelRequest<SplitBound>;
  private readonly table: TableRows;

  constructor(request: KernelRequest<SplitBound>) {
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
    const sides = passing(bound.predicate, changes);
    out.fates.used += count;
    emitInChunks(out, 'out', partOf(changes, sides, 1, dialect.tables.changes).batch);
    emitInChunks(out, 'rejected', partOf(changes, sides, 0, dialect.tables.changes).batch);
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
