import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Case, Json } from './case.ts';
import { isObject, isQuery, isVector, readCases } from './case.ts';
import { attempt, judge } from './conform.ts';
import { runGraph } from './run-graph.ts';

const directory = new URL('cases/', import.meta.url);

/** Operators and steps of pipelines whose cases must pass: engine, type, API. */
const LANDED: ReadonlySet<string> = new Set([
  'flink assignWindows DataStream',
  'flink assignWindows SQL',
  'kafka-streams assignWindows Streams DSL',
  'beam assignWindows Beam',
  'flink mergeSessionWindows DataStream',
  'beam lateFilter Beam',
  'flink watermarkGenerator',
  'flink watermarkMerge',
  'flink watermarkMultiplexer',
  'flink idlenessTimer',
  'flink assignTimestampsAndWatermarks DataStream',
  'flink assignTimestampsAndWatermarks SQL',
  'flink windowTableFunction SQL window TVF',
  'flink windowAggregate DataStream',
  'flink windowAggregate SQL window TVF aggregate',
  'flink windowAggregate SQL group window (legacy)',
  'kafka-streams windowAggregate Streams DSL',
  'kafka-streams suppress',
  'kafka-streams suppress Streams DSL',
  'beam windowAggregate Beam GroupByKey/Combine',
  'flink intervalJoin DataStream',
  'flink deduplicate SQL',
  'flink topN SQL',
  'flink intervalJoin SQL',
  'flink windowJoin SQL',
  'kafka-streams streamStreamJoin Streams DSL',
  'flink regularJoin SQL',
  'flink temporalJoin SQL',
  'flink lookupJoin SQL',
  'kafka-streams streamTableJoin',
  'kafka-streams streamTableJoin Streams DSL',
  'kafka-streams tableTableJoin',
  'kafka-streams tableTableJoin Streams DSL',
  'flink-sql filter',
  'flink-sql project',
  'flink-sql windowAssign',
  'flink-sql windowAggregate',
  'flink-sql aggregate',
  'flink-sql dedup',
  'flink-sql topN',
  'flink-sql over',
  'flink-sql union',
  'flink-sql join interval',
  'flink-sql join window',
  'flink-sql join regular',
  'flink-sql join temporal',
]);

/** Cases that must not pass, by id, with the reason. */
const EXCEPT: ReadonlyMap<string, string> = new Map([
  ['flink.ds.tumbling.cleanupOverflow', 'a time that a double cannot hold is refused'],
  ['flink/RankITCase/testTopNWithoutDeduplicate', 'a sink behind it puts rows by their rank, whatever their category'],
]);

const all = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort()
  .flatMap((name) => {
    const read = readCases(readFileSync(new URL(name, directory), 'utf8'));
    if (typeof read === 'string') throw new Error(`${name} ${read}`);
    return read;
  });
const landed = all.filter((each) => kindsOf(each).every((kind) => LANDED.has(kind)));

/** What a case needs. */
function kindsOf(given: Case): readonly string[] {
  if (isVector(given)) {
    const { type, api = '' } = given.operator;
    return [`${given.engine} ${String(type)} ${String(api)}`.trim()];
  }
  const steps = isQuery(given) ? given.pipeline['steps'] : null;
  return Array.isArray(steps)
    ? steps.filter(isObject).map(({ op, join, windowed }) => {
        const type = isObject(join) ? ` ${String(join['type'])}` : '';
        return `${given.engine} ${String(op)}${type}${windowed === true ? ' windowed' : ''}`;
      })
    : [];
}

describe('the engine agrees with recorded answers', () => {
  test.each([...LANDED])('%s', async (kind) => {
    const failures: string[] = [];
    for (const given of landed.filter((each) => kindsOf(each).includes(kind))) {
      const { id, passed, reason = '' } = judge(given, await attempt(given));
      if (passed === EXCEPT.has(id)) failures.push(passed ? `${id} passes` : `${id}: ${reason}`);
    }
    expect(failures).toEqual([]);
  });
});

test('one value flipped in each of fifty cases fails fifty', async () => {
  const checked = landed.filter(({ id, expected }) => !EXCEPT.has(id) && valuesIn(expected).length > 0);
  const every = Math.max(1, Math.floor(checked.length / 50));
  const chosen = checked.filter((_, i) => i % every === 0).slice(0, 50);
  const passing: string[] = [];
  for (const [i, given] of chosen.entries()) {
    const flipped = withOneFlipped(given, i);
    if (judge(flipped, await attempt(flipped)).passed) passing.push(given.id);
  }
  expect(chosen).toHaveLength(50);
  expect(passing).toEqual([]);
});

test('how the log is cut into rounds cannot be seen in any case', { timeout: 120_000 }, async () => {
  const seen: string[] = [];
  for (const given of landed) {
    const { graph } = await attempt(given);
    if (graph === null) continue;
    const [steps, ...others] = await Promise.all([1, 7, 4096].map((entries) => runGraph(graph, entries)));
    for (const other of others) {
      const isSame = JSON.stringify([other.results, other.drops]) === JSON.stringify([steps!.results, steps!.drops]);
      if (!isSame) seen.push(given.id);
    }
  }
  expect(seen).toEqual([]);
});

test('what a case expects cannot change what comes out', async () => {
  for (const given of landed.slice(0, 20)) {
    const { actual } = await attempt(given);
    const { actual: again } = await attempt({ ...given, expected: [], expectedDropped: 77 });
    expect(again).toEqual(actual);
  }
});

test('a case that has no answer yet runs too', async () => {
  const { expected: _expected, ...rest } = landed[0]!;
  const given = rest as Case;
  expect(judge(given, await attempt(given))).toEqual({ id: given.id, passed: true });
});

test('a case that cannot be expressed has failed, and says why', async () => {
  const broken = { id: 'x', engine: 'flink', operator: { type: 'spiralJoin' }, inputs: [], expected: [] };
  expect(judge(broken, await attempt(broken))).toEqual({
    id: 'x',
    passed: false,
    reason: 'not available yet: spiralJoin',
  });
});

test('the runner asks neither kernels nor references', () => {
  const root = new URL('.', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const asking = files.filter((name) => {
    const text = readFileSync(new URL(name, root), 'utf8');
    return /from '[^']*(kernels?|references?|reference-[a-z-]*)\.ts'/.test(text);
  });
  expect(files.length).toBeGreaterThan(10);
  expect(asking).toEqual([]);
});

type Path = readonly (string | number)[];

/** Where the single values of some JSON stand. */
function valuesIn(value: Json | undefined, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [path];
  const entries = Array.isArray(value) ? value.map((item: Json, i) => [i, item] as const) : Object.entries(value);
  return entries.flatMap(([name, item]) => valuesIn(item, [...path, name]));
}

/** The case with one of the values that it expects made another; which one goes by `salt`. */
function withOneFlipped(given: Case, salt: number): Case {
  // A time that is null in a pipeline's answer says that nobody looked.
  const paths = valuesIn(given.expected).filter(
    (path) => !(isQuery(given) && path.at(-1) === 'ts') && path.at(-1) !== 'firedAt',
  );
  const path = paths[(salt * 7919) % paths.length]!;
  return { ...given, expected: flipped(given.expected, path) as Case['expected'] & object };
}

function flipped(value: Json | undefined, [name, ...rest]: Path): Json {
  if (name === undefined) {
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return value === null || value === undefined ? 1 : `${JSON.stringify(value)}x`;
  }
  if (Array.isArray(value)) return value.map((item: Json, i) => (i === name ? flipped(item, rest) : item));
  return isObject(value) ? { ...value, [name]: flipped(value[name], rest) } : null;
}
