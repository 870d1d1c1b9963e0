import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KernelFactory, OperatorKind } from '../operators/operator.ts';
import { kernels } from '../operators/kernels.ts';
import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { Plan, PlannedNode } from '../pipeline/plan.ts';
import { rowAt, rowCount } from '../stream/batch.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import { BIGINT, DOUBLE, INT, STRING, field } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { rowToJson } from '../stream/value.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from '../testing/log.ts';
import { logOf } from '../testing/log.ts';
import { bindOperator, sinkNode, sourceNode } from '../testing/planned-nodes.ts';
import { emptyTranscript, recorder } from '../testing/transcript.ts';
import { Engine } from './engine.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { KernelRegistry } from './node.ts';

const runs = Number(process.env['DEFER_RUNS'] ?? 400);
const seed = Number(process.env['LAW_SEED'] ?? 20261);

const schema = { fields: [field('k', STRING), field('v', BIGINT), field('d', DOUBLE), field('i', INT)] };

/** By column: what a map makes of it. Some fail for some rows. */
const FORMULAS = {
  k: ['UPPER(k)', "k || 'x'", 'CAST(i AS STRING)', "CASE WHEN d > 1 THEN k WHEN i < 0 THEN 'low' END"],
  v: ['v % 7', 'v * 3 - i', 'CAST(i AS BIGINT) / v', 'COALESCE(v, 5)'],
  d: ['d * 2 + 1', 'd - i', '3 * d', 'CASE WHEN d > 1 AND i < 3 THEN d ELSE d / 4 END'],
  i: ['i + 1', '10 / i', 'i * 2 - 3', 'CAST(v % 5 AS INT)', 'CASE WHEN d > 0 THEN i ELSE 4 / (i % 2) END'],
};
type Name = keyof typeof FORMULAS;
const NAMES = Object.keys(FORMULAS) as Name[];
const PREDICATES = [
  'd >= 1',
  'd > -2 AND i < 3',
  'v % 2 = 0',
  "k = 'a' OR k IS NULL",
  '10 / i > 1',
  'i <> 3 AND 12 / v > 0 AND d < 4',
  'v IS NOT NULL',
  'FALSE',
];

interface Step {
  readonly kind: 'filter' | 'map' | 'split';
  /** Which output before it feeds it. */
  readonly from: number;
  /** Picks predicates, formulas and the order of columns. */
  readonly picks: readonly number[];
  /** Whether a sink reads its outputs beside whatever else does. */
  readonly isWatched: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('filter' as const, 'map' as const, 'map' as const, 'split' as const),
  // Chains are what it is about; branches are there, too.
  from: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
  picks: fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }),
  isWatched: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const value = (arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.option(arbitrary, { freq: 6, nil: null });
const row: fc.Arbitrary<readonly Value[]> = fc.tuple(
  value(fc.constantFrom('a', 'b', 'low')),
  value(fc.integer({ min: -3, max: 6 })),
  value(fc.integer({ min: -3, max: 6 })),
  value(fc.integer({ min: -3, max: 6 })),
);

interface Setting {
  readonly steps: readonly Step[];
  readonly rows: readonly (readonly Value[])[];
  readonly cut: number;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 8 }),
  rows: fc.oneof(
    fc.array(row, { minLength: 1, maxLength: 20 }),
    // Long enough for bitmaps of several bytes and for rows that are few among many.
    fc.array(row, { minLength: 64, maxLength: 150 }),
  ),
  cut: fc.nat(30),
});

function configOf({ kind, picks }: Step): unknown {
  const predicate = PREDICATES[picks[0]! % PREDICATES.length];
  if (kind !== 'map') return { predicate };
  const computed = NAMES.filter((_, i) => picks[i]! % 3 === 0);
  const rotated = NAMES.map((_, i) => NAMES[(i + picks[0]!) % NAMES.length]!);
  const columns = rotated.map((name) => {
    const formulas = FORMULAS[name];
    return { name, expression: computed.includes(name) ? formulas[picks[1]! % formulas.length] : name };
  });
  if (picks[2]! % 2 === 0) return { columns, keep: 'listed' };
  const some = columns.filter(({ name }) => computed.includes(name));
  return { columns: some.length > 0 ? some : columns.slice(0, 1), keep: 'all' };
}

