import fc from 'fast-check';
import type { Schema, DataType } from '../../stream/types.ts';
import { BIGINT, DOUBLE, INT, STRING, TIMESTAMP, decimal, field, fieldIndex } from '../../stream/types.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Value } from '../../stream/value.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../log.ts';

/** Columns of the scenarios' sources: a key, numbers of every layout, a time. All but `n` may be NULL. */
export const scenarioSchema: Schema = {
  fields: [
    field('k', STRING),
    field('n', INT, false),
    field('b', BIGINT),
    field('d', DOUBLE),
    field('m', decimal(10, 2)),
    field('t', TIMESTAMP),
  ],
};

const WINDOW_MS = 10;
const windowStart: fc.Arbitrary<Value> = fc.integer({ min: -2, max: 8 }).map((number) => number * (WINDOW_MS / 2));

/** The same with the columns of a window of 10 ms that rows came with. */
export const windowedSchema: Schema = {
  fields: [...scenarioSchema.fields, field('window_start', TIMESTAMP, false), field('window_end', TIMESTAMP, false)],
};

/** Columns that a test may aggregate, with their types. */
export const numericColumns = ['n', 'b', 'd', 'm', 't', 'k'] as const;

function valueOf(type: DataType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'STRING':
      return fc.constantFrom('a', 'b', 'c', '', 'ä', '\u{1f600}');
    case 'INT':
      return fc.integer({ min: -9, max: 9 });
    case 'BIGINT':
      return fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -5, max: 5 }) }, { weight: 1, arbitrary: wideNumber });
    case 'DOUBLE':
      return fc.integer({ min: -20, max: 20 }).map((value) => value / 4);
    case 'DECIMAL':
      return fc.integer({ min: -2000, max: 2000 }).map((cents) => digits(cents, type.scale));
    case 'TIMESTAMP':
      return fc.integer({ min: -50, max: 150 });
    default:
      throw new Error(`no values of ${type.kind}`);
  }
}

const wideNumber: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  2 ** 53,
  -(2 ** 53),
  2n ** 62n,
  -(2n ** 62n),
  2n ** 63n - 1n,
);

