import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowKind } from '../../stream/row-kind.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { rowToJson } from '../../stream/value.ts';
import { generatorDefinition } from './definition.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { GENERATOR_SHAPES, generatorConfig } from './generator-config.ts';
import { generatorProblems } from './generator-problems.ts';
import { GeneratorReader } from './generator-reader.ts';

function rows(config: GeneratorConfig, seed: number, chunkRows?: number): Record<string, unknown>[] {
  const reader = new GeneratorReader({ config, timeIsArrival: false }, seed, chunkRows);
  const all: Record<string, unknown>[] = [];
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    for (let i = 0; i < chunk.length; i++) {
      expect(chunk.ts[i]).toBeLessThanOrEqual(chunk.at[i]!);
      const op = chunk.kinds === null ? {} : { op: ROW_KIND_NAMES[chunk.kinds[i] as RowKind] };
      all.push({ ...rowToJson(chunk.columns, reader.schema, i), at: chunk.at[i], ...op });
    }
  }
  return all;
}

const configs = fc.record({
  shape: fc.constantFrom(...GENERATOR_SHAPES),
  events: fc.integer({ min: 1, max: 300 }),
  keys: fc.integer({ min: 1, max: 20 }),
  rateEventsPerSec: fc.constantFrom(0.1, 5, 1000),
  payloadBytes: fc.constantFrom(0, 3),
  delay: fc.record({
    distribution: fc.constantFrom('none', 'constant', 'uniform', 'exponential', 'lognormal', 'pareto'),
  }),
  stragglers: fc.record({ sharePercent: fc.constantFrom(0, 10) }),
  profile: fc.oneof(
    fc.constant({}),
    fc.record({
      kind: fc.constantFrom('constant', 'ramp', 'wave', 'bursts'),
      steps: fc.array(fc.record({ afterMs: fc.nat(90_000), percent: fc.integer({ min: 1, max: 900 }) })),
    }),
  ),
});

