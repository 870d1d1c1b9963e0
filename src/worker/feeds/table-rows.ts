import type { Batch } from '../../stream/batch.ts';
import type { Field } from '../../stream/types.ts';
import { TableCells, mixed } from './table-cells.ts';
import { CHAIN, COPIES, HASH, HEAD, IN_PAGE, NEWER, OLDER, TablePages } from './table-pages.ts';

export const NO_ROW = -1;

/**
 * Numbered rows of a table, found by their key; those that are listed also in the order in which they were listed. A number
 * is given anew once its row was forgotten.
 */
export class TableRows {
  static readonly sharedFields = ['key', 'cells'];
  readonly cells: readonly TableCells[];
  readonly pages: TablePages;
  /** Columns that rows are told apart by. */
  private readonly key: readonly number[];
  /** Rows that were ever there at once. */
  private used = 0;
  /** Link to the first number that is free; each is chained to the next. */
  private free = 0;
  private oldestLink = 0;
  private newestLink = 0;
  listed = 0;

  constructor(fields: readonly Field[], key: readonly number[]) {
    this.cells = fields.map((field, column) => new TableCells(field, column));
    this.pages = new TablePages(fields.length);
    this.key = key;
  }

  /** The listed row that was listed first. */
  get oldest(): number {
    return this.oldestLink - 1;
  }

  get newest(): number {
    return this.newestLink - 1;
  }

  /** The row that was listed right before this one. */
  olderThan(row: number): number {
    return this.link(OLDER, row) - 1;
  }

  /** The row with the key of a batch's row; `NO_ROW` when there is none. */
  find(batch: Batch, from: number, hash: number): number {
    if (this.pages.capacity === 0) return NO_ROW;
    for (let row = this.link(HEAD, this.bucket(hash)) - 1; row >= 0; row = this.link(CHAIN, row) - 1) {
      if (this.link(HASH, row) === hash && this.isKeyOf(batch, from, row)) return row;
    }
    return NO_ROW;
  }

  hash(batch: Batch, from: number): number {
    let hash = 0;
    for (const column of this.key) hash = mixed(Math.imul(hash, 31) ^ (this.cells[column]?.hash(batch, from) ?? 0));
    return hash;
  }

  /** A row with this hash, to be filled; it is not listed. */
  add(hash: number): number {
    const row = this.free === 0 ? this.append() : this.free - 1;
    if (this.free !== 0) this.free = this.link(CHAIN, row);
    this.set(HASH, row, hash);
    this.set(OLDER, row, 0);
    this.set(NEWER, row, 0);
    const page = this.pages.toWrite(row);
    page.numbers[COPIES + (row & IN_PAGE)] = 0;
    this.chain(row, hash);
    return row;
  }

  /** Its number is free from now on. */
  forget(row: number): void {
    const bucket = this.bucket(this.link(HASH, row));
    const next = this.link(CHAIN, row);
    let before = this.link(HEAD, bucket) - 1;
    if (before === row) this.set(HEAD, bucket, next);
    else {
      while (this.link(CHAIN, before) - 1 !== row) before = this.link(CHAIN, before) - 1;
      this.set(CHAIN, before, next);
    }
    this.set(CHAIN, row, this.free);
    this.free = row + 1;
  }

  /** Lists a row behind all others; it is not listed. */
  list(row: number): void {
    this.set(OLDER, row, this.newestLink);
    this.set(NEWER, row, 0);
    if (this.newestLink === 0) this.oldestLink = row + 1;
    else this.set(NEWER, this.newestLink - 1, row + 1);
    this.newestLink = row + 1;
    this.listed++;
  }

  unlist(row: number): void {
    const older = this.link(OLDER, row);
    const newer = this.link(NEWER, row);
    if (older === 0) this.oldestLink = newer;
    else this.set(NEWER, older - 1, newer);
    if (newer === 0) this.newestLink = older;
    else this.set(OLDER, newer - 1, older);
    this.listed--;
  }

  number(of: number, row: number): number {
    return this.pages.at(row).numbers[of + (row & IN_PAGE)] ?? Number.NaN;
  }

  setNumber(of: number, row: number, value: number): void {
    this.pages.toWrite(row).numbers[of + (row & IN_PAGE)] = value;
  }

  private link(of: number, row: number): number {
    return this.pages.at(row).links[of + (row & IN_PAGE)] ?? 0;
  }

  private set(of: number, row: number, link: number): void {
    this.pages.toWrite(row).links[of + (row & IN_PAGE)] = link;
  }

  private bucket(hash: number): number {
    return hash & (this.pages.capacity - 1);
  }

  private chain(row: number, hash: number): void {
    const bucket = this.bucket(hash);
    this.set(CHAIN, row, this.link(HEAD, bucket));
    this.set(HEAD, bucket, row + 1);
  }

  private append(): number {
    if (this.used === this.pages.capacity) this.grow();
    if ((this.used & IN_PAGE) === 0) this.pages.toWrite(this.used).makeRoom();
    return this.used++;
  }

  /** All numbers are in use. */
  private grow(): void {
    const { pages, used } = this;
    pages.grow();
    for (let row = 0; row < used; row++) this.set(HEAD, row, 0);
    for (let row = 0; row < used; row++) this.chain(row, this.link(HASH, row));
  }

  private isKeyOf(batch: Batch, from: number, row: number): boolean {
    const page = this.pages.at(row);
    for (const column of this.key) {
      if (this.cells[column]?.isSameKey(batch, from, page, row & IN_PAGE) !== true) return false;
    }
    return true;
  }
}
