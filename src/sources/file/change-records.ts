import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, ROW_KIND_NAMES, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { DataType } from '../../stream/types.ts';
import { STRING } from '../../stream/types.ts';
import { BadRows } from '../fields/bad-rows.ts';
import type { ColumnReader } from '../fields/column-reader.ts';
import { columnReader } from '../fields/make-column-reader.ts';
import type { FieldBlock } from '../fields/field-block.ts';
import { ABSENT } from '../fields/field-block.ts';
import { gatherColumn } from '../fields/gather.ts';
import type { ReadNotes } from '../fields/read-notes.ts';
import type { BoundFile } from './bind-file.ts';
import type { FieldPlan } from './field-plan.ts';
import { opNamed } from './op-words.ts';

/** What the records of a block do. `kinds` and the images are indexed by record. */
export interface ChangeImages {
  readonly kinds: Uint8Array;
  /** The row that a record is about: as it is now, or as it was when it is gone. */
  readonly current: readonly Column[];
  /** The row as it was; null for columns of no image. */
  readonly before: readonly (Column | null)[];
  /** Records that only mark a key as gone for those who compact a topic. */
  readonly tombstones: ReadonlySet<number>;
}

/** Rows as records make them: `records` says from which record each comes. */
export interface ChangeRows {
  readonly records: Int32Array;
  readonly kinds: Uint8Array;
  readonly columns: readonly Column[];
}

type Bound = Pick<BoundFile, 'columns' | 'ops' | 'changes' | 'decimalComma'>;

/**
 * Reads what records say about their change: an operation in a column, or a Debezium envelope with the row before and after.
 *
 * A record whose operation cannot be carried out is bad, with the reason: an unknown one; a −U in a changelog by key; an
 * envelope without the image that it needs. Debezium: c and r are +I, u is +U (−U and +U where rows are taken back one by
 * one, as in Flink's `debezium-json`), d is −D; t (truncate) and m (message) concern no row.
 */
export class ChangeRecords {
  private readonly bound: Bound;
  private readonly plan: FieldPlan;
  private readonly op: ColumnReader;
  private readonly beforeReaders: readonly (ColumnReader | null)[];

  constructor(bound: Bound, plan: FieldPlan, notes: ReadNotes) {
    this.bound = bound;
    this.plan = plan;
    const { decimalComma } = bound;
    this.op = columnReader({ name: 'op', type: STRING, time: null, nulls: [], decimalComma }, notes);
    this.beforeReaders = bound.columns.map(({ field, time, nulls }, i) => {
      const isOfRow = typeof plan.before[i] === 'number';
      return isOfRow ? columnReader({ name: field.name, type: field.type, time, nulls, decimalComma }, notes) : null;
    });
  }

  /** `after` and what was bad about it were read already; `bad` takes up what is wrong with the rest. */
  read(block: FieldBlock, after: readonly Column[], bad: BadRows): ChangeImages {
    const wrongBefore = new BadRows();
    const before = this.beforeReaders.map(
      (reader, i) => reader?.read(block, this.plan.before[i] ?? 0, wrongBefore) ?? null,
    );
    const kinds = new Uint8Array(block.records);
    const tombstones = new Set<number>();
    const words = this.op.read(block, this.plan.op, bad);
    for (let row = 0; row < block.records; row++) {
      if (this.isTombstone(block, row)) {
        tombstones.add(row);
        continue;
      }
      const kind = this.kindOf(words, row, bad);
      if (kind === null) continue;
      kinds[row] = kind;
      if (this.bound.ops.by === 'debezium') this.checkImages(block, row, { kind, bad, wrongBefore });
    }
    return { kinds, current: this.current(after, before, kinds), before, tombstones };
  }

  private isTombstone(block: FieldBlock, row: number): boolean {
    const { envelope } = this.plan;
    return envelope >= 0 && block.kinds[row * block.width + envelope] === ABSENT;
  }

