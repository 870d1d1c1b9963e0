import type { Schema } from '../../stream/types.ts';
import type { StateReader } from '../../stream/state-codec.ts';
import { StateWriter } from '../../stream/state-codec.ts';
import { storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';

/** In place of a handle: no row. */
const NONE = -1;
/** Bytes of a kept row beside its columns and its key, and of a key that has rows. */
const ROW_BYTES = 12;
const KEY_BYTES = 20;

/**
 * The rows of a side from which none ever goes, by join key. The rows of a key are a list. They are met in the order in
 * which rows of their kind first came, equal rows one after the other: the rows that nobody has looked for yet stand at the
 * end of the list as they came, and are put in their places by whoever looks.
 */
export class GrowingSide {
  readonly store: RowStore;
  private readonly keys: KeyTable;
  /** By handle: event time, and the next row of the list. */
  private times = new Float64Array(0);
  private next = new Int32Array(0);
  /** By key number: the list, its length, and the last row that stands in its place. */
  private first = new Int32Array(0);
  private last = new Int32Array(0);
  private lengths = new Int32Array(0);
  private lastPlaced = new Int32Array(0);
  /** The keys that have rows, in order of their first one. */
  private keyOrder = new Int32Array(0);
  private keyCount = 0;
  /** By key number, for lists with rows in their places: the last row of each kind, by its bytes. */
  private readonly kinds = new Map<number, Map<string, number>>();
  private kindBytes = 0;
  private rowCount = 0;
  private longest = 0;

  /** Keys that have rows are held in `keys`, which both sides share. */
  constructor(schema: Schema, keys: KeyTable) {
    this.store = new RowStore(schema);
    this.keys = keys;
  }

  /** In order of the keys' first rows. */
  look(what: string, most: number): StateKind {
    return storedRows(
      { what, order: 'of the keys that came first', count: this.rowCount },
      this.store,
      this.all(),
      most,
    );
  }

  private *all(): Generator<{ readonly handle: number }> {
    for (let k = 0; k < this.keyCount; k++) {
      for (let handle = this.first[this.keyOrder[k]!]!; handle !== NONE; handle = this.next[handle]!) yield { handle };
    }
  }

  get rows(): number {
    return this.rowCount;
  }

  get bytes(): number {
    return this.store.bytes + this.rowCount * ROW_BYTES + this.keyCount * KEY_BYTES + this.kindBytes;
  }

  /** No key has more rows than this. */
  get mostRowsInKey(): number {
    return this.longest;
  }

  /** Makes room for every key and handle that there is: before rows are added or looked for. */
  reserve(): void {
    const keyBound = this.keys.bound;
    if (this.first.length < keyBound) {
      const capacity = Math.max(16, keyBound, this.first.length * 2);
      this.first = grown(this.first, capacity);
      this.last = grown(this.last, capacity);
      this.lengths = grown(this.lengths, capacity);
      this.lastPlaced = grown(this.lastPlaced, capacity);
      this.keyOrder = grown(this.keyOrder, capacity);
    }
    const { handleBound } = this.store;
    if (this.next.length >= handleBound) return;
    this.next = grown(this.next, handleBound);
    const times = new Float64Array(handleBound);
    times.set(this.times);
    this.times = times;
  }

  /** Keeps a row that was put into the store. */
  add(key: number, handle: number, timeMs: number): void {
    const length = this.lengths[key]! + 1;
    this.times[handle] = timeMs;
    this.next[handle] = NONE;
    if (length === 1) {
      this.keys.hold(key);
      this.keyOrder[this.keyCount++] = key;
      this.first[key] = handle;
      this.lastPlaced[key] = NONE;
    } else this.next[this.last[key]!] = handle;
    this.last[key] = handle;
    this.lengths[key] = length;
    this.rowCount++;
    if (length > this.longest) this.longest = length;
  }

  /** The first row of a key, a negative number where there is none; the others follow by `after`. */
  rowsOf(key: number): number {
    const length = this.lengths[key]!;
    if (length === 0) return NONE;
    if (length > 1 && this.lastPlaced[key] !== this.last[key]) this.placeAll(key);
    return this.first[key]!;
  }

  /** The row behind that one; a negative number behind the last. */
  after(handle: number): number {
    return this.next[handle]!;
  }

  timeOf(handle: number): number {
    return this.times[handle]!;
  }

  /** Puts the rows at the end of a list behind the last ones of their kind. */
  private placeAll(key: number): void {
    const { next } = this;
    const kinds = this.kindsOf(key);
    let placed = this.lastPlaced[key]!;
    let handle = placed === NONE ? this.first[key]! : next[placed]!;
    if (placed !== NONE) next[placed] = NONE;
    while (handle !== NONE) {
      const following = next[handle]!;
      const kind = this.kindOf(handle);
      const before = kinds.get(kind) ?? placed;
      if (!kinds.has(kind)) this.kindBytes += kind.length * 2;
      kinds.set(kind, handle);
      if (before === placed) {
        if (placed === NONE) this.first[key] = handle;
        else next[placed] = handle;
        next[handle] = NONE;
        placed = handle;
      } else {
        next[handle] = next[before]!;
        next[before] = handle;
      }
      handle = following;
    }
    this.lastPlaced[key] = placed;
    this.last[key] = placed;
  }

  private kindsOf(key: number): Map<string, number> {
    let kinds = this.kinds.get(key);
    if (kinds === undefined) {
      kinds = new Map();
      this.kinds.set(key, kinds);
    }
    return kinds;
  }

  /** What equal rows have in common: the bytes of their values. */
  private kindOf(handle: number): string {
    const writer = new StateWriter();
    this.store.write(writer, handle);
    let kind = '';
    for (const byte of writer.finish()) kind += String.fromCharCode(byte);
    return kind;
  }

  snapshot(writer: StateWriter): void {
    const { keyCount } = this;
    const keys = this.keyOrder.subarray(0, keyCount);
    writer.u32(keyCount);
    writer.u32(this.rowCount);
    this.keys.writeAll(writer, keys, keyCount);
    const lengths = new Int32Array(keyCount);
    const placed = new Int32Array(keyCount);
    const handles = new Int32Array(this.rowCount);
    const times = new Float64Array(this.rowCount);
    let at = 0;
    for (let k = 0; k < keyCount; k++) {
      const key = keys[k]!;
      const from = at;
      for (let handle = this.first[key]!; handle !== NONE; handle = this.next[handle]!) {
        times[at] = this.times[handle]!;
        handles[at++] = handle;
        if (handle === this.lastPlaced[key]) placed[k] = at - from;
      }
      lengths[k] = at - from;
    }
    writer.ints(lengths);
    writer.ints(placed);
    writer.floats(times);
    this.store.writeRows(writer, handles);
  }

  restore(reader: StateReader): void {
    const keyCount = reader.u32();
    const rows = reader.u32();
    const keys = new Int32Array(keyCount);
    this.keys.readAll(reader, keyCount, keys);
    const lengths = new Int32Array(keyCount);
    const placed = new Int32Array(keyCount);
    const times = new Float64Array(rows);
    const handles = new Int32Array(rows);
    reader.ints(lengths);
    reader.ints(placed);
    reader.floats(times);
    this.store.readRows(reader, handles);
    this.reserve();
    let at = 0;
    for (let k = 0; k < keyCount; k++) {
      const key = keys[k]!;
      for (let i = 0; i < lengths[k]!; i++, at++) {
        this.add(key, handles[at]!, times[at]!);
        if (i < placed[k]!) this.place(key, handles[at]!);
      }
    }
  }

  /** Of a list that is read again in its order: the row stands where it should. */
  private place(key: number, handle: number): void {
    const kinds = this.kindsOf(key);
    const kind = this.kindOf(handle);
    if (!kinds.has(kind)) this.kindBytes += kind.length * 2;
    kinds.set(kind, handle);
    this.lastPlaced[key] = handle;
  }
}

function grown(values: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
