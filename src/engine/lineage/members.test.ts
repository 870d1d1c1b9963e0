import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OperatorKind } from '../../operators/operator.ts';
import { OPERATOR_KINDS } from '../../operators/operator.ts';
import { dialectNamed } from '../../operators/dialects/dialects.ts';
import { lawSeed } from '../../testing/check-laws.ts';
import { explainedScenario } from '../../testing/explained-run.ts';
import type { Entry } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID } from '../../testing/scenario.ts';
import { scenarioOf } from '../../testing/scenarios/scenarios.ts';
import { runLog } from '../../testing/transcript.ts';
import type { Json, Value } from '../../stream/value.ts';
import { toJson } from '../../stream/value.ts';
import type { ResultRecord } from '../result-records.ts';
import { lineageOf } from './lineage.ts';

const RUNS = Number(process.env['LINEAGE_RUNS'] ?? 15);

type Config = Readonly<Record<string, unknown>>;
type Row = Extract<Entry, { kind: 'row' }>;
type Tamper = (events: readonly number[], rows: number) => readonly number[];

const COUNTED: ReadonlySet<string> = new Set(['window', 'aggregate', 'over']);

/** The scenario with a count of rows beside its aggregates: what the operator itself says of how many rows are in a result. */
function counting(scenario: Scenario): Scenario {
  const config = scenario.config as Config;
  if (!COUNTED.has(scenario.kind) || config['result'] === 'rows') return scenario;
  const aggregates = [
    ...((config['aggregates'] as readonly unknown[] | undefined) ?? []),
    { name: 'all_rows', function: 'count' },
  ];
  return { ...scenario, config: { ...config, aggregates } };
}

/** Values of a row by column, as results write them. */
function jsonOf({ sources }: Scenario, { source, values }: Row): Readonly<Record<string, Json>> {
  const { fields } = sources[source]!.schema;
  return Object.fromEntries(fields.map(({ name, type }, i) => [name, toJson(values[i] as Value, type)]));
}

function isAlike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What must hold of the events of a result by the definition of its kind, each by a look at the log as it was written. */
function checkByDefinition(scenario: Scenario, record: ResultRecord, events: readonly number[]): void {
  const rows = events.map((seq) => scenario.entries[seq] as Row);
  expect(new Set(events).size).toBe(events.length);
  for (const [i, row] of rows.entries()) {
    expect(row.kind).toBe('row');
    expect(events[i]).toBeLessThanOrEqual(record.seq);
  }
  const own = rows.map((row) => jsonOf(scenario, row));
  const config = scenario.config as Config;
  const isCounted = 'all_rows' in record.row;
  if (isCounted) {
    expect(events.length).toBe(record.row['all_rows']);
    checkGroup(scenario, record, rows);
  } else if (scenario.kind.startsWith('join.') && scenario.sources.length === 2) checkPair(scenario, record, rows);
  else if (scenario.kind !== 'pattern' && scenario.kind !== 'sink') {
    expect(events.length).toBe(1);
    if (scenario.kind === 'map' || scenario.kind === 'flat-map' || scenario.kind === 'assign-timestamps') return;
    for (const [name, value] of Object.entries(own[0]!)) expect(record.row[name]).toEqual(value);
  } else if (scenario.kind === 'pattern') {
    for (const name of (config['keys'] as readonly string[] | undefined) ?? []) {
      for (const each of own) expect(each[name]).toEqual(record.row[name]);
    }
  }
}

/** All of them have the key of the result and a time in its window, and, but for what was taken back or late, all such are there. */
function checkGroup(scenario: Scenario, { row: result, window, seq }: ResultRecord, rows: readonly Row[]): void {
  const config = scenario.config as Config;
  const isGrouped = !('groupingSets' in config);
  const keys = isGrouped ? ((config['keys'] as readonly string[] | undefined) ?? []) : [];
  const hasKey = (row: Row): boolean => keys.every((name) => isAlike(jsonOf(scenario, row)[name], result[name]));
  const { machine } = dialectNamed(scenario.dialect ?? 'flink-datastream').windows;
  const isInclusive = machine === 'stores' && (config['kind'] === 'session' || config['kind'] === 'sliding');
  const isBounded = window !== null && scenario.timeDomain !== 'processing' && config['kind'] !== 'inherited';
  const isIn = ({ ts }: Row): boolean =>
    !isBounded || (ts >= window[0] && (ts < window[1] || (isInclusive && ts === window[1])));
  for (const row of rows) {
    expect(hasKey(row)).toBe(true);
    expect(isIn(row)).toBe(true);
  }
  const all = scenario.entries.filter((entry, i) => entry.kind === 'row' && i <= seq && hasKey(entry) && isIn(entry));
  expect(rows.length).toBeLessThanOrEqual(all.length);
}

