import { assert } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount, withColumns } from '../../stream/batch.ts';
import { nullBitmap, setNull } from '../../stream/column.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import { rowToJson } from '../../stream/value.ts';

/** A row that came to a node: at which input, with which entry, and the how manyeth of that entry, from 0. */
export interface ArrivedRow {
  readonly input: number;
  readonly seq: number;
  readonly nth: number;
}

const INPUTS = 2 ** 6;
const ROWS_OF_ENTRY = 2 ** 21;
const ENTRIES = 2 ** 26;

export function arrivedRow(number: number): ArrivedRow {
  const place = Math.floor(number / INPUTS);
  return { input: number % INPUTS, seq: Math.floor(place / ROWS_OF_ENTRY), nth: place % ROWS_OF_ENTRY };
}

/** Which rows are numbered; the others have NULL. */
export type RowFilter = (batch: Batch, row: number) => boolean;

/**
 * Numbers the rows of one input of a node, so that a number tells which row it is. A row that takes another back, all of
 * it spelled out, has the number of that one: of several that are alike the last.
 */
export class RowNumbers {
  private readonly input: number;
  private readonly type: StreamType;
  private readonly isNumbered: RowFilter;
  private readonly standing: Map<string, number[]> | null;
  /** Of rows that took another back: their own numbers, by those that they have. */
  private readonly takers = new Map<number, number>();
  private seq = -1;
  private nth = 0;

  constructor(input: number, type: StreamType, isNumbered: RowFilter) {
    assert(input < INPUTS, 'inputs that can be numbered');
    this.input = input;
    this.type = type;
    this.isNumbered = isNumbered;
    this.standing = type.changes === 'retract' ? new Map() : null;
  }

  /** The batch with one more column. */
  numbered(batch: Batch): Batch {
    const values = new Float64Array(batch.length);
    const nulls = nullBitmap(batch.length);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const number = this.next(batch.seq[row] ?? -1);
      values[row] = this.standing === null ? number : this.standingNumber(this.standing, batch, row, number);
      if (!this.isNumbered(batch, row)) setNull(nulls, row);
    }
    return withColumns(batch, [...batch.columns, { kind: 'float', values, nulls }]);
  }

  /** The number of the row that came last with a number: it may take back the one whose number that is. */
  ownNumber(number: number): number {
    return this.takers.get(number) ?? number;
  }

  private next(seq: number): number {
    this.nth = seq === this.seq ? this.nth + 1 : 0;
    this.seq = seq;
    assert(seq < ENTRIES && this.nth < ROWS_OF_ENTRY, 'rows that can be numbered');
    return (seq * ROWS_OF_ENTRY + this.nth) * INPUTS + this.input;
  }

  private standingNumber(standing: Map<string, number[]>, batch: Batch, row: number, number: number): number {
    const text = JSON.stringify(rowToJson(batch.columns, this.type.schema, row));
    const numbers = standing.get(text) ?? [];
    standing.set(text, numbers);
    const kind = kindAt(batch, row);
    if (kind === UPDATE_BEFORE || kind === DELETE) {
      const taken = numbers.pop() ?? number;
      this.takers.set(taken, number);
      return taken;
    }
    numbers.push(number);
    return number;
  }
}
