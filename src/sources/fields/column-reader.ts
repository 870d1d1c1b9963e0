import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Column } from '../../stream/column.ts';
import { EXACT_LIMIT, nullBitmap, setNull } from '../../stream/column.ts';
import type { DataType } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import type { TimeFormat } from '../event-time.ts';
import type { TimeReader } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import { JsonError, parseJsonTree } from '../json/json-tree.ts';
import { ValueError, jsonToValue } from '../json/json-value.ts';
import { cutText } from '../rejects.ts';
import { decodeLoose } from '../text/utf8-reader.ts';
import { assert } from '../../stream/assert.ts';
import type { BadRows } from './bad-rows.ts';
import type { FieldBlock } from './field-block.ts';
import {
  ABSENT,
  BARE,
  JSON_ESCAPED,
  JSON_NUMBER,
  JSON_STRING,
  JSON_STRUCTURE,
  QUOTED,
  QUOTED_DOUBLED,
} from './field-block.ts';
import { FieldText } from './field-text-reader.ts';
import type { NumberFinding } from './number-reader.ts';
import { readDouble, readLongWhole, readShortWhole, withoutComma } from './number-reader.ts';
import type { ReadNotes } from './read-notes.ts';
import { TextDictionary } from './text-dictionary-reader.ts';

/** What a column reader has to know of its column. */
export interface ColumnLayout {
  readonly name: string;
  readonly type: DataType;
  /** How a TIMESTAMP is written. */
  readonly time: TimeFormat | null;
  /** Texts that mean NULL. */
  readonly nulls: readonly string[];
  readonly decimalComma: boolean;
}

/**
 * Reads one field of every record of a block into a column of one type. A value that is none of the type marks its row
 * as bad; the column then holds anything there. Empty text is NULL, but in STRING columns only when it is not quoted.
 */
export abstract class ColumnReader {
  protected readonly layout: ColumnLayout;
  protected readonly notes: ReadNotes;
  protected readonly text = new FieldText();
  private nulls: Uint8Array | null = null;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    this.layout = layout;
    this.notes = notes;
  }

  abstract read(block: FieldBlock, field: number, bad: BadRows): Column;

  protected setNull(row: number, rows: number): void {
    this.nulls ??= nullBitmap(rows);
    setNull(this.nulls, row);
  }

  protected takeNulls(): Uint8Array | null {
    const nulls = this.nulls;
    this.nulls = null;
    return nulls;
  }

  /** Loads a field that was not read on the fast way. False when it is NULL. */
  protected load(block: FieldBlock, i: number): boolean {
    this.text.take(block, i);
    const kind = block.kinds[i]!;
    const isText = this.layout.type.kind === 'STRING';
    if (!isText) this.text.trim();
    if (this.text.start === this.text.end && !(isText && (kind === QUOTED || kind === JSON_STRING))) return false;
    if (this.layout.nulls.length === 0) return true;
    return !this.layout.nulls.includes(this.text.text() ?? '');
  }

  protected shown(): string {
    return cutText(decodeLoose(this.text.bytes, this.text.start, Math.min(this.text.end, this.text.start + 300)), 80);
  }

  protected markBad(bad: BadRows, row: number, what: string): void {
    bad.mark(row, this.layout.name, `${what}: ${this.shown()}`);
  }
}

/** A reader for a column whose layout was found sound when it was bound. */
export function columnReader(layout: ColumnLayout, notes: ReadNotes): ColumnReader {
  switch (layout.type.kind) {
    case 'DOUBLE':
      return new DoubleReader(layout, notes);
    case 'BIGINT':
      return new BigintReader(layout, notes);
    case 'INT':
      return new IntReader(layout, notes);
    case 'BOOLEAN':
      return new BooleanReader(layout, notes);
    case 'STRING':
      return new TextReader(layout, notes);
    case 'TIMESTAMP':
      return new TimestampReader(layout, notes);
    default:
      return new ValueReader(layout, notes);
  }
}

const isPlainNumber = (kind: number): boolean => kind === BARE || kind === JSON_NUMBER;

