import type { Dialect } from '../../operators/dialects/dialect.ts';
import type { Difference } from './find-differences.ts';
import type { Pair } from './node-facts.ts';

/** A rule in which engines differ, as it is told beside the results that it makes differ. */
export interface DialectRule {
  readonly id: string;
  readonly title: string;
  /** What it says in a dialect. */
  readonly says: (dialect: Dialect) => string;
  /** Recorded cases of the engines that fail without it. */
  readonly caseIds: readonly string[];
  /** Whether it can be why two runs differ in this. */
  readonly explains: (difference: Difference, pair: Pair) => boolean;
}
