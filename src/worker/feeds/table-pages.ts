import { defined } from '../../stream/assert.ts';
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

/** Rows of a table, which whoever owns the page may change. Until it has rows it holds links alone, those of buckets. */
export class TablePage {
  readonly owner: object;
  numbers: Float64Array;
  readonly links: Int32Array;
  marks: Uint8Array;
  /** By column: what is no number, texts among it. */
  readonly values: Value[][];

  constructor(owner: object, columns: number, like: TablePage | null) {
    this.owner = owner;
    this.numbers = like?.numbers.slice() ?? new Float64Array(0);
    this.links = like?.links.slice() ?? new Int32Array(LINKS);
    this.marks = like?.marks.slice() ?? new Uint8Array(0);
    this.values = like?.values.map((values) => values.slice()) ?? Array.from({ length: columns }, () => []);
  }

  makeRoom(): void {
    const columns = this.values.length;
    this.numbers = new Float64Array(CELLS + columns * PAGE_ROWS);
    this.marks = new Uint8Array(MARKS + columns * PAGE_ROWS);
  }

  /** About how many are kept. */
  get bytes(): number {
    const references = this.values.reduce((sum, { length }) => sum + length, 0);
    const { numbers, links, marks } = this;
    return PAGE_BYTES + numbers.byteLength + links.byteLength + marks.byteLength + REFERENCE_BYTES * references;
  }
}

/**
 * Pages by number. Copies have them in common: whoever writes to one that is not its own any more gets its own first.
 */
export class TablePages {
  static readonly sharedFields = ['pages'];
  private pages: TablePage[] = [];
  private owner = {};
  private readonly columns: number;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Rows, or buckets, that there is room for: a power of two, or 0. */
  get capacity(): number {
    return this.pages.length * PAGE_ROWS;
  }

  /** To be called before a copy is made: from now on no page is its own. */
  settle(): void {
    this.owner = {};
  }

  /** Twice the room. */
  grow(): void {
    const more = Math.max(1, this.pages.length);
    for (let i = 0; i < more; i++) this.pages.push(new TablePage(this.owner, this.columns, null));
  }

  /** The page of a row, or a bucket; not to be changed. */
  at(index: number): TablePage {
    return defined(this.pages[index >> PAGE_BITS], 'a page of a table');
  }

  /** The same, to be changed. */
  toWrite(index: number): TablePage {
    const page = this.at(index);
    if (page.owner === this.owner) return page;
    return (this.pages[index >> PAGE_BITS] = new TablePage(this.owner, this.columns, page));
  }
}