class DoubleReader extends ColumnReader {
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

class BigintReader extends ColumnReader {
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

class IntReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds } = block;
    const values = new Int32Array(records);
    for (let row = 0, i = field; row < records; row++, i += width) {
      if (kinds[i] === ABSENT || !this.load(block, i)) {
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

class BooleanReader extends ColumnReader {
  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds } = block;
    const values = new Uint8Array(records);
    for (let row = 0, i = field; row < records; row++, i += width) {
      if (kinds[i] === ABSENT || !this.load(block, i)) {
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

class TextReader extends ColumnReader {
  private readonly dictionary = new TextDictionary();

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const { dictionary } = this;
    const ids = new Int32Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    dictionary.renew();
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      let id: number;
      if ((kind === BARE || kind === QUOTED || kind === JSON_STRING) && !anyNulls) {
        id = dictionary.intern(bytes, starts[i]!, ends[i]!, false);
      } else if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      } else id = dictionary.intern(this.text.bytes, this.text.start, this.text.end, this.text.resolved);
      if (id < 0) {
        this.text.take(block, i);
        this.markBad(bad, row, 'not UTF-8');
      } else ids[row] = id;
    }
    // A column of NULLs alone still needs something that its ids point at.
    if (dictionary.texts.length === 0) dictionary.intern(bytes, 0, 0, true);
    return { kind: 'text', ids, dictionary: dictionary.texts, nulls: this.takeNulls() };
  }
}

class TimestampReader extends ColumnReader {
  private readonly time: TimeReader;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    super(layout, notes);
    const reader = timeReader(layout.time ?? { unit: 'iso', zone: 'UTC' });
    assert(!('of' in reader), 'a time format that was checked');
    this.time = reader;
  }

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const { time } = this;
    const values = new Float64Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if ((kind === BARE || kind === JSON_STRING) && !anyNulls) {
        const value = time.readMs(bytes, starts[i]!, ends[i]!);
        if (value === value) {
          values[row] = value;
          if (time.note !== null && time.note !== 'no-offset') this.note(time.note, block, i, row);
          continue;
        }
      }
      if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      }
      const value = time.readMs(this.text.bytes, this.text.start, this.text.end, kind === JSON_NUMBER);
      if (Number.isNaN(value)) this.markBad(bad, row, time.fault);
      else if (time.note !== null && time.note !== 'no-offset') this.note(time.note, block, i, row);
      values[row] = value;
    }
    return { kind: 'float', values, nulls: this.takeNulls() };
  }

  private note(code: string, block: FieldBlock, i: number, row: number): void {
    this.notes.add(code, this.layout.name, block.lines[row]!, () => {
      this.text.take(block, i);
      return this.shown();
    });
  }
}

/** The types that are rare in files, value by value: DATE, TIME, DECIMAL, BYTES, ARRAY. */
class ValueReader extends ColumnReader {
  private readonly builder: ColumnBuilder;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    super(layout, notes);
    this.builder = columnBuilder(layout.type);
  }

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds } = block;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (kind === ABSENT || !this.load(block, i)) {
        this.builder.appendNull();
        continue;
      }
      const text = this.text.text();
      try {
        if (text === null) throw new ValueError('not UTF-8');
        const isText =
          kind === BARE || kind === QUOTED || kind === QUOTED_DOUBLED || kind === JSON_STRING || kind === JSON_ESCAPED;
        this.builder.append(jsonToValue(isText ? this.textValue(text) : parseJsonTree(text), this.layout.type));
      } catch (error) {
        if (!(error instanceof ValueError) && !(error instanceof JsonError)) throw error;
        this.markBad(bad, row, kind === JSON_STRUCTURE ? error.message : `not ${typeName(this.layout.type)}`);
        this.builder.appendNull();
      }
    }
    return this.builder.finish();
  }

  private textValue(text: string): string | number {
    if (this.layout.type.kind === 'TIME') return clockMs(text);
    if (this.layout.type.kind !== 'DECIMAL' || !this.layout.decimalComma) return text;
    const plain = withoutComma(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 127),
      0,
      text.length,
    );
    if (plain === null) throw new ValueError('not a number');
    return String.fromCharCode(...plain);
  }
}

/** `HH:mm`, `HH:mm:ss` or `HH:mm:ss.SSS` as ms of the day. */
function clockMs(text: string): number {
  const parts = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?$/.exec(text);
  const [hour, minute, second] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3] ?? 0)];
  if (parts === null || hour > 23 || minute > 59 || second > 59) throw new ValueError('not a time of day');
  return hour * 3_600_000 + minute * 60_000 + second * 1000 + Number((parts[4] ?? '0').padEnd(3, '0'));
}
