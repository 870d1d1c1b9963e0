import type fc from 'fast-check';
import type { ScenarioSource } from '../scenario.ts';
import type { DialectName, TimeDomain } from '../../stream/node-definition.ts';

/** How one operator is configured, and what its log needs. */
export interface Choice {
  readonly config: unknown;
  readonly engine?: unknown;
  readonly dialect?: DialectName;
  readonly timeDomain?: TimeDomain;
  /** Length of the grid that event times should crowd around, ms; 10 where absent. */
  readonly gridMs?: number;
  /** By how much all event times are later, ms: for rules that change at 1970. 0 where absent. */
  readonly startMs?: number;
  /** Whether something happens at clock entries. */
  readonly needsClock?: boolean;
  /** What the input is; rows of `scenarioSchema` that all are new where absent. */
  readonly source?: ChosenSource;
  /** One an input, where they are not all the same. */
  readonly sources?: readonly ChosenSource[];
}

/** What one input is. */
export type ChosenSource = Partial<Omit<ScenarioSource, 'watermark'>> & {
  /** Whether rows may take back what is not there. */
  readonly hasUnknown?: boolean;
};

/** Random configurations of one operator kind over the scenarios' columns. */
export interface OperatorArbitrary {
  readonly inputs: fc.Arbitrary<number>;
  readonly choice: fc.Arbitrary<Choice>;
  /** Those whose final results do not depend on the order of arrival; all where absent. */
  readonly final?: fc.Arbitrary<Choice>;
}
