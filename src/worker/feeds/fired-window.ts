import { defined } from '../../stream/assert.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';

/** Keys that a window has room for at first. */
const FIRST_KEYS = 16;
/** About how many a window takes beside its arrays, and the name of a key. */
const WINDOW_BYTES = 200;
const NAME_BYTES = 8;

interface Bounds {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
}

/** The results of one window, by key. */
export class FiredWindow implements Bounds {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  /** Of its newest result. */
  emittedSeq = Number.NaN;
  emittedAtMs: ProcessingTimeMs = Number.NaN;
  /** Its keys by their row in `values`. */
  readonly keys: string[];
  /** A key's on-time values, then its newest ones, then those of its last early pane: 3 × columns a row. NaN: none. */
  values: Float64Array;
  /** Sums over the keys that are not told apart. */
  readonly rest: Float64Array;
  private readonly width: number;
  /** Rows by key; null once several feeds have the window in common, so that nothing may change it. */
  private rows: Map<string, number> | null;

  constructor({ startMs, endMs }: Bounds, columns: number, keys: readonly string[] = []) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.width = 3 * columns;
    this.keys = [...keys];
    this.rows = new Map(keys.map((key, row) => [key, row]));
    this.values = new Float64Array(FIRST_KEYS * this.width).fill(Number.NaN);
    this.rest = new Float64Array(columns);
  }

  /** About how many are kept. */
  get bytes(): number {
    return WINDOW_BYTES + NAME_BYTES * this.keys.length + this.values.byteLength + this.rest.byteLength;
  }

  get isSealed(): boolean {
    return this.rows === null;
  }

  /** From now on nothing changes it. */
  seal(): void {
    if (this.rows === null) return;
    this.values = this.values.slice(0, this.keys.length * this.width);
    this.rows = null;
  }

  /** As it stands, to be changed. */
  unsealed(): FiredWindow {
    const { emittedSeq, emittedAtMs, keys, values, rest } = this;
    const copy = new FiredWindow(this, rest.length, keys);
    return Object.assign(copy, { emittedSeq, emittedAtMs, values: values.slice(), rest: rest.slice() });
  }

  /** The row of a key's values, which begin here for a key that is new; -1 when that is one more than `mostKeys`. */
  rowFor(key: string, mostKeys: number): number {
    const rows = defined(this.rows, 'rows of a window that may be changed');
    const known = rows.get(key);
    if (known !== undefined) return known;
    const row = this.keys.length;
    if (row >= mostKeys) return -1;
    rows.set(key, row);
    this.keys.push(key);
    if ((row + 1) * this.width > this.values.length) {
      const larger = new Float64Array(Math.max(FIRST_KEYS * this.width, 2 * this.values.length)).fill(Number.NaN);
      larger.set(this.values);
      this.values = larger;
    }
    return row;
  }

  /** -1 where there is none. */
  rowOf(key: string): number {
    return this.rows === null ? this.keys.indexOf(key) : (this.rows.get(key) ?? -1);
  }
}
