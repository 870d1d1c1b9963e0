import type { CompiledExpression, CompiledPredicate } from '../../../expression/compile.ts';
import type { Field } from '../../../stream/types.ts';
import type { AggregateRules } from '../../dialects/dialect.ts';
import type { AggregateFunction } from './functions.ts';

/** An aggregate whose argument, filter and type are resolved. */
export interface BoundAggregate {
  readonly function: AggregateFunction;
  /** Null for a count of rows. */
  readonly argument: CompiledExpression | null;
  /** Only rows for which it holds are aggregated; null for all. */
  readonly filter: CompiledPredicate | null;
  /** Whether equal values count as one; of sets always. */
  readonly distinct: boolean;
  /** Whether NULL is a value like others. */
  readonly keepsNulls: boolean;
  /** Most values in the array that is the result; null where it is a single value, or all of them. */
  readonly limit: number | null;
  /** 0 to 1. */
  readonly percentile: number;
  readonly separator: string;
  /** What a joined text begins with; null for nothing. */
  readonly initial: string | null;
  /** Whether rows may be taken back. */
  readonly takesChanges: boolean;
  readonly rules: AggregateRules;
  /** The output column. */
  readonly field: Field;
}
