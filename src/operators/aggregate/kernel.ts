import { rowErrors } from '../../expression/frame.ts';
import type { RowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { ResultComparison } from '../shared/aggregates/result-comparison.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { AggregateBound } from './definition.ts';
import { Groups } from './groups-state.ts';
import { lookAtGroups } from './look-at-groups.ts';

const NOTHING_TO_TAKE_BACK = 'There is no row of this group to take back.';

export function aggregateKernel(request: KernelRequest<AggregateBound>): Kernel {
  return new AggregateKernel(request);
}

/** What the rows of one batch are read by. */
interface View {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly errors: RowErrors;
  readonly round: Round;
  readonly arrivals: Arrivals;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

/**
 * Running aggregates: each row changes its group, and each change comes out. Flink: `GroupAggFunction`; Kafka:
 * `KStreamAggregate`, `KTableAggregate`.
 */
class AggregateKernel implements Kernel {
  private readonly bound: AggregateBound;
  private readonly dialect: Dialect;
  private readonly type: StreamType;
  private readonly keys: KeyTable;
  private readonly cells: AggregateCells;
  private readonly groups: Groups;
  private readonly table: UpsertTable | null;
  private readonly results: ResultBuilder;
  private readonly comparison: ResultComparison;
  private readonly outcomes: RowOutcomes;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<AggregateBound>) {
    this.bound = bound;
    this.dialect = dialect;
    this.type = inputs[0]!;
    this.keys = new KeyTable(bound.key.fields);
    this.cells = new AggregateCells(bound.aggregates);
    this.groups = new Groups(this.keys, this.cells);
    this.table = bound.tableKey === null ? null : new UpsertTable(this.type.schema, bound.tableKey);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.comparison = new ResultComparison(bound.aggregates);
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const { ttlMs } = this.bound;
    for (const batch of inputs[0]!.batches) {
      const refused = new Set<number>();
      const changes = this.table === null ? batch : this.table.spelledOut(batch, (row) => refused.add(row));
      this.outcomes.begin(batch);
      const arrivals = new Arrivals(batch, refused, (row) => this.reject(batch, row, NOTHING_TO_DELETE, out));
      if (changes !== null) this.takeBatch({ batch: changes, round, arrivals, clock, out });
      arrivals.finish();
      this.outcomes.finish(out);
    }
    this.flush(out);
    if (ttlMs > 0) this.forget(round.at[round.length - 1]!, out);
    return clock;
  }

  private takeBatch({ batch, round, arrivals, clock, out }: Omit<View, 'keyColumns' | 'errors'>): void {
    const errors = rowErrors();
    this.cells.begin(batch, errors);
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    const view: View = { batch, keyColumns, errors, round, arrivals, clock, out };
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const next = i + 1 < count ? rowAt(batch, i + 1) : -1;
      if (!this.isUsable(view, row)) continue;
      const key = this.keys.idOf(keyColumns, row);
      this.keys.hold(key);
      const isPair = next >= 0 && this.isOneChange(view, row, next, key);
      if (isPair) this.comes(view, next);
      this.change(view, key, isPair ? [row, next] : [row]);
      this.keys.release(key);
      if (isPair) i++;
    }
  }

  /** Forgets the groups whose time has come: their rows were in results, and nothing tells of it. */
  private forget(nowMs: ProcessingTimeMs, out: KernelOutput): void {
    const rows = this.groups.forgetWritten(nowMs - this.bound.ttlMs);
    if (this.table !== null) return;
    out.fates.held -= rows;
    out.fates.used += rows;
  }

  /** Tells first of what came before the row and was refused. */
  private comes({ batch, round, arrivals, out }: View, row: number): void {
    if (this.isOwn(batch, row)) arrivals.next();
    if (this.bound.ttlMs > 0) this.forget(round.at[batch.seq[row]! - round.firstSeq]!, out);
  }

  private isUsable(view: View, row: number): boolean {
    const { batch, keyColumns, errors, arrivals, clock, out } = view;
    this.comes(view, row);
    const isOwn = this.isOwn(batch, row);
    if (errors.has(row)) {
      if (isOwn) this.reject(arrivals.batch, arrivals.row, errors.message(row), out);
      return false;
    }
    if (this.dialect.windows.nullKeys === 'group' || !keyColumns.some((column) => isNull(column.nulls, row)))
      return true;
    if (isOwn) this.outcomes.reject(arrivals.row, 'null-key', watermarkBefore(clock, batch.seq[row]!), out);
    return false;
  }

  /** Whether a row came by itself; else it spells out what the next one replaces, and was counted when it came. */
  private isOwn(batch: Batch, row: number): boolean {
    return this.table === null || kindAt(batch, row) !== UPDATE_BEFORE;
  }

  private reject(batch: Batch, row: number, message: string, out: KernelOutput): void {
    out.fates.rejected++;
    out.rejected({ batch, row, type: this.type, message });
    this.outcomes.failed(row);
  }

  /** Whether a row and the next are one change inside one group, which the dialect takes at once. */
  private isOneChange({ batch, keyColumns, errors }: View, row: number, next: number, key: number): boolean {
    if (!this.dialect.tables.changesGroupsAtOnce || errors.has(next)) return false;
    if (kindAt(batch, row) !== UPDATE_BEFORE || kindAt(batch, next) !== UPDATE_AFTER) return false;
    if (keyColumns.some((column) => isNull(column.nulls, next))) return false;
    const other = this.keys.idOf(keyColumns, next);
    this.keys.hold(other);
    this.keys.release(other);
    return other === key;
  }

  /** Takes rows of one group, which give one result. */
  private change(view: View, key: number, rows: readonly number[]): void {
    const { batch, round } = view;
    const { groups, cells } = this;
    const isNew = groups.find(key) < 0;
    const first = rows[0]!;
    if (isNew && rows.every((row) => isTakenBack(batch, row))) {
      // GroupAggFunction: nothing to take back from; KTableAggregate: no aggregate, no result
      const { arrivals, out } = view;
      if (rows.some((row) => this.isOwn(batch, row))) {
        this.reject(arrivals.batch, arrivals.row, NOTHING_TO_TAKE_BACK, out);
      }
      return;
    }
    const group = isNew ? groups.add(key) : groups.find(key);
    const before = this.copyOf(group, isNew);
    for (const row of rows) this.apply(view, group, row);
    if (this.bound.ttlMs > 0) groups.write(group, round.at[batch.seq[first]! - round.firstSeq]!);
    const at = {
      seq: batch.seq[first]!,
      phase: phaseAt(batch, first) === 0 ? 0 : 1,
      timeMs: groups.timeOf(group),
    } as const;
    this.emit(group, before, at);
    if (before !== null) cells.release(before);
    if (groups.rowsOf(group) === 0 && !this.dialect.tables.keepsEmptyGroups) this.groups.remove(group);
  }

  private copyOf(group: number, isNew: boolean): number | null {
    const { changes, skipsUnchanged } = this.dialect.tables;
    if (isNew || (changes === 'upsert' && !skipsUnchanged)) return null;
    const copy = this.cells.take();
    this.cells.merge(copy, this.groups.cellOf(group));
    return copy;
  }

  private apply({ batch, out }: View, group: number, row: number): void {
    const { groups, cells } = this;
    const back = isTakenBack(batch, row);
    if (back) cells.retract(groups.cellOf(group), row);
    else cells.add(groups.cellOf(group), row);
    groups.count(group, back ? -1 : 1, this.dialect.tables.resultTime === 'row' ? null : batch.ts[row]!);
    if (this.dialect.tables.resultTime === 'row') groups.setTime(group, batch.ts[row]!);
    if (this.table !== null) {
      if (this.isOwn(batch, row)) out.fates.used++;
    } else if (back) {
      out.fates.held--;
      out.fates.used += 2;
    } else out.fates.held++;
  }

  private emit(group: number, before: number | null, at: ResultPlace): void {
    const { tables } = this.dialect;
    const { groups } = this;
    const isEmpty = groups.rowsOf(group) === 0 && !tables.keepsEmptyGroups;
    const cell = groups.cellOf(group);
    const wasShown = groups.isShown(group);
    if (isEmpty) {
      if (wasShown && before !== null) this.add(group, before, DELETE, at);
      return;
    }
    // GroupAggFunction: with a time to live an unchanged result comes out too, so that state behind it lives on
    const skips = tables.skipsUnchanged && this.bound.ttlMs === 0;
    if (wasShown && before !== null && skips && this.comparison.areEqual(this.cells, before, cell)) return;
    if (wasShown && before !== null && tables.changes === 'retract') this.add(group, before, UPDATE_BEFORE, at);
    this.add(group, cell, wasShown ? UPDATE_AFTER : INSERT, at);
    groups.show(group);
  }

  private add(group: number, cell: number, kind: RowKind, { seq, phase, timeMs }: ResultPlace): void {
    const { columns } = this.results;
    this.keys.appendTo(columns, group);
    this.cells.appendTo(columns, this.bound.key.fields.length, cell);
    this.results.place(seq, phase, timeMs, kind);
  }

  private flush(out: KernelOutput): void {
    emitInChunks(out, 'out', this.results.take(null));
  }

  mostOutputs(_rows: number): number {
    return 4;
  }

  look(most: number): StateLook {
    const groups = lookAtGroups(this.bound, { keys: this.keys, cells: this.cells, groups: this.groups }, most);
    return lookAtKinds(groups, this.table?.look('rows of the input', most) ?? null);
  }

  stateSize(): StateSize {
    const { groups, table } = this;
    return { rows: groups.size + (table?.size ?? 0), bytes: groups.bytes + (table?.bytes ?? 0) };
  }

  snapshot(writer: StateWriter): void {
    this.groups.snapshot(writer);
    this.table?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.groups.restore(reader);
    this.table?.restore(reader);
  }
}

interface ResultPlace {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: number;
}

/** The rows of a batch as they came, so that those that a table refused are told of in their turn. */
class Arrivals {
  readonly batch: Batch;
  /** The row that came last. */
  row = -1;
  private readonly refused: ReadonlySet<number>;
  private readonly refuse: (row: number) => void;
  private place = 0;

  constructor(batch: Batch, refused: ReadonlySet<number>, refuse: (row: number) => void) {
    this.batch = batch;
    this.refused = refused;
    this.refuse = refuse;
  }

  /** The next row comes that was not refused. */
  next(): void {
    this.finish();
    this.row = rowAt(this.batch, this.place++);
  }

  /** Tells of those that were refused before it. */
  finish(): void {
    if (this.refused.size === 0) return;
    const count = rowCount(this.batch);
    for (; this.place < count && this.refused.has(rowAt(this.batch, this.place)); this.place++) {
      this.refuse(rowAt(this.batch, this.place));
    }
  }
}

function isTakenBack(batch: Batch, row: number): boolean {
  const kind = kindAt(batch, row);
  return kind === UPDATE_BEFORE || kind === DELETE;
}
