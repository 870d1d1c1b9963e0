import type { Batch } from '../../../src/stream/batch.ts';
import { rowCount } from '../../../src/stream/batch.ts';
import type { Column } from '../../../src/stream/column.ts';
import { isNull } from '../../../src/stream/column.ts';
import { BASE_MS } from '../../../src/sources/generator/nexmark/event-order.ts';

/** How the values of a result column become numbers: whole ones as they are, times from the first event on. */
export const RESULT_KINDS = ['number', 'time', 'text', 'decimal'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

/** A value of a result as a row of a user's own code holds it: decimals as what they are times ten to their scale. */
export type ResultValue = number | string | null;

/** Largest factor that joins a value to its row's first one. */
const FACTOR_MASK = 15;
const PART = 2 ** 20;

/**
 * Checksum over all columns of all rows of a result, exact and the same in any order of rows: of each column the sum of its
 * numbers, and the sum with each taken as often as the first column of its row says.
 */
export class ResultSums {
  private readonly kinds: readonly ResultKind[];
  private readonly sums: Float64Array;
  private readonly joined: Float64Array;
  private rows = 0;
  private numbers = new Float64Array(0);
  private factors = new Float64Array(0);
  private every = new Int32Array(0);

  constructor(kinds: readonly ResultKind[]) {
    this.kinds = kinds;
    this.sums = new Float64Array(kinds.length);
    this.joined = new Float64Array(kinds.length);
  }

  /** The rows of a batch, whose columns stand where the kinds do. */
  addBatch(batch: Batch): void {
    const count = rowCount(batch);
    if (this.numbers.length < count) {
      this.numbers = new Float64Array(count);
      this.factors = new Float64Array(count);
    }
    const rows = batch.selection ?? this.firstRows(count);
    this.rows += count;
    this.kinds.forEach((kind, c) => {
      numbersOf(batch.columns[c]!, kind, { rows, count, into: this.numbers });
      if (c === 0) for (let i = 0; i < count; i++) this.factors[i] = factorOf(this.numbers[i]!);
      this.addColumn(c, count);
    });
  }

  private addColumn(c: number, count: number): void {
    const { numbers, factors } = this;
    let sum = 0;
    let joined = 0;
    for (let i = 0; i < count; i++) {
      sum += numbers[i]!;
      joined += numbers[i]! * factors[i]!;
    }
    this.sums[c]! += sum;
    this.joined[c]! += joined;
  }

  private firstRows(count: number): Int32Array {
    if (this.every.length < count) this.every = Int32Array.from({ length: count }, (_, i) => i);
    return this.every;
  }

  /** One row, its values in the order of the kinds. */
  addRow(...values: readonly ResultValue[]): void {
    this.rows++;
    let factor = 0;
    for (let c = 0; c < values.length; c++) {
      const number = numberOf(values[c]!, this.kinds[c]!);
      if (c === 0) factor = factorOf(number);
      this.sums[c]! += number;
      this.joined[c]! += number * factor;
    }
  }

  checksum(): string {
    return [this.rows, ...this.kinds.map((_, c) => `${this.sums[c]}+${this.joined[c]}`)].join('/');
  }
}

function factorOf(number: number): number {
  return (number & FACTOR_MASK) + 1;
}

function numberOf(value: ResultValue, kind: ResultKind): number {
  if (value === null) return -1;
  if (typeof value === 'string') return numberOfText(value);
  return kind === 'time' ? value - BASE_MS : kind === 'decimal' ? numberOfLarge(value) : value;
}

/** Length and three characters. */
function numberOfText(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const ends = text.charCodeAt(0) * 128 + text.charCodeAt(length - 1);
  return (length * 128 + text.charCodeAt(length >> 1)) * 16384 + ends;
}

/** Both parts of a number too large for sums of many. */
function numberOfLarge(value: number): number {
  const upper = Math.floor(value / PART);
  return upper * 3 + (value - upper * PART);
}

interface Wanted {
  readonly rows: Int32Array;
  readonly count: number;
  readonly into: Float64Array;
}

function numbersOf(column: Column, kind: ResultKind, { rows, count, into }: Wanted): void {
  const { nulls } = column;
  switch (column.kind) {
    case 'int':
    case 'float': {
      const { values } = column;
      const from = kind === 'time' ? BASE_MS : 0;
      for (let i = 0; i < count; i++) into[i] = values[rows[i]!]! - from;
      break;
    }
    case 'text': {
      const { ids, dictionary } = column;
      for (let i = 0; i < count; i++)
        into[i] = isNull(nulls, rows[i]!) ? -1 : numberOfText(dictionary[ids[rows[i]!]!]!);
      return;
    }
    case 'decimal': {
      const { values } = column;
      for (let i = 0; i < count; i++) into[i] = isNull(nulls, rows[i]!) ? -1 : numberOfLarge(Number(values[rows[i]!]!));
      return;
    }
    default:
      throw new Error(`no result has columns of ${column.kind}`);
  }
  if (nulls !== null) for (let i = 0; i < count; i++) if (isNull(nulls, rows[i]!)) into[i] = -1;
}
