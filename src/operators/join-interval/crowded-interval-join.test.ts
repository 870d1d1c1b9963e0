import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernels } from '../kernels.ts';
import type { Schema } from '../../stream/types.ts';
import { Random } from '../../stream/random.ts';
import { INT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { testCrowdedLogs } from '../../testing/crowded-logs.ts';
import { logOf } from '../../testing/log.ts';
import type { Entry } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';

const schema: Schema = { fields: [field('k', STRING), field('n', INT, false), field('s', STRING)] };

interface Figures {
  readonly rows: readonly (readonly [side: number, ts: number, key: number, n: number])[];
  readonly lowerMs: number;
  readonly lengthMs: number;
  readonly delayMs: number;
  readonly residual: string;
  readonly isFiltered: boolean;
}

/** Long logs of few keys, so that dozens of rows of one key wait for partners, late ones among them. */
const figures: fc.Arbitrary<Figures> = fc.record({
  rows: fc.array(fc.tuple(fc.nat(1), fc.integer({ min: -20, max: 40 }), fc.nat(20), fc.integer({ min: -3, max: 3 })), {
    minLength: 60,
    maxLength: 160,
    size: 'max',
  }),
  lowerMs: fc.integer({ min: -15, max: 10 }),
  lengthMs: fc.integer({ min: 0, max: 25 }),
  delayMs: fc.constantFrom(0, 5, 40),
  residual: fc.constantFrom('', 'n <= right_n', 'n / (right_n - 1) < 3', 'n / (n - right_n - 5) < 3'),
  isFiltered: fc.boolean(),
});

function scenarioOf({ rows, lowerMs, lengthMs, delayMs, residual, isFiltered }: Figures): Scenario {
  const watermark = watermarkConfig.parse({ strategy: 'per-event', delayMs });
  const entries = rows.map(([source, ts, key, n], i): Entry => {
    // Times go on slowly; every third row comes with the newest time of its side, as orderly streams have it.
    const time = Math.floor(i / 4) + (i % 3 === 0 ? 40 : ts);
    const name = key === 0 ? null : key < 19 ? 'often' : 'seldom';
    return { kind: 'row', at: 1000 + i, source, ts: time, values: [name, n, key % 4 === 1 ? null : `text ${i}`] };
  });
  const end = 1000 + rows.length;
  return {
    kind: 'join.interval',
    config: { leftKeys: ['k'], rightKeys: ['k'], lowerMs, upperMs: lowerMs + lengthMs, residual },
    sources: [
      { schema, watermark },
      { schema, watermark },
    ],
    entries: [...entries, { kind: 'end', at: end, source: 0 }, { kind: 'end', at: end, source: 1 }],
    ...(isFiltered ? { surroundings: { isFiltered, isWindowed: false } } : {}),
  };
}

testCrowdedLogs('many rows of a key', figures.map(scenarioOf));

/** Enough rows, late ones among them, for some to lie where others lay, beside those that are still there. */
const passing: fc.Arbitrary<Figures> = fc
  .record({ figures, seed: fc.nat() })
  .map(({ figures: { lengthMs, ...rest }, seed }) => {
    const random = new Random(seed);
    const rows = Array.from(
      { length: 4000 },
      () => [random.below(2), random.below(300) - 280, random.below(21), random.below(7) - 3] as const,
    );
    return { ...rest, rows, lengthMs: lengthMs % 3, delayMs: 300 };
  });

testCrowdedLogs('rows that come and go', passing.map(scenarioOf), { runs: 2, cuts: 4, mostPlace: 4000 });

/** Rows of the left and up to 5 ms later ones of the right, on streams in order. */
function withinFiveMs(entries: readonly Entry[]): Scenario {
  const watermark = watermarkConfig.parse({ strategy: 'per-event', delayMs: 0 });
  return {
    kind: 'join.interval',
    config: { leftKeys: ['k'], rightKeys: ['k'], lowerMs: 0, upperMs: 5 },
    sources: [
      { schema, watermark },
      { schema, watermark },
    ],
    entries,
  };
}

test('a row at the very time of the watermark does not meet what the watermark has overtaken in the same round', () => {
  const row = (at: number, source: number, ts: number): Entry => {
    return { kind: 'row', at, source, ts, values: ['a', ts, null] };
  };
  // With the right row of 6 the watermark is 5: the left row of 0 is gone, a right row of 5 is not late.
  const scenario = withinFiveMs([row(1, 0, 0), row(2, 0, 106), row(3, 1, 6), row(4, 1, 5), row(5, 0, 5), row(6, 1, 5)]);
  const log = logOf(scenario.entries, schemasOf(scenario));
  const { results } = runLog(planOf(scenario), log, { registry: kernels }).transcript;
  expect(results.map((line) => (JSON.parse(line) as { row: Record<string, unknown> }).row)).toEqual([
    { k: 'a', n: 5, s: null, right_k: 'a', right_n: 5, right_s: null },
    { k: 'a', n: 5, s: null, right_k: 'a', right_n: 6, right_s: null },
    { k: 'a', n: 5, s: null, right_k: 'a', right_n: 5, right_s: null },
  ]);
});

test('a fresh key and a fresh text with every row leave nothing behind', () => {
  const rows = Array.from({ length: 3000 }, (_, i): Entry => {
    return { kind: 'row', at: i, source: i % 2, ts: i, values: [`key ${i >> 1}`, i, `a text of its own ${i}`] };
  });
  const scenario = withinFiveMs(rows);
  const cuts = Array.from({ length: 29 }, (_, i) => (i + 1) * 100);
  const bytes: number[] = [];
  const { ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)), {
    cuts,
    afterRound: (engine) => bytes.push(engine.ledger().get(OPERATOR_ID)!.stateBytes),
  });
  // The watermark is 2997: left rows wait from 2993 on, of which there are those of 2994, 2996 and 2998, and the right one of 2999.
  expect(ledger.get(OPERATOR_ID)).toMatchObject({ in: 3000, used: 2996, held: 4 });
  expect(Math.max(...bytes.slice(10))).toBeLessThan(2000);
});
