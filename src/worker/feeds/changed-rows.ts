/** A row as a change left it. */
export interface ChangedRow {
  readonly key: string;
  /** How often it is there; 0: it is not there any more. */
  readonly copies: number;
}

/** Rows that stand together, which nothing changes any more. */
class Chunk<Row extends ChangedRow> {
  readonly rows: readonly Row[];
  /** About how many, for whoever counts what is kept. */
  readonly bytes: number;

  constructor(rows: readonly Row[], rowBytes: number) {
    this.rows = rows;
    this.bytes = rows.length * rowBytes;
  }
}

const CHUNK_ROWS = 256;

/**
 * The newest row of each key, as the changes in the order in which they came: what is behind a change stays as it is, so
 * that copies have it in common. A change counts as long as its key has no later one; once most do not count, those that do
 * are put together anew.
 */
export class ChangedRows<Row extends ChangedRow> {
  static readonly sharedFields = ['chunks', 'newest'];
  static readonly derivedFields = ['places'];
  private chunks: Chunk<Row>[] = [];
  /** Behind all chunks. */
  private newest: Row[] = [];
  private changes = 0;
  /** How many changes of the first chunk have been passed by `takeOldest`. */
  private passed = 0;
  private places: Map<string, Row> | null = null;
  private readonly rowBytes: number;

  /** `rowBytes`: about how many a row takes. */
  constructor(rowBytes: number) {
    this.rowBytes = rowBytes;
  }

  get size(): number {
    return this.byKey().size;
  }

  get(key: string): Row | undefined {
    return this.byKey().get(key);
  }

  /** In no order that means anything. */
  values(): Iterable<Row> {
    return this.byKey().values();
  }

  /** Takes the place of what its key had. */
  put(row: Row): void {
    place(this.byKey(), row);
    this.newest.push(row);
    this.changes++;
    if (this.newest.length < CHUNK_ROWS) return;
    this.chunks.push(new Chunk(this.newest, this.rowBytes));
    this.newest = [];
    if (this.changes > 2 * this.size + 4 * CHUNK_ROWS) this.putTogether();
  }

  /** The row that changed longest ago, which is forgotten. */
  takeOldest(): Row | undefined {
    const places = this.byKey();
    for (let chunk = 0; chunk <= this.chunks.length; chunk++) {
      const rows = this.chunks[chunk]?.rows ?? this.newest;
      for (let at = chunk === 0 ? this.passed : 0; at < rows.length; at++) {
        const row = rows[at];
        if (row === undefined || places.get(row.key) !== row) continue;
        places.delete(row.key);
        this.pass(chunk, at + 1);
        return row;
      }
    }
    return undefined;
  }

  /** What comes before a place is not looked at again. */
  private pass(chunk: number, at: number): void {
    const gone = this.chunks.slice(0, chunk).reduce((sum, { rows }) => sum + rows.length, 0);
    this.changes -= gone;
    if (chunk > 0) this.chunks = this.chunks.slice(chunk);
    this.passed = at;
  }

  private putTogether(): void {
    const places = this.byKey();
    const rows = this.changed().filter((row) => places.get(row.key) === row);
    this.chunks = [];
    for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
      this.chunks.push(new Chunk(rows.slice(from, from + CHUNK_ROWS), this.rowBytes));
    }
    this.newest = [];
    this.changes = rows.length;
    this.passed = 0;
  }

  private changed(): readonly Row[] {
    return [...this.chunks.map(({ rows }) => rows), this.newest].flat().slice(this.passed);
  }

  private byKey(): Map<string, Row> {
    if (this.places === null) {
      this.places = new Map();
      for (const row of this.changed()) place(this.places, row);
    }
    return this.places;
  }
}

function place<Row extends ChangedRow>(places: Map<string, Row>, row: Row): void {
  if (row.copies === 0) places.delete(row.key);
  else places.set(row.key, row);
}
