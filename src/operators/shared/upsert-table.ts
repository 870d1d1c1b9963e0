import type { Batch } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { BoundKey } from './key-columns.ts';
import { ResultBuilder, gatheredOrigin } from './result-builder.ts';
import { storedRows } from './state-contents.ts';
import type { StateKind } from './state-contents.ts';
import { KeyTable } from './state/key-table.ts';
import { RowStore } from './state/row-store.ts';

interface Kept {
  readonly handle: number;
  readonly timeMs: EventTimeMs;
}

/** Bytes of a kept row beside its columns and its key. */
const KEPT_BYTES = 48;

/**
 * The rows of a keyed changelog as they stand, so that each change can say what it replaces. Flink: `ChangelogNormalize`;
 * Kafka: the store of a source table (`KTableSource`).
 */
export class UpsertTable {
  private readonly key: BoundKey;
  private readonly keys: KeyTable;
  private readonly rows: RowStore;
  /** By key number, in order of the keys' first arrival. */
  private readonly kept = new Map<number, Kept>();
  private readonly changes: ResultBuilder;
  /** By row of `changes`, the physical row of the batch that brought it. */
  private readonly causes: number[] = [];
  private readonly timeOfReplaced: 'own' | 'of-change';

  /** `timeOfReplaced`: whether a row that is taken back comes with the event time that it had, or with that of the change. */
  constructor(schema: Schema, key: BoundKey, timeOfReplaced: 'own' | 'of-change' = 'of-change') {
    this.key = key;
    this.timeOfReplaced = timeOfReplaced;
    this.keys = new KeyTable(key.fields);
    this.rows = new RowStore(schema);
    this.changes = new ResultBuilder(schema);
  }

  /**
   * The batch with the rows that were replaced spelled out: +I for a new key, −U and +U for a known one, −D for a
   * deletion of a known one, each pair side by side and at the position of its cause. A deletion of an unknown key is
   * left out and told to `refuse` as a physical row of the batch. Null when nothing is left. All rows of a change come from
   * the window that the row came from that brought it.
   */
  spelledOut(batch: Batch, refuse?: (row: number) => void): Batch | null {
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) this.take(batch, rowAt(batch, i), refuse);
    const { origin } = batch;
    const changes = this.changes.take(origin === null ? null : gatheredOrigin(origin, this.causes));
    this.causes.length = 0;
    return changes;
  }

  private take(batch: Batch, row: number, refuse: ((row: number) => void) | undefined): void {
    const key = this.keys.idOf(
      this.key.columns.map((index) => batch.columns[index]!),
      row,
    );
    this.keys.hold(key);
    const before = this.kept.get(key);
    if (kindAt(batch, row) === DELETE) {
      if (before !== undefined) {
        this.add(batch, row, before, DELETE);
        this.rows.release(before.handle);
        this.kept.delete(key);
        this.keys.release(key);
      } else refuse?.(row);
      this.keys.release(key);
      return;
    }
    if (before !== undefined) {
      this.add(batch, row, before, UPDATE_BEFORE);
      this.rows.release(before.handle);
      this.keys.release(key);
    }
    const after = { handle: this.rows.put(batch.columns, row), timeMs: batch.ts[row]! };
    this.kept.set(key, after);
    this.add(batch, row, after, before === undefined ? INSERT : UPDATE_AFTER);
  }

  private add(batch: Batch, row: number, { handle, timeMs }: Kept, kind: RowKind): void {
    this.rows.appendTo(this.changes.columns, 0, handle);
    this.causes.push(row);
    const ts = this.timeOfReplaced === 'own' ? timeMs : batch.ts[row]!;
    this.changes.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, ts, kind);
  }

  /** The rows as they stand. */
  look(what: string, most: number): StateKind {
    return storedRows({ what, order: 'that came first', count: this.size }, this.rows, this.kept.values(), most);
  }

  get size(): number {
    return this.kept.size;
  }

  get bytes(): number {
    return this.kept.size * KEPT_BYTES + this.rows.bytes + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.kept.size);
    for (const [key, { handle, timeMs }] of this.kept) {
      this.keys.write(writer, key);
      this.rows.write(writer, handle);
      writer.f64(timeMs);
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.keys.read(reader);
      this.keys.hold(key);
      this.kept.set(key, { handle: this.rows.read(reader), timeMs: reader.f64() });
    }
  }
}

/** Why a deletion is rejected that finds nothing to delete. */
export const NOTHING_TO_DELETE = 'There is no row of this key to delete.';