  private kindOf(words: Column, row: number, bad: BadRows): RowKind | null {
    const { ops, changes, columns } = this.bound;
    const name = ops.by === 'column' ? (columns[ops.column]?.field.name ?? null) : 'op';
    if (words.kind !== 'text' || isNull(words.nulls, row)) {
      bad.mark(row, name, 'no operation: nothing says what the record does');
      return null;
    }
    const word = words.dictionary[words.ids[row] ?? 0] ?? '';
    const kind = opNamed(word);
    const fault =
      kind === null
        ? unknownOp(word, ops.by === 'debezium')
        : changes === 'upsert' && kind === UPDATE_BEFORE
          ? 'a −U in a changelog by key: what a row replaces is known by its key'
          : null;
    if (fault !== null) bad.mark(row, name, fault);
    return fault === null ? kind : null;
  }

  private checkImages(
    block: FieldBlock,
    row: number,
    so: { readonly kind: RowKind; readonly bad: BadRows; readonly wrongBefore: BadRows },
  ): void {
    const { kind, bad, wrongBefore } = so;
    const isRetract = this.bound.changes === 'retract';
    const needsBefore = kind === DELETE || (kind === UPDATE_AFTER && isRetract);
    if (kind !== DELETE && !this.hasImage(block, row, this.plan.columns)) {
      bad.mark(row, 'after', `${ROW_KIND_NAMES[kind]} without “after”: there is no row to put`);
    } else if (needsBefore && !this.hasImage(block, row, this.plan.before))
      bad.mark(row, 'before', missingBefore(kind));
    else if (needsBefore) {
      const fault = wrongBefore.reasonOf(row);
      if (fault !== null) bad.mark(row, fault.column, fault.reason);
    }
  }

  /** Whether any column of the image has a value. */
  private hasImage(block: FieldBlock, row: number, fields: readonly (number | null)[]): boolean {
    return fields.some(
      (field, i) => field !== null && this.plan.before[i] !== null && block.kinds[row * block.width + field] !== ABSENT,
    );
  }

  private current(after: readonly Column[], before: readonly (Column | null)[], kinds: Uint8Array): readonly Column[] {
    if (this.bound.ops.by !== 'debezium' || !kinds.includes(DELETE)) return after;
    return after.map((column, i) => {
      const old = before[i] ?? null;
      if (old === null) return column;
      const builder = columnBuilder(this.typeOf(i));
      kinds.forEach((kind, row) => builder.appendFrom(kind === DELETE ? old : column, row));
      return builder.finish();
    });
  }

  /** The rows of the records that `records` lists, ascending; an update takes back the row before it where rows are taken back. */
  rowsOf({ kinds, current, before }: ChangeImages, records: Int32Array): ChangeRows {
    const isSpelledOut = this.bound.ops.by === 'debezium' && this.bound.changes === 'retract';
    const from: number[] = [];
    const does: RowKind[] = [];
    for (const record of records) {
      const kind = (kinds[record] ?? INSERT) as RowKind;
      if (isSpelledOut && kind === UPDATE_AFTER) {
        from.push(record);
        does.push(UPDATE_BEFORE);
      }
      from.push(record);
      does.push(kind);
    }
    const rows = Int32Array.from(from);
    const columns = current.map((column, i) => {
      const old = before[i] ?? null;
      if (!isSpelledOut || old === null) return gatherColumn(column, this.typeOf(i), rows);
      const builder = columnBuilder(this.typeOf(i));
      rows.forEach((record, row) => builder.appendFrom(does[row] === UPDATE_BEFORE ? old : column, record));
      return builder.finish();
    });
    return { records: rows, kinds: Uint8Array.from(does), columns };
  }

  private typeOf(column: number): DataType {
    return this.bound.columns[column]?.field.type ?? STRING;
  }
}

function unknownOp(word: string, isDebezium: boolean): string {
  if (isDebezium && word === 't') return 'truncate (t) empties a table: it says nothing of single rows';
  if (isDebezium && word === 'm') return 'a message (m) of the database, no row';
  return `the operation ${JSON.stringify(word.slice(0, 40))} is none that is known`;
}

function missingBefore(kind: RowKind): string {
  return kind === DELETE
    ? '−D without “before”: nothing says which row is gone'
    : '+U without “before”: nothing says which row it replaces; set REPLICA IDENTITY FULL on the table, or read it as upsert by key';
}
