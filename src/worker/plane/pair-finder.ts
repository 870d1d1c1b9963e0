import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Field } from '../../stream/types.ts';
import { cell, toJson } from '../../stream/value.ts';
import type { PlanePairs } from '../plane-protocol.ts';
import { floats, words } from './number-list.ts';

/** Rows that are remembered of each side; pairs with older ones are counted and not drawn. */
const KEPT_ROWS = 250_000;
const MOST_PAIRS = 300_000;

/** A row that came in, by what it holds: two generations, so that the oldest go without a look at each. */
class Remembered {
  private newer = new Map<number, number>();
  private older = new Map<number, number>();

  put(hash: number, point: number): void {
    if (this.newer.size >= KEPT_ROWS / 2) {
      this.older = this.newer;
      this.newer = new Map();
    }
    this.newer.set(hash, point);
  }

  find(hash: number): number {
    return this.newer.get(hash) ?? this.older.get(hash) ?? -1;
  }
}

/**
 * Finds which rows a result of a join is made of, by what they hold: its columns are those of the left row, then those of
 * the right one. Rows of one side that are alike in every column are taken for the newest of them.
 */
export class PairFinder {
  private readonly fields: readonly [readonly Field[], readonly Field[]];
  private readonly sides = [new Remembered(), new Remembered()] as const;
  private readonly texts = new WeakMap<readonly string[], number[]>();
  private left = words();
  private right = words();
  private seq = floats();
  private atMs = floats();
  private told = 0;
  found = 0;
  notTold = 0;

  constructor(left: readonly Field[], right: readonly Field[]) {
    this.fields = [left, right];
  }

  row(side: 0 | 1, batch: Batch, row: number, point: number): void {
    this.sides[side].put(this.hash(this.fields[side], batch.columns, row), point);
  }

  /** Results, once all rows of their round were told. `atOf`: the processing time of an entry. */
  results(batch: Batch, fromSeq: number, atOf: (seq: number) => number): void {
    const width = this.fields[0].length;
    const lefts = batch.columns.slice(0, width);
    const rights = batch.columns.slice(width);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const seq = batch.seq[row] ?? 0;
      if (seq < fromSeq || isPadded(lefts, row) || isPadded(rights, row)) continue;
      this.found++;
      const left = this.sides[0].find(this.hash(this.fields[0], lefts, row));
      const right = this.sides[1].find(this.hash(this.fields[1], rights, row));
      if (left < 0 || right < 0 || this.told === MOST_PAIRS) {
        this.notTold++;
        continue;
      }
      this.told++;
      this.left.push(left);
      this.right.push(right);
      this.seq.push(seq);
      this.atMs.push(atOf(seq));
    }
  }

  take(): PlanePairs | null {
    const { length } = this.left;
    if (length === 0) return null;
    return {
      length,
      left: this.left.take(),
      right: this.right.take(),
      seq: this.seq.take(),
      atMs: this.atMs.take(),
    };
  }

  /** 53 bits of what the columns hold at a row. */
  private hash(fields: readonly Field[], columns: readonly Column[], row: number): number {
    let low = 0x811c9dc5;
    let high = 0x2545f491;
    fields.forEach((field, i) => {
      const column = columns[i];
      if (column === undefined) return;
      const value = this.hashCell(column, field, row);
      low = Math.imul(low ^ value, 0x01000193) ^ (low >>> 15);
      high = Math.imul(high ^ value, 0x5bd1e995) ^ (high >>> 13);
    });
    return (low >>> 0) * 0x20_0000 + (high & 0x1f_ffff);
  }

  private hashCell(column: Column, field: Field, row: number): number {
    if (isNull(column.nulls, row)) return 0x9e3779b9;
    if (column.kind === 'int') return column.values[row] ?? 0;
    if (column.kind === 'float') return hashNumber(column.values[row] ?? 0);
    if (column.kind === 'long') return hashNumber(Number(column.values[row] ?? 0));
    if (column.kind !== 'text') return hashText(JSON.stringify(toJson(cell(column, field.type, row), field.type)));
    let known = this.texts.get(column.dictionary);
    if (known === undefined) this.texts.set(column.dictionary, (known = []));
    const id = column.ids[row] ?? 0;
    return (known[id] ??= hashText(column.dictionary[id] ?? ''));
  }
}

/** Whether a side is missing: rows without partner have NULL in all its columns. */
function isPadded(columns: readonly Column[], row: number): boolean {
  return columns.length > 0 && columns.every((column) => isNull(column.nulls, row));
}

const bits = new Float64Array(1);
const halves = new Uint32Array(bits.buffer);

function hashNumber(value: number): number {
  bits[0] = value;
  // One layout or another: 3 and 3.0 are the same bits here.
  return Math.imul(halves[0] ?? 0, 0x85ebca6b) ^ (halves[1] ?? 0);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