/** One row of each side that the result shows, with its values; a missing side is told by a column that is never NULL. */
function checkPair(scenario: Scenario, record: ResultRecord, rows: readonly Row[]): void {
  const names = Object.keys(record.row);
  const widths = scenario.sources.map(({ schema }) => schema.fields.length);
  const first = names.length - widths[0]! - widths[1]!;
  const sides = first < 0 ? [0] : [0, 1];
  for (const side of sides) {
    const { fields } = scenario.sources[side]!.schema;
    const from = first < 0 ? 0 : first + (side === 0 ? 0 : widths[0]!);
    const values = fields.map((_, i) => record.row[names[from + i]!]);
    const isThere = fields.some(({ nullable }, i) => !nullable && values[i] !== null);
    const own = rows.filter(({ source }) => source === side);
    expect(own.length).toBe(isThere ? 1 : 0);
    if (isThere) expect(Object.values(jsonOf(scenario, own[0]!))).toEqual(values);
  }
  if (first < 0) expect(rows.every(({ source }) => source === 0)).toBe(true);
  const { lowerMs, upperMs } = scenario.config as { readonly lowerMs?: number; readonly upperMs?: number };
  if (scenario.kind !== 'join.interval' || rows.length < 2 || scenario.timeDomain === 'processing') return;
  const apartMs = rows.find(({ source }) => source === 1)!.ts - rows.find(({ source }) => source === 0)!.ts;
  expect(apartMs >= lowerMs! && apartMs <= upperMs!).toBe(true);
}

async function check(given: Scenario, picks: readonly number[], tamper: Tamper = (events) => events): Promise<number> {
  const { surroundings: _left, ...alone } = counting(given);
  let run: ReturnType<typeof explainedScenario>;
  try {
    run = explainedScenario(alone);
  } catch {
    // The definition does not take one more aggregate.
    return 0;
  }
  const lines = runLog(run.plan, run.log).transcript.results;
  const records = lines
    .map((line) => JSON.parse(line) as ResultRecord)
    .filter(({ node, op }) => node === 'sink-out' && (op === '+I' || op === '+U'));
  for (const pick of picks.slice(0, 3)) {
    if (records.length === 0) return 0;
    const record = records[pick % records.length]!;
    const all = lines.map((line) => JSON.parse(line) as ResultRecord).filter(({ node }) => node === 'sink-out');
    const ofEntry = all.filter(({ seq }) => seq === record.seq);
    const lineage = await lineageOf(run, {
      nodeId: OPERATOR_ID,
      seq: record.seq,
      nth: ofEntry.findIndex((each) => isAlike(each, record)),
    });
    expect(lineage).not.toBeNull();
    checkByDefinition(alone, record, tamper(lineage!.events, run.log.length));
  }
  return records.length;
}

function property(kind: OperatorKind, tamper?: Tamper): fc.IAsyncProperty<unknown> {
  const picks = fc.array(fc.nat(1000), { minLength: 3 });
  return fc.asyncProperty(scenarioOf(kind, true), picks, async (scenario, chosen) => {
    await check(scenario, chosen, tamper);
  });
}

describe('the events of a result are all that are in it by definition', () => {
  const kinds = OPERATOR_KINDS.filter((kind) => kind !== 'sink');
  test.each(kinds)('%s', { timeout: 240_000 }, async (kind) => {
    const numRuns = kind === 'window' ? 4 * RUNS : RUNS;
    await fc.assert(property(kind), { numRuns, seed: lawSeed, endOnFailure: false });
  });

  test.each(['window', 'aggregate', 'over', 'dedup', 'join.interval'] as const)(
    '%s: one that is missing, or another one in its place, is found',
    { timeout: 240_000 },
    async (kind) => {
      const missing = property(kind, (events) => events.slice(1));
      await expect(fc.assert(missing, { numRuns: 60, seed: lawSeed, endOnFailure: true })).rejects.toThrow();
      const other = property(kind, (events, rows) => events.map((seq) => (seq * 7 + 3) % rows));
      await expect(fc.assert(other, { numRuns: 60, seed: lawSeed, endOnFailure: true })).rejects.toThrow();
    },
  );
});
