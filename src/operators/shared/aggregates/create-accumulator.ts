import { assert } from '../../../stream/assert.ts';
import type { DataType } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import type { Accumulator } from './accumulator.ts';
import { Average, DecimalAverage, WholeAverage } from './average.ts';
import { extremum, largest, percentile } from './bag-results.ts';
import type { BoundAggregate } from './bound-aggregate.ts';
import { Count } from './count.ts';
import { Distinct } from './distinct.ts';
import { ExactVariance } from './exact-variance.ts';
import { NumberExtremum, ScalarExtremum } from './extremum.ts';
import { JoinedText } from './joined-text.ts';
import { allOf, joined, oneOf, someOf } from './list-results.ts';
import { DecimalSum, FloatSum, WholeSum } from './sum.ts';
import { SumOfRows } from './sum-of-rows.ts';
import { ValueBag } from './value-bag.ts';
import type { ListResult } from './value-list.ts';
import { ValueList } from './value-list.ts';
import { VarianceOfDeviations, VarianceOfSums } from './variance.ts';

/**
 * The state of an aggregate over every row of cells whose rows `rows` counts: of a count of rows it is `rows` itself, which
 * its keeper adds to.
 */
export function createRowAccumulator(aggregate: BoundAggregate, rows: Count): Accumulator {
  const { argument, filter, distinct, takesChanges, rules } = aggregate;
  if (filter !== null || distinct || takesChanges) return createAccumulator(aggregate);
  if (argument === null) return rows;
  if (argument.type.kind !== 'DOUBLE') return createAccumulator(aggregate);
  switch (aggregate.function) {
    case 'sum':
      return new SumOfRows(rules.emptySum, rows);
    case 'avg':
      return new Average(new SumOfRows(null, rows), 0, rules.emptyAverage);
    default:
      return createAccumulator(aggregate);
  }
}

/** The state of an aggregate: the shortest form that can do what it was bound for. */
export function createAccumulator(aggregate: BoundAggregate): Accumulator {
  const { argument, distinct, keepsNulls } = aggregate;
  if (argument === null) return new Count();
  const accumulator = accumulatorOf(aggregate, argument.type);
  return distinct ? new Distinct(accumulator, argument.type, keepsNulls) : accumulator;
}

function accumulatorOf(aggregate: BoundAggregate, type: DataType): Accumulator {
  const { rules, limit, takesChanges, separator, initial } = aggregate;
  const emptyArray: Value = rules.emptyArray === null ? null : [];
  switch (aggregate.function) {
    case 'count':
      return new Count();
    case 'sum':
      return sumOf(type, aggregate.field.type, rules.emptySum);
    case 'avg':
      return averageOf(type, aggregate);
    case 'min':
    case 'max':
      return extremumOf(aggregate.function === 'min' ? -1 : 1, type, takesChanges);
    case 'stddev-pop':
    case 'stddev-samp':
    case 'var-pop':
    case 'var-samp':
      return varianceOf(type, aggregate);
    case 'percentile':
      return new ValueBag(percentile(aggregate.percentile, scaleOf(type)));
    case 'top-k':
    case 'top-k-distinct':
      return new ValueBag(largest(limit ?? 1, emptyArray), takesChanges ? Infinity : (limit ?? 1));
    case 'first':
    case 'last': {
      const end = aggregate.function;
      return listOf(aggregate, limit === null ? oneOf(end) : someOf(end, limit, emptyArray), end);
    }
    case 'collect-list':
    case 'collect-set':
      return listOf(aggregate, allOf(emptyArray), null);
    case 'string-agg':
      return takesChanges ? listOf(aggregate, joined(separator, initial), null) : new JoinedText(separator, initial);
  }
}

function sumOf(type: DataType, result: DataType, empty: null | 0): FloatSum | WholeSum | DecimalSum {
  if (type.kind === 'DOUBLE') return new FloatSum(empty);
  if (type.kind !== 'DECIMAL') return new WholeSum(result.kind === 'INT' ? 32 : 64, empty);
  return new DecimalSum(result.kind === 'DECIMAL' ? result.precision : 38, empty);
}

function averageOf(type: DataType, { field, rules }: BoundAggregate): Accumulator {
  const { emptyAverage } = rules;
  const sum = sumOf(type, field.type, null);
  if (field.type.kind === 'DOUBLE') return new Average(sum, scaleOf(type), emptyAverage);
  if (sum instanceof WholeSum) return new WholeAverage(sum, emptyAverage);
  assert(sum instanceof DecimalSum, 'an average of a type that its rule gives');
  return new DecimalAverage(sum, scaleOf(field.type) - scaleOf(type), emptyAverage);
}

function varianceOf(type: DataType, { function: name, field, rules }: BoundAggregate): Accumulator {
  const kind = {
    sample: name === 'stddev-samp' || name === 'var-samp',
    root: name === 'stddev-pop' || name === 'stddev-samp',
    empty: rules.emptyVariance,
  };
  if (rules.varianceFrom === 'deviations') return new VarianceOfDeviations(kind, scaleOf(type));
  if (field.type.kind === 'DOUBLE') return new VarianceOfSums(kind, scaleOf(type));
  const isDecimal = type.kind === 'DECIMAL';
  return new ExactVariance(kind, isDecimal ? { argument: type.scale, result: scaleOf(field.type) } : null);
}

function extremumOf(sign: -1 | 1, type: DataType, takesChanges: boolean): Accumulator {
  if (takesChanges) return new ValueBag(extremum(sign));
  return isPlainNumber(type) ? new NumberExtremum(sign) : new ScalarExtremum(sign);
}

function listOf(aggregate: BoundAggregate, result: ListResult, end: 'first' | 'last' | null): ValueList {
  const { keepsNulls, limit, rules, takesChanges } = aggregate;
  const most = takesChanges ? Infinity : (limit ?? 1);
  return new ValueList({ result, keepsNulls, takesBack: rules.takesBack, end, most });
}

function scaleOf(type: DataType): number {
  return type.kind === 'DECIMAL' ? type.scale : 0;
}

function isPlainNumber(type: DataType): boolean {
  return ['INT', 'DOUBLE', 'DATE', 'TIME', 'TIMESTAMP'].includes(type.kind);
}
