import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Field } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { cell, toJson } from '../../stream/value.ts';
import { isSameValue } from './first-rows.ts';
import type { TablePage } from './table-pages.ts';
import { CELLS, MARKS, PAGE_ROWS } from './table-pages.ts';

/** What is marked of a cell: where its value stands, and whether the last change gave it another one. */
const IS_NULL = 1;
const IS_NUMBER = 2;
const HAS_CHANGED = 4;

/** One column of a table's rows. `at` is the row's place in its page. */
export class TableCells {
  static readonly sharedFields = ['field'];
  private readonly field: Field;
  private readonly column: number;
  private readonly firstNumber: number;
  private readonly firstMark: number;

  constructor(field: Field, column: number) {
    this.field = field;
    this.column = column;
    this.firstNumber = CELLS + column * PAGE_ROWS;
    this.firstMark = MARKS + column * PAGE_ROWS;
  }

  value(page: TablePage, at: number): Value {
    const marks = page.marks[this.firstMark + at] ?? 0;
    if ((marks & IS_NULL) !== 0) return null;
    if ((marks & IS_NUMBER) === 0) return page.values[this.column]?.[at] ?? null;
    const number = page.numbers[this.firstNumber + at] ?? Number.NaN;
    return this.field.type.kind === 'BOOLEAN' ? number === 1 : number;
  }

  /** Puts a batch's cell in. */
  put(batch: Batch, row: number, page: TablePage, at: number): void {
    const column = batch.columns[this.column];
    const { firstMark, firstNumber } = this;
    if (column === undefined || isNull(column.nulls, row)) page.marks[firstMark + at] = IS_NULL;
    else if (column.kind === 'float' || column.kind === 'int' || column.kind === 'bool') {
      page.marks[firstMark + at] = IS_NUMBER;
      page.numbers[firstNumber + at] = column.values[row] ?? Number.NaN;
    } else this.putOther(cell(column, this.field.type, row), page, at);
  }

  private putOther(value: Value, page: TablePage, at: number): void {
    const isNumber = typeof value === 'number';
    page.marks[this.firstMark + at] = isNumber ? IS_NUMBER : 0;
    if (isNumber) page.numbers[this.firstNumber + at] = value;
    else {
      const values = (page.values[this.column] ??= []);
      // Without holes.
      while (values.length < at) values.push(null);
      values[at] = value;
    }
  }

  /** To be called once the cell is in: it has another value than it had. */
  markChanged(page: TablePage, at: number): void {
    const place = this.firstMark + at;
    page.marks[place] = (page.marks[place] ?? 0) | HAS_CHANGED;
  }

  unmark(page: TablePage, at: number): void {
    const place = this.firstMark + at;
    page.marks[place] = (page.marks[place] ?? 0) & ~HAS_CHANGED;
  }

  hasChanged(page: TablePage, at: number): boolean {
    return ((page.marks[this.firstMark + at] ?? 0) & HAS_CHANGED) !== 0;
  }

  /** Whether a batch's cell is shown like the one that stands here. */
  isShownAs(batch: Batch, row: number, page: TablePage, at: number): boolean {
    const column = batch.columns[this.column];
    const marks = page.marks[this.firstMark + at] ?? 0;
    if (column === undefined || isNull(column.nulls, row)) return (marks & IS_NULL) !== 0;
    if ((marks & IS_NULL) !== 0) return false;
    if (column.kind === 'float' || column.kind === 'int') {
      return (marks & IS_NUMBER) !== 0 && Object.is(page.numbers[this.firstNumber + at], column.values[row]);
    }
    const { type } = this.field;
    return isSameValue(cell(column, type, row), this.value(page, at), type);
  }

  /** Whether a batch's cell is the same part of a key as the one that stands here: 0 is −0. */
  isSameKey(batch: Batch, row: number, page: TablePage, at: number): boolean {
    const column = batch.columns[this.column];
    const marks = page.marks[this.firstMark + at] ?? 0;
    if (column === undefined || isNull(column.nulls, row)) return (marks & IS_NULL) !== 0;
    if ((marks & IS_NULL) !== 0) return false;
    if (column.kind === 'float' || column.kind === 'int') {
      const number = page.numbers[this.firstNumber + at] ?? Number.NaN;
      const other = column.values[row] ?? Number.NaN;
      return (marks & IS_NUMBER) !== 0 && (number === other || (number !== number && other !== other));
    }
    const { type } = this.field;
    return isSameValue(cell(column, type, row), this.value(page, at), type);
  }

  /** Equal for cells that are the same part of a key. */
  hash(batch: Batch, row: number): number {
    const column = batch.columns[this.column];
    if (column === undefined || isNull(column.nulls, row)) return 1;
    if (column.kind === 'float' || column.kind === 'int') return hashOfNumber(column.values[row] ?? Number.NaN);
    return this.hashOfOther(column, row);
  }

  private hashOfOther(column: Column, row: number): number {
    const { type } = this.field;
    const value = cell(column, type, row);
    if (typeof value === 'string') return hashOfText(value);
    if (typeof value === 'number') return hashOfNumber(value);
    return hashOfText(JSON.stringify(toJson(value, type)));
  }
}

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

function hashOfNumber(value: number): number {
  // One pattern of bits for what is one key.
  number[0] = value === 0 ? 0 : value !== value ? Number.NaN : value;
  return mixed((words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 0x9e3779b1));
}

function hashOfText(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** Spreads what tells values apart over all bits (the last steps of MurmurHash3). */
export function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