describe('a generator', () => {
  it('gives the same rows for the same seed, whatever the chunks, in order of arrival', () => {
    fc.assert(
      fc.property(configs, fc.integer(), fc.integer({ min: 1, max: 50 }), (input, seed, chunkRows) => {
        const config = generatorConfig.parse(input);
        const made = rows(config, seed);
        expect(made).toHaveLength(config.events);
        expect(rows(config, seed, chunkRows)).toEqual(made);
        for (let i = 1; i < made.length; i++)
          expect(made[i]!['at']).toBeGreaterThanOrEqual(made[i - 1]!['at'] as number);
      }),
      { numRuns: 60 },
    );
  });

  it('has not changed: these rows are the same on every machine', () => {
    const config = generatorConfig.parse({ events: 20_000, stragglers: { sharePercent: 1 } });
    const last = rows(config, 7).at(-1);
    expect(last).toMatchInlineSnapshot(`
      {
        "at": 1704067434832,
        "click_id": 19720,
        "country": "US",
        "device": "mobile",
        "page": "/search",
        "ts": 1704067396784,
        "user_id": "u0001",
      }
    `);
  });

  it('lets the purchases of a seed follow clicks of that seed, by the same user', () => {
    const clicks = rows(generatorConfig.parse({ events: 5000, keys: 50 }), 3);
    const config = { shape: 'purchases', events: 300, keys: 50, rateEventsPerSec: 10, clicksPerPurchase: 10 };
    const purchases = rows(generatorConfig.parse(config), 3);
    const byId = new Map(clicks.map((click) => [click['click_id'], click]));
    const followed = purchases.filter((purchase) => byId.has(purchase['click_id']));
    expect(followed.length).toBeGreaterThan(250);
    for (const purchase of followed) {
      const click = byId.get(purchase['click_id'])!;
      expect(purchase['user_id']).toBe(click['user_id']);
      expect(purchase['country']).toBe(click['country']);
      expect((purchase['ts'] as number) - (click['ts'] as number)).toBeGreaterThanOrEqual(2000);
    }
  });

  it('changes each row of a table in order: put, then replaced, then deleted', () => {
    const shapes = fc.constantFrom(['orders', 'order_id'] as const, ['users', 'user_id'] as const);
    fc.assert(
      fc.property(shapes, configs, fc.integer(), ([shape, key], input, seed) => {
        const table = new Map<unknown, Record<string, unknown>>();
        for (const row of rows(generatorConfig.parse({ ...input, shape, events: 1_000 }), seed)) {
          const before = table.get(row[key]);
          expect(row['op'] === '+I').toBe(before === undefined);
          if (before !== undefined) expect(row['ts']).toBeGreaterThanOrEqual(before['ts'] as number);
          if (row['op'] === '-D') {
            const { op: _op, ts: _ts, at: _at, ...gone } = row;
            expect(before).toMatchObject(gone);
            table.delete(row[key]);
          } else table.set(row[key], row);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('lets orders be created, paid, shipped, delivered and archived, some cancelled, at the rate that was asked for', () => {
    const config = generatorConfig.parse({ shape: 'orders', events: 30_000, rateEventsPerSec: 20 });
    const made = rows(config, 5);
    const lives = new Map<unknown, string[]>();
    for (const row of made) {
      const life = lives.get(row['order_id']) ?? [];
      lives.set(row['order_id'], life);
      life.push(row['op'] === '-D' ? 'gone' : String(row['status']));
    }
    const ended = [...lives.values()].filter((life) => life.at(-1) === 'gone');
    expect(new Set(ended.map((life) => life.join(' ')))).toEqual(
      new Set(['created gone', 'created paid shipped delivered gone']),
    );
    const cancelled = ended.filter((life) => life.length === 2).length / ended.length;
    expect(cancelled).toBeGreaterThan(0.1);
    expect(cancelled).toBeLessThan(0.2);
    const seconds = ((made.at(-1)!['ts'] as number) - (made[0]!['ts'] as number)) / 1000;
    expect(made.length / seconds).toBeGreaterThan(15);
    expect(made.length / seconds).toBeLessThan(25);
  });

  it('has users of the same names as clicks and purchases, all of them at the start', () => {
    const config = { shape: 'users', events: 500, keys: 50, delay: { distribution: 'none' } };
    const users = rows(generatorConfig.parse(config), 3);
    const first = users.slice(0, 50);
    const clicks = rows(generatorConfig.parse({ events: 500, keys: 50 }), 3);
    const names = new Set(first.map((user) => user['user_id']));
    expect(names.size).toBe(50);
    expect(new Set(first.map(({ op, ts }) => `${String(op)} ${String(ts)}`)).size).toBe(1);
    for (const click of clicks) expect(names).toContain(click['user_id']);
  });

  it('has the rate, the hot keys and the stragglers that were asked for', () => {
    const config = generatorConfig.parse({ events: 20_000, rateEventsPerSec: 100, stragglers: { sharePercent: 2 } });
    const made = rows(config, 11);
    const spanMs = Math.max(...made.map((row) => row['ts'] as number)) - config.startMs;
    expect(spanMs / 200_000).toBeCloseTo(1, 1);
    const late = made.filter((row) => (row['at'] as number) - (row['ts'] as number) > 15_000).length;
    expect(late / 20_000).toBeCloseTo(0.02, 2);
    const hot = made.filter((row) => row['user_id'] === 'u0000').length;
    expect(hot / 20_000).toBeCloseTo(0.1, 1);
  });

  it('refuses what no machine can make, naming every field', () => {
    const bomb = { rateEventsPerSec: 1e12, events: 1e18, keys: 1e12, payloadBytes: 1e9 };
    const result = generatorConfig.safeParse(bomb);
    expect(result.error!.issues.map((issue) => issue.path[0])).toEqual(
      expect.arrayContaining(['rateEventsPerSec', 'events', 'keys', 'payloadBytes']),
    );
    expect(result.error!.issues.some((issue) => issue.message === 'rateEventsPerSec is at most 10000000.')).toBe(true);
  });

  it('begins a mixture that was just chosen with parts of its own, and leaves all else as it is', () => {
    const filled = (input: unknown): GeneratorConfig => generatorDefinition.fill!(generatorConfig.parse(input));
    const mixed = filled({ delay: { distribution: 'mixture' } });
    expect(mixed.delay.parts.length).toBeGreaterThan(1);
    expect(generatorProblems(mixed)).toEqual([]);
    expect(generatorConfig.parse(mixed)).toEqual(mixed);
    for (const input of [{}, { delay: { distribution: 'mixture', parts: [{ distribution: 'none', weight: 3 }] } }]) {
      expect(filled(input)).toEqual(generatorConfig.parse(input));
    }
  });

  it('binds to an append stream with event time', () => {
    const bound = generatorDefinition.bind({
      config: generatorDefinition.suggest([]),
      inputs: [],
      dialect: 'flink-datastream',
      timeDomain: 'event',
      engine: {},
    });
    expect(bound.ok && bound.value.outputs.out).toMatchObject({ changes: 'append', eventTime: true, key: null });
  });
});