function planOf({ steps }: Setting): Plan {
  const type = { schema, changes: 'append' as const, key: null, eventTime: true };
  const nodes: PlannedNode[] = [sourceNode(0, type, watermarkConfig.parse({ strategy: 'none' }))];
  const outputs = [{ type: nodes[0]!.outputs.out!, fromNode: 0, fromPort: 'out' as OutputPortName }];
  const read = new Set<number>();
  steps.forEach((one, i) => {
    const at = Math.max(0, outputs.length - 1 - (one.from % outputs.length));
    if (!one.isWatched) read.add(at);
    const feed = outputs[at]!;
    const config = configOf(one);
    const node = bindOperator({ id: `${one.kind}-${i}`, kind: one.kind, config, feeds: [feed], dialect: 'flink-sql' });
    const index = nodes.push(node) - 1;
    for (const port of Object.keys(node.outputs) as OutputPortName[])
      outputs.push({ type: node.outputs[port]!, fromNode: index, fromPort: port });
  });
  outputs.forEach((feed, i) => {
    if (i > 0 && !read.has(i)) nodes.push(sinkNode(`sink-${i}`, feed));
  });
  return {
    dialect: dialectNamed('flink-sql'),
    timeDomain: 'event',
    seed: 1,
    end: 'flush',
    nodes,
    sources: [0],
  };
}

/** Kernels that hand on no batch whose columns wait. */
const eager = Object.fromEntries(
  Object.entries(kernels).map(([kind, make]) => [
    kind,
    (request: never) => Object.assign(make(request), { defer: undefined, takesDeferred: false }),
  ]),
) as unknown as KernelRegistry;

/** Everything that a run told, rejected rows with what they held, and the ledger. */
function told(one: Setting, registry: KernelRegistry, listens = false): unknown {
  const plan = planOf(one);
  const entries = one.rows.map((values, i): Entry => ({ kind: 'row', at: i, source: 0, ts: i, values }));
  const log = logOf(entries, [schema]);
  const transcript = emptyTranscript(plan);
  const outputs: string[] = [];
  const engine = new Engine(
    plan,
    {
      ...recorder(plan, transcript),
      rejected: (node, { batch, row: at, type, message }) => {
        const held = JSON.stringify(rowToJson(batch.columns, type.schema, at));
        transcript.rejections.push(`${node} ${batch.seq[at]!} ${message} ${held}`);
      },
      ...(listens ? { output: (node, port, batch) => void outputs.push(shown(plan, node, port, batch)) } : {}),
    },
    registry,
  );
  const cut = Math.min(one.cut, log.length);
  for (const [from, to] of [
    [0, cut],
    [cut, log.length],
  ] as const)
    if (from < to) engine.run(cutSlice(log, from, to));
  return { transcript, outputs, ledger: [...engine.ledger()] };
}

function shown(plan: Plan, node: number, port: OutputPortName, batch: Parameters<typeof rowCount>[0]): string {
  const fields = plan.nodes[node]!.outputs[port]!.schema;
  const rows = Array.from({ length: rowCount(batch) }, (_, i) => rowToJson(batch.columns, fields, rowAt(batch, i)));
  return `${node} ${port} ${JSON.stringify(rows)}`;
}

describe('chains of filters, maps and splits', () => {
  test('tell the same whether columns wait or not', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(setting, (one) => {
        expect(told(one, kernels)).toEqual(told(one, eager));
      }),
      { numRuns: runs, seed },
    );
  });

  test('and somebody who listens to what each node emits hears the same', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(setting, (one) => {
        expect(told(one, kernels, true)).toEqual(told(one, eager, true));
      }),
      { numRuns: Math.ceil(runs / 2), seed },
    );
  });

  test('a map that forgets to compute what can fail is found', { timeout: 600_000 }, () => {
    const forgetful: KernelFactory<never> = (request) => kernels.map(neverFailing(request as never));
    const broken: KernelRegistry = { ...kernels, map: forgetful };
    const outcome = fc.check(
      fc.property(setting, (one) => {
        expect(told(one, broken)).toEqual(told(one, eager));
      }),
      { numRuns: 2000, seed, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});

/** As if no expression of the map could fail. */
function neverFailing(request: never): never {
  const { bound, ...rest } = request as unknown as {
    bound: { columns: readonly (number | { canFail: boolean })[] };
  };
  const columns = bound.columns.map((column) => (typeof column === 'number' ? column : { ...column, canFail: false }));
  return { ...rest, bound: { ...bound, columns } } as never;
}

const KINDS: readonly OperatorKind[] = ['filter', 'map', 'split'];
test.each(KINDS)('a %s takes columns that wait', (kind) => {
  const config = kind === 'map' ? { columns: [{ name: 'k', expression: 'k' }] } : { predicate: 'TRUE' };
  const type = { schema, changes: 'append' as const, key: null, eventTime: true };
  const feeds = [{ type, fromNode: 0, fromPort: 'out' as const }];
  const { bound, outputs } = bindOperator({ id: kind, kind, config, feeds, dialect: 'flink-sql' });
  const made = kernels[kind]({
    bound,
    inputs: [type],
    outputs,
    dialect: dialectNamed('flink-sql'),
    connected: new Set(),
  } as never);
  expect(made.takesDeferred).toBe(true);
});
