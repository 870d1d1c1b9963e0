import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonRow } from './rows-in-tests.ts';
import { rowsOf } from './rows-in-tests.ts';
import { GENERATOR_SHAPES, generatorConfig } from './generator-config.ts';
import { generatorSchema } from './generator-schema.ts';
import { HAUL_LEAST, TRIES_LEAST, TRIES_MOST, TRY_GAP_MOST_MS, TRY_MOST } from './payment-maker.ts';
import { BROKEN_WIRE, SITES, TEMPERATURE_LEAST, TEMPERATURE_MOST } from './sensor-maker.ts';

const DAY_MS = 86_400_000;

/** Whether a value as JSON is one of the type, without a look at how its column lies in memory. */
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  STRING: (value) => typeof value === 'string' && value.length > 0,
  DOUBLE: (value) => typeof value === 'number' && Number.isFinite(value),
  INT: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  BIGINT: (value) => Number.isSafeInteger(value),
  TIMESTAMP: (value) => Number.isSafeInteger(value),
};

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function byKey(rows: readonly JsonRow[], key: string): ReadonlyMap<unknown, readonly JsonRow[]> {
  const groups = new Map<unknown, JsonRow[]>();
  for (const row of rows) {
    const group = groups.get(row[key]) ?? [];
    groups.set(row[key], group);
    group.push(row);
  }
  return groups;
}

