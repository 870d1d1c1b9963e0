import type { TableRow } from './packed-rows.ts';
import { PackedRows } from './packed-rows.ts';

const CHUNK_ROWS = 256;

/**
 * The newest row of each key, as the changes in the order in which they came: what is behind a change stays as it is, so
 * that copies have it in common. A change counts as long as its key has no later one; once many do not count, those that do
 * are put together anew.
 */
export class ChangedRows {
  static readonly sharedFields = ['chunks', 'newest'];
  static readonly derivedFields = ['places'];
  private chunks: PackedRows[] = [];
  /** Behind all chunks. */
  private newest: TableRow[] = [];
  private changes = 0;
  /** How many changes of the first chunk have been passed by `takeOldest`. */
  private passed = 0;
  /** What is there, by key. */
  private places: Map<string, TableRow> | null = null;

  get size(): number {
    return this.byKey().size;
  }

  get(key: string): TableRow | undefined {
    return this.byKey().get(key);
  }

  /** In no order that means anything. */
  values(): Iterable<TableRow> {
    return this.byKey().values();
  }

  /** Takes the place of what its key had. Every row is of another change, a later one than those before it. */
  put(row: TableRow): void {
    place(this.byKey(), row);
    this.newest.push(row);
    this.changes++;
    if (this.newest.length < CHUNK_ROWS) return;
    this.chunks.push(new PackedRows(this.newest));
    this.newest = [];
    if (this.changes > 1.5 * this.size + 4 * CHUNK_ROWS) this.putTogether();
  }

  /** The row that changed longest ago, which is forgotten. */
  takeOldest(): TableRow | undefined {
    const places = this.byKey();
    for (let c = 0; c <= this.chunks.length; c++) {
      const chunk = this.chunks[c];
      const length = chunk?.keys.length ?? this.newest.length;
      for (let at = c === 0 ? this.passed : 0; at < length; at++) {
        const row = places.get(chunk?.keys[at] ?? this.newest[at]?.key ?? '');
        if (row === undefined || row.change !== (chunk?.changes[at] ?? this.newest[at]?.change)) continue;
        places.delete(row.key);
        this.pass(c, at + 1);
        return row;
      }
    }
    return undefined;
  }

  /** Has in common with other rows what is alike: where one node has only what another one gives. */
  shareWith(other: ChangedRows): void {
    this.chunks.forEach((chunk, c) => {
      const theirs = other.chunks[c];
      if (theirs !== undefined && theirs !== chunk && theirs.isLike(chunk)) this.chunks[c] = theirs;
    });
  }

  /** What comes before a place is not looked at again. */
  private pass(chunk: number, at: number): void {
    for (const { keys } of this.chunks.slice(0, chunk)) this.changes -= keys.length;
    if (chunk > 0) this.chunks = this.chunks.slice(chunk);
    this.passed = at;
  }

  private putTogether(): void {
    const rows = [...this.byKey().values()].sort((a, b) => a.change - b.change);
    this.chunks = [];
    for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
      this.chunks.push(new PackedRows(rows.slice(from, from + CHUNK_ROWS)));
    }
    this.newest = [];
    this.changes = rows.length;
    this.passed = 0;
  }

  private byKey(): Map<string, TableRow> {
    if (this.places === null) {
      this.places = new Map();
      for (const [c, chunk] of this.chunks.entries()) {
        for (let at = c === 0 ? this.passed : 0; at < chunk.keys.length; at++) place(this.places, chunk.at(at));
      }
      const from = this.chunks.length === 0 ? this.passed : 0;
      for (const row of this.newest.slice(from)) place(this.places, row);
    }
    return this.places;
  }
}

function place(places: Map<string, TableRow>, row: TableRow): void {
  if (row.copies === 0) places.delete(row.key);
  else places.set(row.key, row);
}
