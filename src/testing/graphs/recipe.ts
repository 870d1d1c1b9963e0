import fc from 'fast-check';
import { DIALECTS } from '../../stream/node-definition.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import { watermarkChoice } from '../scenarios/entries.ts';

/**
 * How to make a graph, as numbers that mean something only once the columns at hand are known: `from` counts outputs,
 * the newest that nobody takes yet first; other picks are taken by remainder. A step that nothing fits is left out, so
 * that a recipe with steps taken away is a recipe too.
 */
export interface Recipe {
  readonly dialect: DialectName;
  /** Whether windows go by the processing clock, where the dialect has one. */
  readonly byClock: boolean;
  readonly sources: readonly SourceChoice[];
  readonly steps: readonly Step[];
  /** Which of the late and rejected outputs that nobody takes get a sink. */
  readonly watches: readonly boolean[];
}

export interface SourceChoice extends WatermarkConfig {
  /** Whether rows are all new, or changes of some kind that the dialect has. */
  readonly rows: number;
  readonly keys: number;
  /** Whether changes may take back what is not there. */
  readonly hasUnknown: boolean;
}

export type Step =
  | Branch
  | { readonly shape: 'union'; readonly from: number; readonly others: number }
  | ({ readonly shape: 'join'; readonly from: number; readonly with: number } & JoinChoice)
  | ({
      /** One output to two branches that meet again. */
      readonly shape: 'diamond';
      readonly from: number;
      readonly left: Branch;
      readonly right: Branch | null;
      readonly meet: 'union' | 'join';
    } & JoinChoice);

/** An operator with one input. */
export type Branch =
  | { readonly shape: 'filter' | 'map'; readonly from: number; readonly column: number; readonly form: number }
  | {
      readonly shape: 'assign-timestamps';
      readonly from: number;
      readonly column: number;
      readonly watermark: WatermarkConfig;
    }
  | { readonly shape: 'window'; readonly from: number; readonly choice: WindowChoice }
  /** Keeps what is latest: running aggregates, updates held back, one row of each key. */
  | {
      readonly shape: 'latest' | 'look-up' | 'split';
      readonly from: number;
      readonly column: number;
      readonly form: number;
    };

export interface JoinChoice {
  /** Which join, of those that the dialect has. */
  readonly join: number;
  /** What becomes of rows without partner. */
  readonly rows: number;
  /** What only some joins, or an engine, have. */
  readonly knob: number;
  readonly keys: number;
  readonly lowerMs: number;
  readonly lengthMs: number;
}

export interface WindowChoice {
  readonly kind: number;
  readonly size: number;
  readonly part: number;
  readonly offsetMs: number;
  readonly keys: readonly number[];
  readonly latenessMs: number;
  readonly emission: number;
  readonly accumulation: number;
  readonly isRows: boolean;
  readonly trigger: number;
  /** What only an engine of the dialect has. */
  readonly knob: number;
  readonly aggregates: readonly AggregateChoice[];
}

export interface AggregateChoice {
  readonly function: number;
  readonly column: number;
  readonly isDistinct: boolean;
  readonly isFiltered: boolean;
}

const pick = fc.nat({ max: 11 });
const from = fc.nat({ max: 4 });
const seldom = fc.nat({ max: 9 }).map((chance) => chance === 9);

const windowChoice: fc.Arbitrary<WindowChoice> = fc.record({
  kind: pick,
  size: fc.nat({ max: 3 }),
  part: fc.nat({ max: 3 }),
  offsetMs: fc.constantFrom(0, 0, -1, 2),
  keys: fc.array(pick, { maxLength: 2 }),
  latenessMs: fc.constantFrom(0, 0, 3, 20),
  emission: fc.constantFrom(0, 0, 0, 1, 2),
  accumulation: fc.constantFrom(0, 0, 0, 1, 2),
  isRows: seldom,
  trigger: fc.nat({ max: 15 }),
  knob: fc.nat({ max: 7 }),
  aggregates: fc.array(
    fc.record({ function: fc.nat({ max: 33 }), column: pick, isDistinct: seldom, isFiltered: seldom }),
    { maxLength: 2 },
  ),
});

const branch: fc.Arbitrary<Branch> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ shape: fc.constantFrom('filter', 'map'), from, column: pick, form: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      shape: fc.constant('assign-timestamps' as const),
      from,
      column: pick,
      watermark: watermarkChoice,
    }),
  },
  { weight: 4, arbitrary: fc.record({ shape: fc.constant('window' as const), from, choice: windowChoice }) },
  {
    weight: 3,
    arbitrary: fc.record({
      shape: fc.constantFrom('latest', 'latest', 'look-up', 'split'),
      from,
      column: pick,
      form: pick,
    }),
  },
);

const joinChoice = {
  join: pick,
  rows: pick,
  knob: fc.nat({ max: 7 }),
  keys: pick,
  lowerMs: fc.integer({ min: -12, max: 12 }),
  lengthMs: fc.integer({ min: 0, max: 15 }),
};

const step: fc.Arbitrary<Step> = fc.oneof(
  { withCrossShrink: true },
  { weight: 5, arbitrary: branch },
  { weight: 2, arbitrary: fc.record({ shape: fc.constant('union' as const), from, others: pick }) },
  { weight: 4, arbitrary: fc.record({ shape: fc.constant('join' as const), from, with: from, ...joinChoice }) },
  {
    weight: 2,
    arbitrary: fc.record({
      shape: fc.constant('diamond' as const),
      from,
      left: branch,
      right: fc.option(branch),
      meet: fc.constantFrom('union', 'join'),
      ...joinChoice,
    }),
  },
);

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  dialect: fc.constantFrom(...DIALECTS),
  byClock: seldom,
  sources: fc.array(
    fc
      .record({ watermark: watermarkChoice, rows: pick, keys: pick, hasUnknown: seldom })
      .map(({ watermark, ...choice }) => ({ ...watermark, ...choice })),
    { minLength: 2, maxLength: 2 },
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  watches: fc.array(fc.boolean(), { maxLength: 4 }),
});