describe('the rows of every shape', () => {
  it('are of the columns and types that its schema names, NULL only where it says so', () => {
    const inputs = fc.record({
      shape: fc.constantFrom(...GENERATOR_SHAPES),
      keys: fc.integer({ min: 1, max: 30 }),
      faultyPercent: fc.constantFrom(0, 40),
      cardTestingPercent: fc.constantFrom(0, 30),
    });
    fc.assert(
      fc.property(inputs, fc.integer(), (input, seed) => {
        const config = generatorConfig.parse({ ...input, events: 300 });
        const { fields } = generatorSchema(config);
        for (const { at: _at, ...row } of rowsOf(config, seed)) {
          expect(Object.keys(row)).toEqual(fields.map(({ name }) => name));
          for (const { name, type, nullable } of fields) {
            const value = row[name];
            expect(value === null ? nullable : FITS[type.kind]!(value), `${name} ${JSON.stringify(value)}`).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('have the hot keys that the skew asks for', () => {
    for (const [shape, key] of [
      ['clicks', 'user_id'],
      ['sensors', 'sensor_id'],
      ['payments', 'card_id'],
    ] as const) {
      for (const keySkewPercent of [0, 50, 100, 300]) {
        const config = generatorConfig.parse({
          shape,
          keys: 50,
          keySkewPercent,
          events: 30_000,
          cardTestingPercent: 0,
        });
        const counts = byKey(rowsOf(config, 4), key);
        for (const first of [1, 5, 25]) {
          const wanted = (first / 50) ** (1 / (1 + keySkewPercent / 100));
          let rows = 0;
          counts.forEach((own, name) => (rows += Number(String(name).slice(1)) < first ? own.length : 0));
          expect(Math.abs(rows / 30_000 - wanted), `${shape}, ${keySkewPercent} %, ${first}`).toBeLessThan(0.02);
        }
      }
    }
  });

  it('come at the rate that was asked for, however many events one payment has', () => {
    for (const input of [
      { shape: 'sensors' },
      { shape: 'payments', cardTestingPercent: 0 },
      { shape: 'payments', cardTestingPercent: 30 },
    ]) {
      const config = generatorConfig.parse({ ...input, rateEventsPerSec: 20, events: 60_000 });
      const lastMs = Math.max(...rowsOf(config, 8).map(({ ts }) => Number(ts)));
      expect(60_000_000 / (lastMs - config.startMs) / 20).toBeGreaterThan(0.95);
      expect(60_000_000 / (lastMs - config.startMs) / 20).toBeLessThan(1.05);
    }
  });
});

describe('sensors', () => {
  const config = generatorConfig.parse({ shape: 'sensors', keys: 40, rateEventsPerSec: 0.05, events: 20_000 });
  const rows = rowsOf(config, 21);
  const good = rows.filter(({ temperature }) => temperature !== null && temperature !== BROKEN_WIRE);

  it('say what a building has, but for the share of readings that fail', () => {
    for (const { temperature, humidity, battery, site } of rows) {
      expect(temperature === null).toBe(humidity === null);
      if (temperature !== null && temperature !== BROKEN_WIRE) {
        expect(temperature).toBeGreaterThanOrEqual(TEMPERATURE_LEAST);
        expect(temperature).toBeLessThanOrEqual(TEMPERATURE_MOST);
        expect(humidity).toBeGreaterThanOrEqual(0);
        expect(humidity).toBeLessThanOrEqual(100);
      }
      expect(battery).toBeGreaterThanOrEqual(2);
      expect(battery).toBeLessThanOrEqual(100);
      expect(SITES).toContain(site);
    }
    expect(1 - good.length / rows.length).toBeCloseTo(0.01, 2);
    expect(rows.filter(({ temperature }) => temperature === null).length / rows.length).toBeCloseTo(0.005, 2);
    for (const faultyPercent of [0, 100]) {
      const all = rowsOf(generatorConfig.parse({ shape: 'sensors', faultyPercent, events: 500 }), 3);
      const failed = all.filter(({ temperature }) => temperature === null || temperature === BROKEN_WIRE);
      expect(failed.length).toBe(faultyPercent * 5);
    }
  });

  it('stand each at one site, lose their battery bit by bit, and wander about a level of their own', () => {
    for (const own of byKey(good, 'sensor_id').values()) {
      expect(new Set(own.map(({ site }) => site)).size).toBe(1);
      const inOrder = own.toSorted((a, b) => Number(a['ts']) - Number(b['ts']));
      for (const [i, reading] of inOrder.entries()) {
        const before = inOrder[i - 1];
        if (before === undefined) continue;
        const drained = Number(before['battery']) - Number(reading['battery']);
        expect(drained === 0 || drained === 1 || reading['battery'] === 100).toBe(true);
      }
      const steps = inOrder.slice(1).map((row, i) => [row, inOrder[i]!] as const);
      const near = steps.filter(([row, before]) => Number(row['ts']) - Number(before['ts']) < 120_000);
      // What is added from one reading to the next is normal with 0.2: six of its deviations, and what the day moves.
      for (const [row, before] of near) {
        expect(Math.abs(Number(row['temperature']) - Number(before['temperature']))).toBeLessThan(1.7);
      }
    }
  });

  it('are warm in the afternoon, cold at night, and dry where they are warm', () => {
    const hourOf = (row: JsonRow): number => Math.floor((Number(row['ts']) % DAY_MS) / 3_600_000);
    const at = (hours: readonly number[], column: string): number =>
      meanOf(good.filter((row) => hours.includes(hourOf(row))).map((row) => Number(row[column])));
    // Swings are 0.5 to 4 °C, 2.25 on average; within three hours of the peak 0.95 of it are left.
    const difference = at([13, 14, 15], 'temperature') - at([1, 2, 3], 'temperature');
    expect(difference).toBeGreaterThan(2);
    expect(difference).toBeLessThan(6);
    expect(at([13, 14, 15], 'humidity')).toBeLessThan(at([1, 2, 3], 'humidity'));
  });
});

describe('payments', () => {
  const input = { shape: 'payments', keys: 2_000, rateEventsPerSec: 20, events: 20_000 };

  function made(cardTestingPercent: number): readonly JsonRow[] {
    const config = generatorConfig.parse({ ...input, cardTestingPercent, delay: { distribution: 'none' } });
    return rowsOf(config, 13);
  }

  it('are declined with a reason, or authorised, captured and refunded, with the same figures throughout', () => {
    const lives = byKey(made(1), 'payment_id');
    const words = new Map<string, number>();
    for (const life of lives.values()) {
      const [first] = life;
      const word = life.map(({ status }) => status).join(' ');
      words.set(word, (words.get(word) ?? 0) + 1);
      for (const row of life) {
        const { ts: _ts, at: _at, status, decline_reason: reason, ...same } = row;
        expect(first).toMatchObject(same);
        expect(reason === null).toBe(status !== 'declined');
        expect(row['amount']).toBe(Math.round(Number(row['amount']) * 100) / 100);
        expect(row['amount']).toBeGreaterThan(0);
      }
    }
    expect([...words.keys()].toSorted()).toEqual([
      'authorised',
      'authorised captured',
      'authorised captured refunded',
      'declined',
    ]);
    expect((words.get('declined') ?? 0) / lives.size).toBeCloseTo(0.06, 1);
    expect(words.get('authorised captured')).toBeGreaterThan((words.get('authorised captured refunded') ?? 0) * 10);
  });

  it('are in the currency of the card', () => {
    for (const own of byKey(made(1), 'card_id').values()) {
      expect(new Set(own.map(({ currency }) => currency)).size).toBe(1);
    }
  });

  it('try a card with small amounts before a large one, in the share that was asked for and not at all without', () => {
    for (const percent of [0, 4]) {
      let runs = 0;
      const paid = made(percent).filter(({ status }) => status === 'authorised' || status === 'declined');
      for (const own of byKey(paid, 'card_id').values()) {
        own.forEach((large, i) => {
          if (Number(large['amount']) * 100 < HAUL_LEAST) return;
          const fromMs = Number(large['ts']) - (TRIES_MOST + 1) * TRY_GAP_MOST_MS;
          const tries = own
            .slice(0, i)
            .filter(({ ts, amount }) => Number(ts) >= fromMs && Number(amount) * 100 < TRY_MOST);
          if (tries.length >= TRIES_LEAST) runs++;
        });
      }
      const begun = paid.length / (1 + (percent / 100) * ((TRIES_LEAST + TRIES_MOST) / 2));
      expect(runs / begun, `${percent} %`).toBeCloseTo(percent / 100, 2);
    }
  });
});
