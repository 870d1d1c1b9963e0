import type { Column } from '../../stream/column.ts';
import { EXACT_LIMIT } from '../../stream/column.ts';
import type { BadRows } from './bad-rows.ts';
import { ColumnReader, isPlainNumber } from './column-reader.ts';
import type { FieldBlock } from './field-block.ts';
import { ABSENT, BARE, JSON_FALSE, JSON_TRUE } from './field-block.ts';
import type { NumberFinding } from './number-reader.ts';
import { readDouble, readLongWhole, readShortWhole, withoutComma } from './number-reader.ts';

export class DoubleReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const values = new Float64Array(records);
    const comma = this.layout.decimalComma;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (isPlainNumber(kind) && !comma) {
        const value = readDouble(bytes, starts[i]!, ends[i]!);
        // NaN is not equal to itself; an infinity minus itself is NaN, too.
        if (value - value === 0) {
          values[row] = value;
          if (value > EXACT_LIMIT || value < -EXACT_LIMIT) this.checkExact(block, i, row);
          continue;
        }
      } else if (kind === ABSENT) {
        this.setNull(row, records);
        continue;
      }
      values[row] = this.slow(block, i, row, bad);
    }
    return { kind: 'float', values, nulls: this.takeNulls() };
  }

  private slow(block: FieldBlock, i: number, row: number, bad: BadRows): number {
    if (!this.load(block, i)) {
      this.setNull(row, block.records);
      return 0;
    }
    const { text } = this;
    const plain = this.layout.decimalComma ? withoutComma(text.bytes, text.start, text.end) : null;
    const value =
      this.layout.decimalComma && plain === null
        ? Number.NaN
        : readDouble(plain ?? text.bytes, plain === null ? text.start : 0, plain === null ? text.end : plain.length);
    if (Number.isNaN(value)) this.markBad(bad, row, 'not a number');
    else if (!Number.isFinite(value)) this.markBad(bad, row, 'too large for DOUBLE');
    return value;
  }

  private checkExact(block: FieldBlock, i: number, row: number): void {
    const finding: NumberFinding = { inexact: false };
    readDouble(block.bytes, block.starts[i]!, block.ends[i]!, finding);
    if (!finding.inexact) return;
    this.text.take(block, i);
    this.notes.add('rounded', this.layout.name, block.lines[row]!, () => this.shown());
  }
}

export class BigintReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const values = new Float64Array(records);
    let wide: BigInt64Array | null = null;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (isPlainNumber(kind)) {
        const value = readShortWhole(bytes, starts[i]!, ends[i]!);
        if (value === value) {
          if (wide === null) values[row] = value;
          else wide[row] = BigInt(value);
          continue;
        }
      }
      if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      }
      const exact = this.whole();
      if (exact === null || BigInt.asIntN(64, exact) !== exact) {
        this.markBad(bad, row, exact === null ? 'not a whole number' : 'beyond int64');
        continue;
      }
      const near = Number(exact);
      if (Math.abs(near) > EXACT_LIMIT || BigInt(near) !== exact) {
        this.notes.add('int64', this.layout.name, block.lines[row]!, () => this.shown());
        wide ??= BigInt64Array.from(values, BigInt);
      }
      if (wide === null) values[row] = near;
      else wide[row] = exact;
    }
    const nulls = this.takeNulls();
    return wide === null ? { kind: 'float', values, nulls } : { kind: 'long', values: wide, nulls };
  }

  /** Also `1.0` and `1e3`: other programs write whole numbers so. */
  private whole(): bigint | null {
    const { bytes, start, end } = this.text;
    const exact = readLongWhole(bytes, start, end);
    if (exact !== null) return exact;
    const value = readDouble(bytes, start, end);
    return Number.isSafeInteger(value) ? BigInt(value) : null;
  }
}

export class IntReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const values = new Int32Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (isPlainNumber(kind) && !anyNulls) {
        const value = readShortWhole(bytes, starts[i]!, ends[i]!);
        if ((value | 0) === value) {
          values[row] = value;
          continue;
        }
      }
      if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      }
      const value = readShortWhole(this.text.bytes, this.text.start, this.text.end);
      if ((value | 0) === value) values[row] = value;
      else this.markBad(bad, row, Number.isNaN(value) ? 'not a whole number' : 'beyond 32 bits');
    }
    return { kind: 'int', values, nulls: this.takeNulls() };
  }
}

export class BooleanReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const values = new Uint8Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (kind !== ABSENT && !anyNulls) {
        const truth =
          kind === JSON_TRUE ? 1 : kind === JSON_FALSE ? 0 : kind === BARE ? truthOf(bytes, starts[i]!, ends[i]!) : -1;
        if (truth >= 0) {
          values[row] = truth;
          continue;
        }
      }
      if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      }
      const word = this.shown().toLowerCase();
      if (word === 'true' || word === 't' || word === '1') values[row] = 1;
      else if (word !== 'false' && word !== 'f' && word !== '0') this.markBad(bad, row, 'not true or false');
    }
    return { kind: 'bool', values, nulls: this.takeNulls() };
  }
}

/** 1 for `true`, 0 for `false`, in letters of either case; -1 for all else, short forms included. */
function truthOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 4 && end - start !== 5) return -1;
  const word = end - start === 4 ? TRUE : FALSE;
  for (let i = 0; i < word.length; i++) if ((bytes[start + i]! | 32) !== word[i]) return -1;
  return word === TRUE ? 1 : 0;
}

const TRUE = [116, 114, 117, 101] as const;
const FALSE = [102, 97, 108, 115, 101] as const;
