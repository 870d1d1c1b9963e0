import fc from 'fast-check';
import type { Schema, DataType } from '../../stream/types.ts';
import { BIGINT, DOUBLE, INT, STRING, TIMESTAMP, decimal, field } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../log.ts';
import type { EntryStream } from './changes.ts';
import { asChanges } from './changes.ts';

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

/** The same without any NULL. */
export const fullSchema: Schema = {
  fields: scenarioSchema.fields.map((column) => ({ ...column, nullable: false })),
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
    case 'BOOLEAN':
      return fc.boolean();
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
export function eventTime(gridMs: number, startMs = 0): fc.Arbitrary<number> {
  const near = fc
    .tuple(fc.integer({ min: -3, max: 8 }), fc.constantFrom(-1, 0, 1))
    .map(([window, beside]) => window * gridMs + beside);
  return fc.oneof(near, fc.integer({ min: -40, max: 120 })).map((time) => startMs + time);
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
  /** One a source; rows of `scenarioSchema` that stand by themselves where absent. */
  readonly streams?: readonly EntryStream[];
  readonly gridMs: number;
  /** By how much all event times are later, ms; 0 where absent. */
  readonly startMs?: number;
  /** Whether clock entries, statuses and partitions may stand in the log. */
  readonly plain: boolean;
  /** Whether clock entries may stand in the log though it is plain. */
  readonly clock?: boolean;
  /** Whether logs are long and clock entries and statuses as common as rows; they are rare when nothing is said. */
  readonly isQuiet?: boolean;
  readonly maxLength: number;
}

const PLAIN_STREAM: EntryStream = { schema: scenarioSchema, changes: 'append', key: [], hasUnknown: false };

/** A log in any order of event time, ended for every source or cut short. */
export function entriesOf(options: EntryOptions): fc.Arbitrary<readonly Entry[]> {
  const { sources, maxLength, streams = Array.from({ length: sources }, () => PLAIN_STREAM) } = options;
  const isPlain = streams.every(({ changes }) => changes === 'append');
  const picks = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: isPlain ? 1 : 20 });
  return fc
    .tuple(fc.array(stepOf(options, streams), { maxLength, size: 'max' }), fc.boolean(), picks)
    .map(([steps, ends, numbers]) => asChanges(place(steps, ends ? sources : 0), streams, numbers));
}

/** An entry without its processing time, and how long after the one before it stands. */
export type Step = { readonly waitMs: number; readonly entry: Unplaced };
type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'at'> : never) : never;

function stepOf(
  { sources, gridMs, startMs = 0, plain, clock: hasClock = false, isQuiet = false }: EntryOptions,
  streams: readonly EntryStream[],
): fc.Arbitrary<Step> {
  const source = fc.nat({ max: sources - 1 });
  const partition = fc.nat({ max: plain ? 0 : 1 });
  const schemas = [...new Set(streams.map(({ schema }) => schema))];
  const rows = fc.tuple(...schemas.map(rowValues)) as fc.Arbitrary<readonly (readonly Value[])[]>;
  const row: fc.Arbitrary<Unplaced> = fc
    .tuple(source, eventTime(gridMs, startMs), rows, partition, fc.nat({ max: 19 }))
    .map(([number, ts, values, part, chance]) => ({
      kind: 'row',
      source: number,
      ts: chance === 0 ? Number.NaN : ts,
      values: values[schemas.indexOf(streams[number]!.schema)]!,
      partition: part,
    }));
  const watermark: fc.Arbitrary<Unplaced> = fc
    .tuple(source, eventTime(gridMs, startMs), partition)
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
