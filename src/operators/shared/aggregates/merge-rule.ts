import { EXACT_LIMIT, isNull } from '../../../stream/column.ts';
import type { AggregateInput } from './accumulator.ts';
import type { BoundAggregate } from './bound-aggregate.ts';

/**
 * When parts of a window that were aggregated apart may be merged to what adding the rows in order of arrival gives, bit by
 * bit. `always`: where the order cannot show. `whole`: of doubles, while all are whole numbers whose sums stay exact.
 * `no-negative-zero`: of doubles, while none is -0, which an extremum takes for 0 and keeps if it came first.
 */
export type MergeRule = 'always' | 'whole' | 'no-negative-zero' | 'never';

export function mergeRuleOf({ function: name, argument, distinct }: BoundAggregate): MergeRule {
  const isDouble = argument?.type.kind === 'DOUBLE';
  switch (name) {
    case 'count':
      return 'always';
    case 'sum':
    case 'avg':
      // The order in which different values come decides which sum of doubles results.
      return isDouble ? (distinct ? 'never' : 'whole') : 'always';
    case 'min':
    case 'max':
      return isDouble ? (distinct ? 'never' : 'no-negative-zero') : 'always';
    default:
      return 'never';
  }
}

/**
 * Watches the values of one aggregate for as long as merging them is exact. Conservative: sums of whole numbers are
 * taken to be exact while the largest of them times the number of rows is.
 */
export class MergeWatch {
  private readonly rule: MergeRule;
  /** The largest magnitude so far. */
  largest = 0;

  constructor(rule: MergeRule) {
    this.rule = rule;
  }

  /**
   * How many of `rows[from .. to - 1]` may be added while `held` rows are held before them, until one comes that may not:
   * then it is not taken account of, nor are those behind it.
   */
  exactRows(rows: Int32Array, { from, to }: { from: number; to: number }, held: number, input: AggregateInput): number {
    const { column, chosen } = input;
    if (this.rule === 'always' || column?.kind !== 'float') return to - from;
    const { values, nulls } = column;
    if (chosen === null && nulls === null && this.takesAll(values, rows, { from, to }, held + to - from))
      return to - from;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (chosen !== null && chosen[row] === 0) continue;
      if (nulls !== null && isNull(nulls, row)) continue;
      if (!this.takes(values[row]!, held + i - from + 1)) return i - from;
    }
    return to - from;
  }

  /** Whether all values are taken, of which there may then be `most`. Takes account of none where one is not. */
  private takesAll(values: Float64Array, rows: Int32Array, range: { from: number; to: number }, most: number): boolean {
    if (this.rule !== 'whole') return false;
    let { largest } = this;
    let areWhole = true;
    for (let i = range.from; i < range.to; i++) {
      const value = values[rows[i]!]!;
      const size = Math.abs(value);
      if (size > largest) largest = size;
      if (Math.floor(value) !== value) areWhole = false;
    }
    if (!(areWhole && largest * most < EXACT_LIMIT)) return false;
    this.largest = largest;
    return true;
  }

  /** Whether the value may be one of `rows` values. */
  private takes(value: number, rows: number): boolean {
    if (this.rule === 'no-negative-zero') return value !== 0 || 1 / value > 0;
    const largest = Math.max(this.largest, Math.abs(value));
    // Written so that NaN is not taken.
    if (!(largest * rows < EXACT_LIMIT && Math.floor(value) === value)) return false;
    this.largest = largest;
    return true;
  }
}
