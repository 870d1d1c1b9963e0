import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { ListColumn } from '../../stream/column.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Curve } from '../../stream/curve.ts';
import { UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Schema } from '../../stream/types.ts';
import { INT } from '../../stream/types.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { elementsAt, lengthOf, repeated, repeatedFrame } from '../shared/repeated-rows.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { TableRows } from '../shared/table-rows-state.ts';
import type { FlatMapBound } from './definition.ts';

export function flatMapKernel(request: KernelRequest<FlatMapBound>): Kernel {
  return new FlatMapKernel(request);
}

/** A row of the input and the place of an element, from 0, for each row of the output. */
interface Rows {
  readonly rows: number[];
  readonly places: number[];
}

/** Repeats rows, element by element. Of a keyed changelog it keeps the rows, so that those that are replaced go back too. */
class FlatMapKernel implements Kernel {
  private readonly bound: FlatMapBound;
  private readonly schema: Schema;
  private readonly table: TableRows | null;
  /** Most rows that one row has become. */
  private most = 1;

  constructor({ bound, inputs, dialect }: KernelRequest<FlatMapBound>) {
    this.bound = bound;
    this.schema = inputs[0]!.schema;
    this.table = bound.tableKey === null ? null : new TableRows(inputs[0]!, bound.tableKey, dialect.tables.changes);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      if (this.table === null) this.takeRows(batch, inputs[0]!, out);
      else this.takeChanges(batch, this.table, out);
    }
    return clock;
  }

  private takeRows(batch: Batch, { type }: KernelInput, out: KernelOutput): void {
    const errors = rowErrors();
    const arrays = this.arraysOf(batch, errors);
    rejectFailed(batch, type, errors, out);
    const { used, filtered } = this.explode(batch, arrays, errors, out);
    out.fates.used += used;
    out.fates.filtered += filtered;
  }

  private takeChanges(batch: Batch, table: TableRows, out: KernelOutput): void {
    const { changes, count } = table.take(batch, (rows, errors) => this.arraysOf(rows, errors), out);
    if (changes === null) return;
    const errors = rowErrors();
    const { used } = this.explode(changes, this.arraysOf(changes, errors), errors, out);
    out.fates.used += used;
    out.fates.filtered += count - used;
  }

  private arraysOf(batch: Batch, errors: RowErrors): readonly ListColumn[] {
    return this.bound.arrays.map((array) => array.evaluate(batch, errors) as ListColumn);
  }

  /** Emits the elements. A row and the one that it replaces, which stands before it, count as one. */
  private explode(
    batch: Batch,
    arrays: readonly ListColumn[],
    errors: RowErrors,
    out: KernelOutput,
  ): { readonly used: number; readonly filtered: number } {
    const pending: Rows = { rows: [], places: [] };
    let used = 0;
    let filtered = 0;
    let isTold = false;
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (errors.has(row)) continue;
      const length = Math.max(lengthOf(arrays, row), this.bound.keepEmpty ? 1 : 0);
      this.most = Math.max(this.most, length);
      for (let place = 0; place < length; place++) {
        pending.rows.push(row);
        pending.places.push(place);
        if (pending.rows.length === CHUNK_ROWS) this.emit(batch, arrays, pending, out);
      }
      isTold ||= length > 0;
      if (this.table !== null && kindAt(batch, row) === UPDATE_BEFORE) continue;
      if (isTold) used++;
      else filtered++;
      isTold = false;
    }
    if (pending.rows.length > 0) this.emit(batch, arrays, pending, out);
    return { used, filtered };
  }

  private emit(batch: Batch, arrays: readonly ListColumn[], { rows, places }: Rows, out: KernelOutput): void {
    const { kept, arrays: expressions, hasOrdinality } = this.bound;
    const columns = kept.map((index) => repeated(batch.columns[index]!, this.schema.fields[index]!.type, rows));
    arrays.forEach((array, i) => {
      const { type } = expressions[i]!;
      if (type.kind === 'ARRAY') columns.push(elementsAt(array, type.element, rows, places));
    });
    if (hasOrdinality) {
      const builder = columnBuilder(INT);
      rows.forEach((row, i) => {
        if (lengthOf(arrays, row) === 0) builder.appendNull();
        else builder.append(places[i]! + 1);
      });
      columns.push(builder.finish());
    }
    out.emit('out', { ...repeatedFrame(batch, rows), columns });
    rows.length = 0;
    places.length = 0;
  }

  mostOutputs(_rows: number): number {
    return this.most * (this.table === null ? 1 : 2);
  }

  look(most: number): StateLook {
    return this.table?.look(most) ?? lookAtKinds();
  }

  stateSize(): StateSize {
    return this.table?.stateSize() ?? { rows: 0, bytes: 0 };
  }

  snapshot(writer: StateWriter): void {
    this.table?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.table?.restore(reader);
  }
}
