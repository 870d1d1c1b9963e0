import type { Batch } from '../../../stream/batch.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { EventTimeMs, Window } from '../../../stream/time.ts';
import type { Schema } from '../../../stream/types.ts';
import type { BoundKey } from '../key-columns.ts';
import { ContentsBuilder, take } from '../state-contents.ts';
import type { StateKind } from '../state-contents.ts';
import { KeyTable } from '../state/key-table.ts';
import { RowStore } from '../state/row-store.ts';
import type { CompareSortKeys, SortKey } from './sort-key.ts';
import { placeBefore, placeBehind, readSortKey, writeSortKey } from './sort-key.ts';

/** How the rows of one key in one window are ranked. */
export interface WindowRanking {
  readonly compare: CompareSortKeys;
  /** How many values a sort key has. */
  readonly sortColumns: number;
  /** Which of equal rows comes first. */
  readonly ofEqual: 'earlier' | 'later';
  /** How many rows of a key are kept. */
  readonly most: number;
}

export interface RankedRow {
  readonly handle: number;
  readonly sortKey: SortKey;
}

/** A window that is not over, and its keys in order of first arrival. */
interface OpenWindow extends Window {
  readonly keys: Map<number, RankedRow[]>;
}

/** Bytes of a row beside its columns, and of a key in a window. */
const ROW_BYTES = 48;
const KEY_BYTES = 64;

/** The best rows of each key in each open window. */
export class RankedWindows {
  readonly rows: RowStore;
  private readonly keyColumns: readonly number[];
  private readonly keys: KeyTable;
  private readonly ranking: WindowRanking;
  /** By end, then start. */
  private readonly windows: OpenWindow[] = [];
  private keysInWindows = 0;

  constructor(schema: Schema, key: BoundKey, ranking: WindowRanking) {
    this.rows = new RowStore(schema);
    this.keyColumns = key.columns;
    this.keys = new KeyTable(key.fields);
    this.ranking = ranking;
  }

  /** End of the window that is over first; +∞ when there is none. */
  get firstEndMs(): EventTimeMs {
    return this.windows[0]?.endMs ?? Infinity;
  }

  /** Takes a row into its window. False where one row, this or a worse one, found no room. */
  take(batch: Batch, row: number, window: Window, sortKey: SortKey): boolean {
    const { compare, ofEqual, most } = this.ranking;
    const { keys } = this.openWindow(window);
    const key = this.keys.idOf(
      this.keyColumns.map((index) => batch.columns[index]!),
      row,
    );
    const ranked = keys.get(key) ?? this.newKey(keys, key);
    const place = ofEqual === 'earlier' ? placeBehind(ranked, sortKey, compare) : placeBefore(ranked, sortKey, compare);
    if (place >= most) return false;
    ranked.splice(place, 0, { handle: this.rows.put(batch.columns, row), sortKey });
    if (ranked.length <= most) return true;
    this.rows.release(ranked.pop()!.handle);
    return false;
  }

  private newKey(keys: Map<number, RankedRow[]>, key: number): RankedRow[] {
    const ranked: RankedRow[] = [];
    this.keys.hold(key);
    keys.set(key, ranked);
    this.keysInWindows++;
    return ranked;
  }

  private openWindow({ startMs, endMs }: Window): OpenWindow {
    let at = this.windows.length;
    for (; at > 0; at--) {
      const other = this.windows[at - 1]!;
      if (other.endMs === endMs && other.startMs === startMs) return other;
      if (other.endMs < endMs || (other.endMs === endMs && other.startMs < startMs)) break;
    }
    const window = { startMs, endMs, keys: new Map<number, RankedRow[]>() };
    this.windows.splice(at, 0, window);
    return window;
  }

  /** Closes the window that is over first: `visit` sees each key's rows, best first, and then they are forgotten. */
  closeFirst(visit: (rows: readonly RankedRow[], window: Window) => void): Window {
    const { keys, ...window } = this.windows.shift()!;
    for (const [key, ranked] of keys) {
      visit(ranked, window);
      for (const { handle } of ranked) this.rows.release(handle);
      this.keys.release(key);
    }
    this.keysInWindows -= keys.size;
    return window;
  }

  /** By window, then key; the best rows of a key come first. */
  look(most: number, firesAt: (endMs: EventTimeMs) => number): StateKind {
    const what = 'rows in windows';
    const fields = [...this.rows.fields, { name: 'rank', type: { kind: 'INT' }, nullable: false } as const];
    const contents = new ContentsBuilder({ what, order: 'that end first', fields });
    for (const { handle, window, rank } of take(this.ranked(), most)) {
      this.rows.appendTo(contents.columns, 0, handle);
      contents.append(fields.length - 1, rank);
      contents.add(window, { timeMs: firesAt(window.endMs), does: 'fires' });
    }
    const count = this.rows.rows;
    return { part: { what, count }, contents: contents.finish(count) };
  }

  private *ranked(): Generator<{ readonly handle: number; readonly window: Window; readonly rank: number }> {
    for (const window of this.windows) {
      for (const ranked of window.keys.values()) {
        for (const [place, { handle }] of ranked.entries()) yield { handle, window, rank: place + 1 };
      }
    }
  }

  get bytes(): number {
    return this.rows.bytes + this.rows.rows * ROW_BYTES + this.keysInWindows * KEY_BYTES + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.windows.length);
    for (const { startMs, endMs, keys } of this.windows) {
      writer.f64(startMs);
      writer.f64(endMs);
      writer.u32(keys.size);
      for (const [key, ranked] of keys) {
        this.keys.write(writer, key);
        writer.u32(ranked.length);
        for (const { handle, sortKey } of ranked) {
          this.rows.write(writer, handle);
          writeSortKey(writer, sortKey);
        }
      }
    }
  }

  restore(reader: StateReader): void {
    const windows = reader.u32();
    for (let w = 0; w < windows; w++) {
      const window: OpenWindow = { startMs: reader.f64(), endMs: reader.f64(), keys: new Map() };
      const keys = reader.u32();
      for (let k = 0; k < keys; k++) {
        const ranked = this.newKey(window.keys, this.keys.read(reader));
        const rows = reader.u32();
        for (let r = 0; r < rows; r++) {
          const handle = this.rows.read(reader);
          ranked.push({ handle, sortKey: readSortKey(reader, this.ranking.sortColumns) });
        }
      }
      this.windows.push(window);
    }
  }
}
