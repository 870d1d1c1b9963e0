import type { Batch } from '../../stream/batch.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { CompareSortKeys, SortKey } from '../shared/ranking/sort-key.ts';
import { comparing, placeBefore, readSortKey, sortKeyAt, writeSortKey } from '../shared/ranking/sort-key.ts';
import { KeptKeys } from '../shared/ranking/kept-keys-state.ts';
import { ContentsBuilder, take } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { rowIdentity } from '../shared/state/row-identity.ts';
import { RowStore } from '../shared/state/row-store.ts';
import type { TopNBound } from './bind-top-n.ts';

/** A row that is kept for its rank. */
export interface RankedRow {
  readonly handle: number;
  readonly sortKey: SortKey;
  /** By what the row is found again: all of its columns, or the key of the input; empty where rows stay as they are. */
  readonly identity: string;
  /** Whether it was given out at least once. */
  shown: boolean;
}

/** The rows of one key, best first. */
export interface RankedKey {
  writtenAtMs: ProcessingTimeMs;
  /** The last rank that is given out. */
  readonly to: number;
  readonly rows: RankedRow[];
  /** By identity, where that is the key of the input. */
  readonly byIdentity: Map<string, RankedRow>;
}

/** Bytes of a row beside its columns and its identity, and of a key. */
const ROW_BYTES = 72;
const KEY_BYTES = 96;

/** All that a running top-N keeps. */
export class RankedKeys {
  readonly rows: RowStore;
  readonly compare: CompareSortKeys;
  readonly keys: KeyTable;
  readonly kept: KeptKeys<RankedKey>;
  /** The longest list so far. */
  mostInKey = 0;
  private readonly bound: TopNBound;
  private identityBytes = 0;

  constructor(schema: Schema, bound: TopNBound) {
    this.bound = bound;
    this.rows = new RowStore(schema);
    this.compare = comparing(bound.order);
    this.keys = new KeyTable(bound.key.fields);
    this.kept = new KeptKeys(bound.ttlMs);
  }

  /** Copies a row of a batch. */
  rowOf(batch: Batch, row: number): RankedRow {
    const identity = this.identityOf(batch, row);
    this.identityBytes += identity.length * 2;
    const sortKey = sortKeyAt(this.bound.order, batch, row);
    return { handle: this.rows.put(batch.columns, row), sortKey, identity, shown: false };
  }

  identityOf(batch: Batch, row: number): string {
    const { process, rowKey } = this.bound;
    if (process === 'retract') return rowIdentity(batch, row);
    if (process !== 'update-fast' || rowKey === null) return '';
    return rowIdentity({ ...batch, columns: rowKey.columns.map((index) => batch.columns[index]!) }, row);
  }

  /** Where a row of the list stands; -1 where none has the identity among those with the sort key. */
  find({ rows }: RankedKey, sortKey: SortKey, identity: string): number {
    for (let i = placeBefore(rows, sortKey, this.compare); i < rows.length; i++) {
      if (this.compare(rows[i]!.sortKey, sortKey) !== 0) return -1;
      if (rows[i]!.identity === identity) return i;
    }
    return -1;
  }

  insert(key: RankedKey, place: number, row: RankedRow): void {
    key.rows.splice(place, 0, row);
    if (this.bound.process === 'update-fast') key.byIdentity.set(row.identity, row);
    this.mostInKey = Math.max(this.mostInKey, key.rows.length);
  }

  /** Takes the row out of the list and forgets it. */
  remove(key: RankedKey, place: number): RankedRow {
    const [row] = key.rows.splice(place, 1);
    key.byIdentity.delete(row!.identity);
    this.release(row!);
    return row!;
  }

  release(row: RankedRow): void {
    this.identityBytes -= row.identity.length * 2;
    this.rows.release(row.handle);
  }

  /** By key, the best rows first; those behind the last rank that is given out are kept as well. */
  look(most: number): StateKind {
    const what = 'rows, by key and rank';
    const fields = [...this.rows.fields, { name: 'rank', type: { kind: 'INT' }, nullable: false } as const];
    const order = `of the keys ${this.kept.order}`;
    const contents = new ContentsBuilder({ what, order, fields });
    for (const { key, place } of take(this.ranked(), most)) {
      this.rows.appendTo(contents.columns, 0, key.rows[place]!.handle);
      contents.append(fields.length - 1, place + 1);
      contents.add(null, this.kept.untilOf(key));
    }
    const count = this.rows.rows;
    return { part: { what, count }, contents: contents.finish(count) };
  }

  private *ranked(): Generator<{ readonly key: RankedKey; readonly place: number }> {
    for (const [, key] of this.kept) for (let place = 0; place < key.rows.length; place++) yield { key, place };
  }

  get bytes(): number {
    const { rows, kept, keys } = this;
    return rows.bytes + rows.rows * ROW_BYTES + this.identityBytes + kept.size * KEY_BYTES + keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.kept.size);
    for (const [number, key] of this.kept) {
      this.keys.write(writer, number);
      writer.f64(key.writtenAtMs);
      writer.f64(key.to);
      writer.u32(key.rows.length);
      for (const row of key.rows) {
        this.rows.write(writer, row.handle);
        writeSortKey(writer, row.sortKey);
        writer.text(row.identity);
        writer.u8(row.shown ? 1 : 0);
      }
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let k = 0; k < count; k++) {
      const number = this.keys.read(reader);
      this.keys.hold(number);
      const key: RankedKey = { writtenAtMs: reader.f64(), to: reader.f64(), rows: [], byIdentity: new Map() };
      const rows = reader.u32();
      for (let r = 0; r < rows; r++) this.insert(key, r, this.readRow(reader));
      this.kept.restored(number, key);
    }
  }

  private readRow(reader: StateReader): RankedRow {
    const handle = this.rows.read(reader);
    const sortKey = readSortKey(reader, this.bound.order.length);
    const identity = reader.text();
    this.identityBytes += identity.length * 2;
    return { handle, sortKey, identity, shown: reader.u8() === 1 };
  }
}
