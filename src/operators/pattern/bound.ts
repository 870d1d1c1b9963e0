import type { CompiledPredicate } from '../../expression/compile.ts';
import type { TimeDomain } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { BoundAggregate } from '../shared/aggregates/bound-aggregate.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import type { Skip } from '../shared/pattern-skip.ts';
import type { Contiguity } from './config.ts';

export interface BoundStep {
  readonly name: string;
  /** Over the columns of the input, then one ROW a step: the last row that it has taken before. */
  readonly condition: CompiledPredicate;
  /** Steps, by their place, that the condition speaks of; none where the row alone decides. */
  readonly asks: readonly number[];
  readonly contiguity: Contiguity;
  readonly negated: boolean;
  /** At least 1. */
  readonly minTimes: number;
  /** +∞ where there is no bound. */
  readonly maxTimes: number;
  readonly optional: boolean;
  readonly greedy: boolean;
  readonly repeatContiguity: Contiguity;
}

export interface BoundMeasure {
  /** Place of the step whose rows are aggregated, in the order in which it took them; null for all rows of the match. */
  readonly step: number | null;
  readonly aggregate: BoundAggregate;
}

export interface PatternBound {
  readonly key: BoundKey;
  readonly steps: readonly BoundStep[];
  /** 0 where time does not end a beginning. */
  readonly withinMs: DurationMs;
  readonly skip: Skip;
  /** The step that `to-first` and `to-last` speak of; null for the others. */
  readonly skipStep: number | null;
  readonly timeouts: boolean;
  readonly measures: readonly BoundMeasure[];
  readonly timeDomain: TimeDomain;
}
