import { assert, defined } from '../../stream/assert.ts';
import { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { Value } from '../../stream/value.ts';

/** Rows of a page. */
export const PAGE_ROWS = 128;
export const IN_PAGE = PAGE_ROWS - 1;
const PAGE_BITS = 7;

/** Where the numbers of a page's rows stand: each of them `PAGE_ROWS` times. Those of the cells follow, column by column. */
export const SEQ = 0;
export const CHANGE = PAGE_ROWS;
export const COPIES = 2 * PAGE_ROWS;
export const CELLS = 3 * PAGE_ROWS;

/** Where a page's links stand. A link is the number of a row and 1, so that 0 is none. */
export const HASH = 0;
export const CHAIN = PAGE_ROWS;
export const OLDER = 2 * PAGE_ROWS;
export const NEWER = 3 * PAGE_ROWS;
/** First row of the chain of a bucket; a page has as many buckets as rows. */
export const HEAD = 4 * PAGE_ROWS;
const LINKS = 5 * PAGE_ROWS;

/** Where a page's marks stand: the kind of a row's last change, then the marks of its cells, column by column. */
export const KIND = 0;
export const MARKS = PAGE_ROWS;

/** What a reference from a page takes. */
const REFERENCE_BYTES = 24;
const PAGE_BYTES = 400;

/**
 * Rows of a table, which whoever owns the page may change. Until it has rows it holds links alone, those of buckets.
 */
export class TablePage {
  readonly owner: object;
  numbers = new Float64Array(0);
  links = new Int32Array(LINKS);
  marks = new Uint8Array(0);
  /** By column: what is no number, texts among it. */
  values: Value[][];
  /** The same at rest, as long as nothing was changed. */
  resting: RestingPage | null = null;

  constructor(owner: object, columns: number) {
    this.owner = owner;
    this.values = Array.from({ length: columns }, () => []);
  }

  makeRoom(): void {
    const columns = this.values.length;
    this.numbers = new Float64Array(CELLS + columns * PAGE_ROWS);
    this.marks = new Uint8Array(MARKS + columns * PAGE_ROWS);
  }
}

/** A page that nobody changes: its numbers in as few bytes as they take. */
class RestingPage {
  private readonly packed: Uint8Array;
  private readonly values: readonly (readonly Value[])[];

  constructor({ numbers, links, marks, values }: TablePage) {
    const writer = new StateWriter({ bytes: numbers.length + links.length * 4 });
    writer.u8(numbers.length === 0 ? 0 : 1);
    writer.ints(links.subarray(HASH, CHAIN));
    // By row, or by what is kept of each: what stands together is alike.
    for (let from = CHAIN; from < links.length; from += PAGE_ROWS) {
      writer.floats(Float64Array.from(links.subarray(from, from + PAGE_ROWS)));
    }
    for (let from = 0; from < numbers.length; from += PAGE_ROWS) {
      writer.floats(numbers.subarray(from, from + PAGE_ROWS));
    }
    writer.u8s(marks);
    this.packed = writer.finish().slice();
    this.values = values.map((column) => column.slice());
  }

  /** About how many are kept. */
  get bytes(): number {
    const references = this.values.reduce((sum, { length }) => sum + length, 0);
    return PAGE_BYTES + this.packed.length + REFERENCE_BYTES * references;
  }

  opened(owner: object): TablePage {
    const page = new TablePage(owner, this.values.length);
    const reader = new StateReader(this.packed);
    if (reader.u8() === 1) page.makeRoom();
    const { links, numbers } = page;
    reader.ints(links.subarray(HASH, CHAIN));
    const part = new Float64Array(PAGE_ROWS);
    for (let from = CHAIN; from < links.length; from += PAGE_ROWS) {
      reader.floats(part);
      links.set(part, from);
    }
    for (let from = 0; from < numbers.length; from += PAGE_ROWS) {
      reader.floats(numbers.subarray(from, from + PAGE_ROWS));
    }
    reader.u8s(page.marks);
    page.values = this.values.map((column) => column.slice());
    page.resting = this;
    return page;
  }
}

/**
 * Pages by number. Copies have those at rest in common; each opens what it looks at for itself.
 */
export class TablePages {
  static readonly sharedFields = ['pages'];
  private pages: (TablePage | RestingPage)[] = [];
  private owner = {};
  private readonly columns: number;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Rows, or buckets, that there is room for: a power of two, or 0. */
  get capacity(): number {
    return this.pages.length * PAGE_ROWS;
  }

  /** To be called before a copy is made: all pages are at rest then. */
  settle(): void {
    this.owner = {};
    this.pages = this.pages.map((page) => (page instanceof TablePage ? (page.resting ?? new RestingPage(page)) : page));
  }

  /** Twice the room. */
  grow(): void {
    const more = Math.max(1, this.pages.length);
    for (let i = 0; i < more; i++) this.pages.push(new TablePage(this.owner, this.columns));
  }

  /** The page of a row, or a bucket; not to be changed. */
  at(index: number): TablePage {
    const place = index >> PAGE_BITS;
    const page = defined(this.pages[place], 'a page of a table');
    if (page instanceof TablePage) return page;
    const opened = page.opened(this.owner);
    this.pages[place] = opened;
    return opened;
  }

  /** The same, to be changed. */
  toWrite(index: number): TablePage {
    const page = this.at(index);
    assert(page.owner === this.owner, 'a table that was at rest when it was copied');
    page.resting = null;
    return page;
  }
}
