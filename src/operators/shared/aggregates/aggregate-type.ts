import type { DataType } from '../../../stream/types.ts';
import { BIGINT, DOUBLE, isNumeric } from '../../../stream/types.ts';
import type { BoundAggregate } from './bound-aggregate.ts';

type Aggregate = Omit<BoundAggregate, 'field'>;

/** Type of the result, null where the function is not defined for its argument. */
export function resultType({ function: name, argument, limit, rules }: Aggregate): DataType | null {
  if (argument === null) return name === 'count' ? BIGINT : null;
  const { type } = argument;
  switch (name) {
    case 'count':
      return BIGINT;
    case 'sum':
      return rules.sumType(type);
    case 'avg':
      return rules.averageType(type);
    case 'stddev-pop':
    case 'stddev-samp':
    case 'var-pop':
    case 'var-samp':
      return rules.varianceType(type);
    case 'min':
    case 'max':
      return isOrdered(type) ? type : null;
    case 'percentile':
      return isNumeric(type) ? DOUBLE : null;
    case 'first':
    case 'last':
      return limit === null ? type : arrayOf(type);
    case 'collect-list':
    case 'collect-set':
      return arrayOf(type);
    case 'top-k':
      return isOrdered(sortedBy(type)) ? arrayOf(type) : null;
    case 'top-k-distinct':
      return isOrdered(type) ? arrayOf(type) : null;
    case 'string-agg':
      return type.kind === 'STRING' ? type : null;
  }
}

/** Whether a result may be NULL. */
export function mayBeNull(aggregate: Aggregate, type: DataType, mayBeEmpty: boolean): boolean {
  const { function: name, argument, filter, initial, limit, rules } = aggregate;
  const mayLackValues = mayBeEmpty || filter !== null || argument?.nullable === true;
  switch (name) {
    case 'count':
      return false;
    case 'sum':
      // A sum that its DECIMAL cannot hold is NULL.
      return type.kind === 'DECIMAL' || (mayLackValues && rules.emptySum === null);
    case 'avg':
      return type.kind === 'DECIMAL' || (mayLackValues && rules.emptyAverage === null);
    case 'stddev-samp':
    case 'var-samp':
      return rules.emptyVariance === null;
    case 'stddev-pop':
    case 'var-pop':
      return type.kind === 'DECIMAL' || (mayLackValues && rules.emptyVariance === null);
    case 'string-agg':
      return initial === null && mayLackValues;
    case 'first':
    case 'last':
      return mayLackValues && (limit === null || rules.emptyArray === null);
    case 'collect-list':
    case 'collect-set':
    case 'top-k':
    case 'top-k-distinct':
      return mayLackValues && rules.emptyArray === null;
    case 'min':
    case 'max':
    case 'percentile':
      return mayLackValues;
  }
}

function arrayOf(element: DataType): DataType {
  return { kind: 'ARRAY', element };
}

/** What values are ranked by: rows by their first field. */
function sortedBy(type: DataType): DataType {
  return type.kind === 'ROW' ? (type.fields[0]?.type ?? type) : type;
}

function isOrdered(type: DataType): boolean {
  return !['ARRAY', 'MAP', 'ROW', 'BYTES'].includes(type.kind);
}
