import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { NullKeyRule } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { joinedFields } from '../shared/joins/bind-join.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { withoutDeletions, withoutFailed } from '../shared/table-rows.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { LookupJoinBound } from './definition.ts';
import { NO_TABLE_ROW, TableIndex } from './table-index-state.ts';

export function lookupJoinKernel(request: KernelRequest<LookupJoinBound>): Kernel {
  return new LookupJoinKernel(request);
}

/** Flink: `LookupJoinRunner`; Kafka: `KStreamGlobalKTableJoin`. Keeps nothing but the rows of a keyed input. */
class LookupJoinKernel implements Kernel {
  private readonly bound: LookupJoinBound;
  private readonly type: StreamType;
  private readonly nullKeys: NullKeyRule;
  private readonly index: TableIndex;
  private readonly input: UpsertTable | null;
  private readonly candidates: ResultBuilder;
  private readonly results: ResultBuilder;
  private readonly outcomes: RowOutcomes;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<LookupJoinBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.nullKeys = dialect.joins.lookup.nullKeys;
    this.index = new TableIndex(bound.table, bound.match);
    this.input = bound.tableKey === null ? null : new UpsertTable(this.type.schema, bound.tableKey, 'own');
    this.candidates = new ResultBuilder({ fields: joinedFields(this.type.schema, { fields: bound.table.fields }) });
    this.results = new ResultBuilder(outputs.out!.schema);
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      if (this.input === null) this.takeRows(batch, clock, out);
      else this.takeChanges(batch, this.input, out);
      emitInChunks(out, 'out', this.results.take(null));
    }
    return clock;
  }

  private takeRows(batch: Batch, clock: Curve, out: KernelOutput): void {
    const errors = rowErrors();
    const found = this.find(batch, errors);
    rejectFailed(batch, this.type, errors, out);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (errors.has(row)) this.outcomes.failed(row);
      else if (this.isDropped(batch, row)) {
        this.outcomes.reject(row, 'null-key', watermarkBefore(clock, batch.seq[row]!), out);
      } else if (this.emit(batch, row, found[i]!)) out.fates.used++;
      else out.fates.unmatched++;
    }
    this.outcomes.finish(out);
  }

  /** A row for which the condition fails is rejected before it takes another's place. */
  private takeChanges(batch: Batch, input: UpsertTable, out: KernelOutput): void {
    const errors = rowErrors();
    this.find(withoutDeletions(batch), errors);
    const changes = input.spelledOut(withoutFailed(batch, errors), (row) => errors.fail(row, NOTHING_TO_DELETE));
    this.rejectAll(batch, errors, out);
    if (changes === null) return;
    const found = this.find(changes, rowErrors());
    for (let row = 0; row < changes.length; row++) {
      const hasResults = this.emit(changes, row, found[row]!);
      // What it replaces comes before a row and is no row of its own.
      if (kindAt(changes, row) === UPDATE_BEFORE) continue;
      if (hasResults) out.fates.used++;
      else out.fates.unmatched++;
    }
  }

  private rejectAll(batch: Batch, errors: RowErrors, out: KernelOutput): void {
    if (errors.count === 0) return;
    rejectFailed(batch, this.type, errors, out);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) if (errors.has(rowAt(batch, i))) this.outcomes.failed(rowAt(batch, i));
    this.outcomes.finish(out);
  }

  private isDropped(batch: Batch, row: number): boolean {
    if (this.nullKeys === 'unmatched' || !this.index.hasNullKey(batch, row)) return false;
    return this.nullKeys === 'drop' || this.bound.kind === 'inner';
  }

  /** The table's rows for each row that a reader sees, those left out for which the condition does not hold. */
  private find(batch: Batch, errors: RowErrors): readonly (readonly number[])[] {
    const count = rowCount(batch);
    const found = Array.from({ length: count }, (_, i) => this.index.find(batch, rowAt(batch, i)));
    const { residual } = this.bound.match;
    if (residual === null) return found;
    const owners: number[] = [];
    found.forEach((rows, i) => {
      for (const row of rows) {
        this.append(this.candidates, batch, rowAt(batch, i), row);
        this.candidates.place(owners.push(i), 0, 0);
      }
    });
    const candidates = this.candidates.take(null);
    if (candidates === null) return found;
    const failures = rowErrors();
    const holds = new Set(residual.select(candidates, failures));
    owners.forEach((owner, candidate) => {
      const row = rowAt(batch, owner);
      if (failures.has(candidate) && !errors.has(row)) errors.fail(row, failures.message(candidate));
    });
    let candidate = 0;
    return found.map((rows) => rows.filter(() => holds.has(candidate++)));
  }

  /** Whether anything was given. */
  private emit(batch: Batch, row: number, found: readonly number[]): boolean {
    const rows = found.length > 0 ? found : this.bound.kind === 'left' ? PADDED : found;
    for (const other of rows) {
      this.append(this.results, batch, row, other);
      this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, batch.ts[row]!, kindAt(batch, row));
    }
    return rows.length > 0;
  }

  private append(builder: ResultBuilder, batch: Batch, row: number, tableRow: number): void {
    const width = batch.columns.length;
    for (let i = 0; i < width; i++) builder.columns[i]!.appendFrom(batch.columns[i]!, row);
    this.index.appendTo(builder.columns, width, tableRow);
  }

  mostOutputs(_rows: number): number {
    return Math.max(1, this.index.mostInKey) * (this.input === null ? 1 : 2);
  }

  look(most: number): StateLook {
    return lookAtKinds(this.input?.look('rows of the input', most) ?? null);
  }

  stateSize(): StateSize {
    return { rows: this.input?.size ?? 0, bytes: this.input?.bytes ?? 0 };
  }

  snapshot(writer: StateWriter): void {
    this.input?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.input?.restore(reader);
  }
}

const PADDED: readonly number[] = [NO_TABLE_ROW];