function digits(cents: number, scale: number): string {
  const text = String(Math.abs(cents)).padStart(scale + 1, '0');
  return `${cents < 0 ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function rowValues({ fields }: Schema): fc.Arbitrary<readonly Value[]> {
  const values = fields.map((column) => {
    const value = column.name === 'window_start' ? windowStart : valueOf(column.type);
    return column.nullable
      ? fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })
      : value;
  });
  const end = fields.findIndex(({ name }) => name === 'window_end');
  return fc
    .tuple(...values)
    .map((row: readonly Value[]) => row.map((value, i) => (i === end ? Number(row[end - 1]) + WINDOW_MS : value)));
}

/** Times near the ends of windows of this grid, where rules go wrong by one, and some anywhere. */
export function eventTime(gridMs: number): fc.Arbitrary<number> {
  const near = fc
    .tuple(fc.integer({ min: -3, max: 8 }), fc.constantFrom(-1, 0, 1))
    .map(([window, beside]) => window * gridMs + beside);
  return fc.oneof(near, fc.integer({ min: -40, max: 120 }));
}

export const watermarkChoice: fc.Arbitrary<WatermarkConfig> = fc.record({
  strategy: fc.constantFrom('per-event', 'per-event', 'periodic', 'punctuated', 'none'),
  delayMs: fc.constantFrom(0, 1, 5, 20),
  intervalMs: fc.constantFrom(100, 200),
  idleMs: fc.constantFrom(0, 0, 100, 250, 400),
  punctuation: fc.constantFrom('n > 2', 't'),
  // Processing times begin at 1000, and event times end at about 200.
  maxAheadMs: fc.constant(0),
});

export const perEvent: fc.Arbitrary<WatermarkConfig> = fc.record({
  strategy: fc.constantFrom('per-event' as const, 'none' as const),
  delayMs: fc.constantFrom(0, 1, 5, 20),
  intervalMs: fc.constant(200),
  idleMs: fc.constant(0),
  maxAheadMs: fc.constant(0),
});

export interface EntryOptions {
  readonly sources: number;
  /** Columns of the rows; `scenarioSchema` where absent. */
  readonly schema?: Schema;
  readonly gridMs: number;
  /** Whether clock entries, statuses and partitions may stand in the log. */
  readonly plain: boolean;
  /** Whether clock entries may stand in the log though it is plain. */
  readonly clock?: boolean;
  /** Whether rows take earlier ones back, or replace those of the same key; they stand by themselves where absent. */
  readonly changes?: Changes;
  /** Columns that tell the rows of an upsert stream apart. */
  readonly key?: readonly string[];
  /** Whether logs are long and clock entries and statuses as common as rows; they are rare when nothing is said. */
  readonly isQuiet?: boolean;
  readonly maxLength: number;
}

/** A log in any order of event time, ended for every source or cut short. */
export function entriesOf(options: EntryOptions): fc.Arbitrary<readonly Entry[]> {
  const { sources, maxLength, changes = 'append', key = [], schema = scenarioSchema } = options;
  const picks = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: changes === 'append' ? 1 : 20 });
  return fc
    .tuple(fc.array(stepOf(options), { maxLength, size: 'max' }), fc.boolean(), picks)
    .map(([steps, ends, numbers]) => {
      const entries = place(steps, ends ? sources : 0);
      if (changes === 'append') return entries;
      if (changes === 'retract') return retracting(entries, numbers);
      return upserting(
        entries,
        numbers,
        key.map((name) => fieldIndex(schema, name)),
      );
    });
}

type RowEntry = Extract<Entry, { readonly kind: 'row' }>;

/** Every third row or so takes back an earlier one that still stands, time and values the same. */
function retracting(entries: readonly Entry[], picks: readonly number[]): readonly Entry[] {
  const standing: RowEntry[] = [];
  return entries.map((entry, i) => {
    if (entry.kind !== 'row') return entry;
    const pick = picks[i % picks.length]!;
    const [former] = pick % 3 === 0 ? standing.splice(pick % Math.max(1, standing.length), 1) : [];
    if (former !== undefined) return { ...former, at: entry.at, op: pick % 2 === 0 ? '-D' : '-U' };
    standing.push(entry);
    return pick % 5 === 0 ? { ...entry, op: '+U' } : entry;
  });
}

/** The first row of a key is new, the others replace it; every fifth or so deletes it. */
function upserting(entries: readonly Entry[], picks: readonly number[], key: readonly number[]): readonly Entry[] {
  const standing = new Set<string>();
  return entries.map((entry, i) => {
    if (entry.kind !== 'row') return entry;
    const id = key.map((column) => String(entry.values[column])).join(' ');
    const deletes = standing.has(id) && picks[i % picks.length]! % 5 === 0;
    const op = deletes ? '-D' : standing.has(id) ? '+U' : '+I';
    if (deletes) standing.delete(id);
    else standing.add(id);
    return { ...entry, op };
  });
}

/** An entry without its processing time, and how long after the one before it stands. */
export type Step = { readonly waitMs: number; readonly entry: Unplaced };
type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'at'> : never) : never;

function stepOf({
  sources,
  schema = scenarioSchema,
  gridMs,
  plain,
  clock: hasClock = false,
  isQuiet = false,
}: EntryOptions): fc.Arbitrary<Step> {
  const source = fc.nat({ max: sources - 1 });
  const partition = fc.nat({ max: plain ? 0 : 1 });
  const row: fc.Arbitrary<Unplaced> = fc
    .tuple(source, eventTime(gridMs), rowValues(schema), partition, fc.nat({ max: 19 }))
    .map(([number, ts, values, part, chance]) => ({
      kind: 'row',
      source: number,
      ts: chance === 0 ? Number.NaN : ts,
      values,
      partition: part,
    }));
  const watermark: fc.Arbitrary<Unplaced> = fc
    .tuple(source, eventTime(gridMs), partition)
    .map(([number, time, part]) => ({ kind: 'watermark', source: number, time, partition: part }));
  const status: fc.Arbitrary<Unplaced> = fc
    .tuple(source, fc.boolean(), partition)
    .map(([number, idle, part]) => ({ kind: 'status', source: number, idle, partition: part }));
  const clock: fc.Arbitrary<Unplaced> = fc.constant({ kind: 'clock' });
  const control: fc.Arbitrary<Unplaced> = fc.nat({ max: 1 }).map((number) => ({ kind: 'control', control: number }));
  const others = plain
    ? [{ weight: 2, arbitrary: watermark }, ...(hasClock ? [{ weight: 3, arbitrary: clock }] : [])]
    : [
        { weight: 2, arbitrary: watermark },
        { weight: isQuiet ? 6 : 1, arbitrary: status },
        { weight: isQuiet ? 20 : 2, arbitrary: clock },
        { weight: 1, arbitrary: control },
      ];
  const entry = fc.oneof({ weight: 12, arbitrary: row }, ...others);
  return fc.record({ waitMs: fc.constantFrom(0, 0, 1, 7, 100, 250), entry });
}

function place(steps: readonly Step[], ends: number): readonly Entry[] {
  let atMs = 1000;
  const entries: Entry[] = steps.map(({ waitMs, entry }) => {
    atMs += waitMs;
    return { ...entry, at: atMs };
  });
  for (let source = 0; source < ends; source++) entries.push({ kind: 'end', source, at: atMs });
  return entries;
}
