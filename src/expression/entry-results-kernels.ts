import type { Column, Nulls, TextColumn } from '../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import { asked, askedRow, outputFor } from './column-kernels.ts';
import type { ExprType } from './expr-type.ts';
import type { Frame } from './frame.ts';
import { RowFailure } from './functions/definition.ts';
import type { Space } from './space.ts';

type Call = (text: string) => Value | RowFailure;

/** What became of a dictionary entry. */
const UNDECIDED = 0;
const VALUE = 1;
const NO_VALUE = 2;
/** A dictionary with more entries than this for each row that is asked for is not worth the look at all of it. */
const ENTRIES_PER_ROW = 64;

/** The kernel of a function of one text: called once for each dictionary entry that occurs, as long as it stays the same. */
export function perEntry(call: Call, type: ExprType, space: Space): (column: TextColumn, frame: Frame) => Column {
  const results = resultsFor(type, space);
  const entries = new Entries(call, results);
  return (column, frame) => {
    const isSparse = column.dictionary.length > ENTRIES_PER_ROW * asked(frame);
    if (isSparse && !entries.knows(column.dictionary)) return perRow(column, call, type, frame);
    const nulls = entries.decide(column, frame);
    return results.column(column.ids, nulls, frame);
  };
}

function perRow({ ids, dictionary, nulls }: TextColumn, call: Call, type: ExprType, frame: Frame): Column {
  const output = outputFor(type, frame);
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    output.set(row, isNull(nulls, row) ? null : call(dictionary[ids[row]!]!));
  }
  return output.finish();
}

/** Which entries of the present dictionary are known, and which of them have no value. */
class Entries {
  private readonly call: Call;
  private readonly results: Results;
  private dictionary: readonly string[] | null = null;
  private states = new Uint8Array(64);
  private readonly failures = new Map<number, RowFailure>();

  constructor(call: Call, results: Results) {
    this.call = call;
    this.results = results;
  }

  knows(dictionary: readonly string[]): boolean {
    return dictionary === this.dictionary;
  }

  /** Sees to it that the entry of every row that is asked for is known; the result is NULL where the bitmap says so. */
  decide({ ids, dictionary, nulls }: TextColumn, frame: Frame): Nulls {
    this.begin(dictionary);
    const { states } = this;
    let odd = 0;
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      if (nulls !== null && isNull(nulls, row)) continue;
      const id = ids[row]!;
      let state = states[id]!;
      if (state === UNDECIDED) states[id] = state = this.learn(id, dictionary[id]!);
      odd |= state ^ VALUE;
    }
    return odd === 0 ? nulls : this.withoutValue(ids, nulls, frame);
  }

  private begin(dictionary: readonly string[]): void {
    const { length } = dictionary;
    const had = this.states;
    if (length > had.length) {
      this.states = new Uint8Array(Math.max(length, had.length * 2));
      if (dictionary === this.dictionary) this.states.set(had);
    } else if (dictionary !== this.dictionary) had.fill(UNDECIDED);
    if (dictionary !== this.dictionary) this.failures.clear();
    this.results.begin(length, dictionary !== this.dictionary);
    this.dictionary = dictionary;
  }

  private learn(id: number, text: string): number {
    const result = this.call(text);
    if (result instanceof RowFailure) this.failures.set(id, result);
    else if (result !== null) {
      this.results.keep(id, result);
      return VALUE;
    }
    return NO_VALUE;
  }

  private withoutValue(ids: Int32Array, nulls: Nulls, frame: Frame): Nulls {
    const all = nulls === null ? nullBitmap(frame.length) : nulls.slice();
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      if (isNull(nulls, row) || this.states[ids[row]!] === VALUE) continue;
      setNull(all, row);
      const failure = this.failures.get(ids[row]!);
      if (failure !== undefined) frame.errors.fail(row, failure.message);
    }
    return all;
  }
}

/** The values of dictionary entries. */
interface Results {
  /** Room for `length` entries; nothing is kept of another dictionary. */
  begin(length: number, isOther: boolean): void;
  keep(id: number, value: NonNullable<Value>): void;
  column(ids: Int32Array, nulls: Nulls, frame: Frame): Column;
}

function resultsFor(type: ExprType, space: Space): Results {
  switch (type.kind) {
    case 'STRING':
      return new Texts();
    case 'BOOLEAN':
    case 'INT':
    case 'DATE':
    case 'TIME':
    case 'DOUBLE':
    case 'TIMESTAMP':
      return new Numbers(type.kind, space);
    default:
      return new Values(type);
  }
}

/** Texts of texts: the rows keep their ids, only what these mean changes. */
class Texts implements Results {
  /** By id of the argument's dictionary. Columns hold it, so that another dictionary gets an array of its own. */
  private texts: string[] = [];

  begin(length: number, isOther: boolean): void {
    if (isOther) this.texts = new Array<string>(length).fill('');
    else while (this.texts.length < length) this.texts.push('');
  }

  keep(id: number, value: NonNullable<Value>): void {
    this.texts[id] = value as string;
  }

  column(ids: Int32Array, nulls: Nulls): Column {
    return { kind: 'text', ids, dictionary: this.texts, nulls };
  }
}

class Numbers implements Results {
  private readonly kind: 'bool' | 'int' | 'float';
  private readonly space: Space;
  private numbers = new Float64Array(64);

  constructor(type: 'BOOLEAN' | 'INT' | 'DATE' | 'TIME' | 'DOUBLE' | 'TIMESTAMP', space: Space) {
    this.kind = type === 'BOOLEAN' ? 'bool' : type === 'DOUBLE' || type === 'TIMESTAMP' ? 'float' : 'int';
    this.space = space;
  }

  begin(length: number): void {
    const had = this.numbers;
    if (length <= had.length) return;
    this.numbers = new Float64Array(Math.max(length, had.length * 2));
    this.numbers.set(had);
  }

  keep(id: number, value: NonNullable<Value>): void {
    this.numbers[id] = Number(value);
  }

  column(ids: Int32Array, nulls: Nulls, frame: Frame): Column {
    const { kind, numbers, space } = this;
    if (kind === 'float') return { kind, values: spread(numbers, ids, frame, space.floats(frame)), nulls };
    if (kind === 'int') return { kind, values: spread(numbers, ids, frame, space.ints(frame)), nulls };
    return { kind, values: spread(numbers, ids, frame, space.bytes(frame)), nulls };
  }
}

function spread<T extends Float64Array | Int32Array | Uint8Array>(
  numbers: Float64Array,
  ids: Int32Array,
  { rows, length }: Frame,
  out: T,
): T {
  if (rows === null) for (let row = 0; row < length; row++) out[row] = numbers[ids[row]!]!;
  else for (let i = 0; i < rows.length; i++) out[rows[i]!] = numbers[ids[rows[i]!]!]!;
  return out;
}

/** Values of any other type, by id. */
class Values implements Results {
  private readonly type: ExprType;
  private values: NonNullable<Value>[] = [];

  constructor(type: ExprType) {
    this.type = type;
  }

  begin(_length: number, isOther: boolean): void {
    if (isOther) this.values = [];
  }

  keep(id: number, value: NonNullable<Value>): void {
    this.values[id] = value;
  }

  column(ids: Int32Array, nulls: Nulls, frame: Frame): Column {
    const output = outputFor(this.type, frame);
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      output.set(row, isNull(nulls, row) ? null : this.values[ids[row]!]!);
    }
    return output.finish();
  }
}
