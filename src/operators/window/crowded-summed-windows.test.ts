import fc from 'fast-check';
import type { Schema } from '../../stream/types.ts';
import { DOUBLE, INT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { testCrowdedLogs } from '../../testing/crowded-logs.ts';
import type { Entry } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';

const schema: Schema = { fields: [field('k', STRING, false), field('n', INT, false), field('d', DOUBLE, false)] };

/** A delay of the watermark that lets rows come from far ahead, and by how much they do. */
const PATIENT_MS = 5_000_000;
const FAR_MS = 4_000_000;

interface Figures {
  readonly rows: readonly (readonly [behindMs: number, key: number, value: number])[];
  readonly shape: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly latenessMs: number;
  readonly delayMs: number;
  /** By how much values are divided: fractions make the order of additions show. */
  readonly divisor: number;
}

/** Rows without NULL, of few keys and out of order, so that several windows are open and most rows meet their key again. */
const figures: fc.Arbitrary<Figures> = fc.record({
  rows: fc.array(fc.tuple(fc.nat(30), fc.nat(70), fc.integer({ min: -9, max: 9 })), {
    minLength: 40,
    maxLength: 160,
    size: 'max',
  }),
  shape: fc.constantFrom<Figures['shape']>(
    { kind: 'tumbling', sizeMs: 10 },
    { kind: 'tumbling', sizeMs: 49, offsetMs: 3 },
    { kind: 'hopping', sizeMs: 12, advanceMs: 4 },
    { kind: 'hopping', sizeMs: 10, advanceMs: 4 },
  ),
  key: fc.constantFrom('k', 'n'),
  latenessMs: fc.constantFrom(0, 0, 7),
  delayMs: fc.constantFrom(0, 8, 30, PATIENT_MS),
  divisor: fc.constantFrom(1, 1, 10),
});

function scenarioOf({ rows, shape, key, latenessMs, delayMs, divisor }: Figures): Scenario {
  const entries = rows.map(([behindMs, number, value], i): Entry => {
    const id = number < 60 ? number % 5 : number;
    // The last rows make values fractions where they were whole.
    const part = i * 3 > rows.length * 2 ? divisor : 1;
    const aheadMs = delayMs === PATIENT_MS && number >= 66 ? FAR_MS : 0;
    return {
      kind: 'row',
      at: 1000 + i,
      source: 0,
      ts: i - behindMs + aheadMs,
      values: [`key ${id}`, id, value / part],
    };
  });
  const aggregates = [
    { name: 'rows', function: 'count' },
    { name: 'sum', function: 'sum', argument: 'd' },
  ];
  return {
    kind: 'window',
    config: { ...shape, keys: [key], latenessMs, aggregates },
    sources: [{ schema, watermark: watermarkConfig.parse({ strategy: 'per-event', delayMs }) }],
    entries: [...entries, { kind: 'end', at: 1000 + rows.length, source: 0 }],
  };
}

testCrowdedLogs('many rows of few keys', figures.map(scenarioOf));
