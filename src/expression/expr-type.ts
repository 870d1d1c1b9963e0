import { type DataType, isNumeric, typeName } from '../stream/types.ts';

/** `fine` is set for lengths that name hours or less: with them a DATE becomes a TIMESTAMP. */
export interface IntervalType {
  readonly kind: 'INTERVAL';
  readonly unit: 'months' | 'ms';
  readonly fine: boolean;
}

/** What a part of an expression can be: more than a column can. UNKNOWN stands where a problem was told already. */
export type ExprType = DataType | IntervalType | { readonly kind: 'NULL' } | { readonly kind: 'UNKNOWN' };

export const NULL_TYPE: ExprType = { kind: 'NULL' };
export const UNKNOWN: ExprType = { kind: 'UNKNOWN' };

export function isNumericType(type: ExprType): type is DataType {
  return isDataType(type) && isNumeric(type);
}

export function isTimeType(type: ExprType): type is DataType {
  return type.kind === 'DATE' || type.kind === 'TIME' || type.kind === 'TIMESTAMP';
}

export function isDataType(type: ExprType): type is DataType {
  return type.kind !== 'INTERVAL' && type.kind !== 'NULL' && type.kind !== 'UNKNOWN';
}

export function exprTypeName(type: ExprType): string {
  switch (type.kind) {
    case 'INTERVAL':
      return type.unit === 'months' ? 'INTERVAL YEAR TO MONTH' : 'INTERVAL DAY TO SECOND';
    case 'NULL':
      return 'NULL';
    case 'UNKNOWN':
      return 'unknown';
    default:
      return typeName(type);
  }
}
