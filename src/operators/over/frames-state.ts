import type { Batch } from '../../stream/batch.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { readValue, writeValue } from '../shared/aggregates/stored-value.ts';
import { ContentsBuilder, stateLook, take } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import type { OverBound } from './bind-over.ts';

/** A kept row and its time: event time, or the processing time at which it came. */
export interface FrameRow {
  readonly handle: number;
  readonly timeMs: number;
}

/** What is kept of a key. */
export interface FrameKey {
  readonly id: number;
  /** What its frame comes to. */
  readonly cell: number;
  /** Rows that came out and that a later frame will be without; oldest first. */
  readonly frame: FrameRow[];
  /** Of each lag, values of the last rows that came out, oldest first: one more than it reaches back. */
  readonly earlier: readonly Value[][];
  /** The time that came out last. */
  firedMs: EventTimeMs;
  /** Times at which something is to be cleaned up, ascending; only the last one still does so. */
  readonly cleanups: number[];
  /** When the key forgets all by the processing clock; NaN where nothing is set. */
  expiresAtMs: ProcessingTimeMs;
  readonly waitingAt: Map<number, WaitingRows>;
}

/** Rows of one key and time that wait to come out together, in order of arrival. */
export interface WaitingRows {
  readonly key: FrameKey;
  readonly timeMs: number;
  readonly rows: { readonly handle: number; readonly eventMs: EventTimeMs }[];
}

/** Bytes of a key, of a row beside its columns, and of an earlier value. */
const KEY_BYTES = 160;
const ROW_BYTES = 32;
const VALUE_BYTES = 16;

/** The keys of an over node with their frames. Waiting rows are kept elsewhere; they hold their key here. */
export class Frames {
  readonly rows: RowStore;
  readonly cells: AggregateCells;
  private readonly bound: OverBound;
  private readonly keys: KeyTable;
  private readonly byId = new Map<number, FrameKey>();

  constructor(schema: Schema, bound: OverBound) {
    this.bound = bound;
    this.rows = new RowStore(schema);
    this.cells = new AggregateCells(bound.aggregates);
    this.keys = new KeyTable(bound.key.fields);
  }

  /** The key of a row; a new one where there is none. */
  keyOf(batch: Batch, row: number): FrameKey {
    const id = this.idOf(batch, row);
    return this.byId.get(id) ?? this.newKey(id);
  }

  /** The key of a row, if it is kept. */
  find(batch: Batch, row: number): FrameKey | undefined {
    const id = this.idOf(batch, row);
    this.keys.hold(id);
    this.keys.release(id);
    return this.byId.get(id);
  }

  private idOf(batch: Batch, row: number): number {
    return this.keys.idOf(
      this.bound.key.columns.map((index) => batch.columns[index]!),
      row,
    );
  }

  private newKey(id: number): FrameKey {
    this.keys.hold(id);
    const key: FrameKey = {
      id,
      cell: this.cells.take(),
      frame: [],
      earlier: this.bound.lags.map(() => []),
      // RowTimeRowsBoundedPrecedingFunction, RowTimeRangeBoundedPrecedingFunction: no time counts as 0
      firedMs: 0,
      cleanups: [],
      expiresAtMs: Number.NaN,
      waitingAt: new Map(),
    };
    this.byId.set(id, key);
    return key;
  }

  /** Forgets a key that no row waits for, all but its cell, which the caller releases. */
  forget(key: FrameKey): void {
    for (const { handle } of key.frame) this.rows.release(handle);
    this.byId.delete(key.id);
    this.keys.release(key.id);
  }

  /** What each key comes to now, and how many rows its frame and its future hold. */
  look(most: number): StateLook {
    const { fields } = this.keys;
    const results = this.bound.aggregates.map(({ field }) => field);
    const counts = ['rows in the frame', 'rows that wait'].map(
      (name) => ({ name, type: { kind: 'INT' }, nullable: false }) as const,
    );
    const head = { what: 'keys', order: 'that came first', keys: fields.length };
    const contents = new ContentsBuilder({ ...head, fields: [...fields, ...results, ...counts] });
    for (const key of take(this.byId.values(), most)) {
      const at = fields.length + results.length;
      this.keys.appendTo(contents.columns, key.id);
      this.cells.appendTo(contents.columns, fields.length, key.cell);
      contents.append(at, key.frame.length);
      contents.append(at + 1, waitingOf(key));
      const { expiresAtMs } = key;
      contents.add(null, Number.isNaN(expiresAtMs) ? null : { timeMs: expiresAtMs, does: 'goes', isByClock: true });
    }
    let waiting = 0;
    for (const key of this.byId.values()) waiting += waitingOf(key);
    const parts = [
      { what: 'rows in frames', count: this.rows.rows - waiting },
      { what: 'rows that wait', count: waiting },
    ];
    return stateLook(parts, contents.finish(this.byId.size));
  }

  get bytes(): number {
    const values = this.bound.lags.reduce((sum, { offset }) => sum + offset + 1, 0);
    const { rows, cells, byId, keys } = this;
    return (
      rows.bytes + rows.rows * ROW_BYTES + cells.bytes + byId.size * (KEY_BYTES + values * VALUE_BYTES) + keys.textBytes
    );
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.byId.size);
    for (const key of this.byId.values()) {
      this.keys.write(writer, key.id);
      this.cells.write(writer, key.cell);
      writer.f64(key.firedMs);
      writer.f64(key.expiresAtMs);
      writer.u32(key.cleanups.length);
      for (const timeMs of key.cleanups) writer.f64(timeMs);
      writer.u32(key.frame.length);
      for (const { handle, timeMs } of key.frame) {
        this.rows.write(writer, handle);
        writer.f64(timeMs);
      }
      for (const values of key.earlier) {
        writer.u32(values.length);
        for (const value of values) writeValue(writer, value);
      }
    }
  }

  /** All keys, in the order in which a snapshot has them. */
  get all(): Iterable<FrameKey> {
    return this.byId.values();
  }

  /** Gives the keys in the order in which the snapshot has them. */
  restore(reader: StateReader): readonly FrameKey[] {
    const count = reader.u32();
    return Array.from({ length: count }, () => {
      const key = this.newKey(this.keys.read(reader));
      this.cells.read(reader, key.cell);
      key.firedMs = reader.f64();
      key.expiresAtMs = reader.f64();
      const cleanups = reader.u32();
      for (let i = 0; i < cleanups; i++) key.cleanups.push(reader.f64());
      const rows = reader.u32();
      for (let i = 0; i < rows; i++) {
        const handle = this.rows.read(reader);
        key.frame.push({ handle, timeMs: reader.f64() });
      }
      for (const values of key.earlier) {
        const length = reader.u32();
        for (let i = 0; i < length; i++) values.push(readValue(reader));
      }
      return key;
    });
  }
}

function waitingOf({ waitingAt }: FrameKey): number {
  let waiting = 0;
  for (const { rows } of waitingAt.values()) waiting += rows.length;
  return waiting;
}
