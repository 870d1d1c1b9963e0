import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import { DELETE } from '../../stream/row-kind.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput, KernelRequest } from '../operator.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import type { TemporalJoinBound } from './definition.ts';
import type { TableRow, Version } from './versions.ts';

/** A left row on its way through the join. */
export interface LeftRow {
  readonly handle: number;
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: EventTimeMs;
  readonly kind: RowKind;
  /** Whether it came by itself; else it spells out what the next one replaces, and has no fate. */
  readonly isOwn: boolean;
}

/** Where a result stands. */
export interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/** What the temporal joins share: the rows of both sides, their keys, and what leaves the join. */
export class TemporalRows {
  readonly bound: TemporalJoinBound;
  readonly leftType: StreamType;
  readonly left: RowStore;
  readonly right: RowStore;
  readonly keys: KeyTable;
  readonly refused: RefusedRows;
  readonly late: LateRows;
  private readonly joined: JoinedRows;
  private readonly results: ResultBuilder;
  /** For telling of a row whose batch is gone. */
  private readonly told: ResultBuilder;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<TemporalJoinBound>) {
    const [left, right] = [inputs[0]!, inputs[1]!];
    this.bound = bound;
    this.leftType = left;
    this.left = new RowStore(left.schema);
    this.right = new RowStore(right.schema);
    this.keys = new KeyTable(bound.match.leftKey.fields);
    this.refused = new RefusedRows(inputs, outputs, connected);
    this.late = new LateRows(inputs, outputs, connected);
    this.joined = new JoinedRows(bound.match, { left: left.schema, right: right.schema }, [this.left, this.right]);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.told = new ResultBuilder(left.schema);
  }

  keyColumns(side: 0 | 1, batch: Batch): readonly Column[] {
    const { leftKey, rightKey } = this.bound.match;
    return (side === 0 ? leftKey : rightKey).columns.map((column) => batch.columns[column]!);
  }

  lacksKey(side: 0 | 1, batch: Batch, row: number): boolean {
    return this.keyColumns(side, batch).some((column) => isNull(column.nulls, row));
  }

  keep(batch: Batch, row: number, isOwn: boolean): LeftRow {
    return {
      handle: this.left.put(batch.columns, row),
      seq: batch.seq[row]!,
      phase: phaseAt(batch, row) === 0 ? 0 : 1,
      timeMs: batch.ts[row]!,
      kind: kindAt(batch, row),
      isOwn,
    };
  }

  /** Whether the condition holds for a left row and a row of the table; or what it fails with. */
  condition(left: LeftRow, right: TableRow): boolean | string {
    const matches = this.joined.matches([[left.handle, right.handle]]);
    return matches.ok ? matches.matched[0] === true : matches.message;
  }

  /** Like `condition` for a row that has waited: one that fails does not match, and is told of where it fails. */
  conditionLater(left: LeftRow, right: TableRow, { seq, phase }: Place, out: KernelOutput): boolean {
    const holds = this.condition(left, right);
    if (typeof holds === 'boolean') return holds;
    this.left.appendTo(this.told.columns, 0, left.handle);
    this.told.place(seq, phase, left.timeMs, left.kind);
    out.rejected({ batch: this.told.take(null)!, row: 0, type: this.leftType, message: holds });
    return false;
  }

  /** Gives the left row with its row of the table; without one with NULL, or nothing. Returns whether it gave anything. */
  give(left: LeftRow, right: TableRow | null, { seq, phase }: Place, out: KernelOutput): boolean {
    if (right === null && this.bound.kind === 'inner') return false;
    if (right !== null) right.isUsed = true;
    this.joined.appendTo(this.results.columns, left.handle, right?.handle ?? NO_ROW);
    this.results.place(seq, phase, left.timeMs, left.kind);
    if (this.results.length === CHUNK_ROWS) this.flushResults(out);
    return true;
  }

  /** A row that is kept no more: `held` goes down by one. */
  leave(isUsed: boolean, out: KernelOutput): void {
    out.fates.held--;
    this.end(isUsed, out);
  }

  end(isUsed: boolean, out: KernelOutput): void {
    if (isUsed) out.fates.used++;
    else out.fates.unmatched++;
  }

  /** A row of the table that is kept no more. */
  drop(row: TableRow, out: KernelOutput): void {
    this.leave(row.isUsed, out);
    this.right.release(row.handle);
  }

  /** A row that arrived as a version of the table. */
  version(batch: Batch, row: number): Version {
    const handle = this.right.put(batch.columns, row);
    return { handle, isUsed: false, timeMs: batch.ts[row]!, isGone: kindAt(batch, row) === DELETE };
  }

  writeLeft(writer: StateWriter, { handle, seq, phase, timeMs, kind, isOwn }: LeftRow): void {
    this.left.write(writer, handle);
    writer.f64(seq);
    writer.u8(phase);
    writer.f64(timeMs);
    writer.u8(kind);
    writer.u8(isOwn ? 1 : 0);
  }

  readLeft(reader: StateReader): LeftRow {
    const handle = this.left.read(reader);
    const seq = reader.f64();
    const phase = reader.u8() === 0 ? 0 : 1;
    return { handle, seq, phase, timeMs: reader.f64(), kind: reader.u8() as RowKind, isOwn: reader.u8() === 1 };
  }

  writeVersion(writer: StateWriter, { handle, isUsed, timeMs, isGone }: Version): void {
    this.right.write(writer, handle);
    writer.u8(isUsed ? 1 : 0);
    writer.f64(timeMs);
    writer.u8(isGone ? 1 : 0);
  }

  readVersion(reader: StateReader): Version {
    const handle = this.right.read(reader);
    return { handle, isUsed: reader.u8() === 1, timeMs: reader.f64(), isGone: reader.u8() === 1 };
  }

  private flushResults(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  flush(out: KernelOutput): void {
    this.flushResults(out);
    this.late.flush(out);
    this.refused.flush(out);
  }
}
