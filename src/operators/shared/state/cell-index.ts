/** Keys that a dense index may span for each that it holds. */
const SPAN_PER_CELL = 16;
const FEW = 16;

/** The cells of one window and the key number of each. */
export interface IndexedCells {
  readonly cells: readonly number[];
  readonly keys: Int32Array;
}

/**
 * Finds a key's cell in one window. An array by key number while the window holds a fair share of the keys, else a map:
 * many windows of few rows must not each span all the keys that there are.
 */
export class CellIndex {
  private dense = new Int32Array(FEW);
  private sparse: Map<number, number> | null = null;

  /** -1 where the key has no cell. */
  find(key: number): number {
    if (this.sparse !== null) return this.sparse.get(key) ?? -1;
    return key < this.dense.length ? this.dense[key]! - 1 : -1;
  }

  /** Adds a key that has no cell yet. `all` are the window's cells, the new one included. */
  add(key: number, cell: number, all: IndexedCells): void {
    if (this.sparse !== null) {
      this.sparse.set(key, cell);
      if (isPowerOfTwo(all.cells.length)) this.densify(all);
    } else if (key < this.dense.length) this.dense[key] = cell + 1;
    else if (key < (all.cells.length + FEW) * SPAN_PER_CELL) {
      const larger = new Int32Array(Math.max(key + 1, this.dense.length * 2));
      larger.set(this.dense);
      this.dense = larger;
      larger[key] = cell + 1;
    } else {
      this.sparse = new Map(all.cells.map((other) => [all.keys[other]!, other]));
      this.dense = new Int32Array(0);
    }
  }

  /** Goes back to an array where the window has come to hold its share. */
  private densify({ cells, keys }: IndexedCells): void {
    const span = 1 + cells.reduce((most, cell) => Math.max(most, keys[cell]!), 0);
    if (span > cells.length * SPAN_PER_CELL) return;
    this.dense = new Int32Array(span);
    for (const cell of cells) this.dense[keys[cell]!] = cell + 1;
    this.sparse = null;
  }
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
