import type { DataType } from '../stream/types.ts';
import { BIGINT, DOUBLE, INT, TIMESTAMP, decimal, sameType } from '../stream/types.ts';
import { castValue } from './cast-value.ts';
import { RowFailure } from './functions/definition.ts';
import type { Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';
import { constant } from './typed.ts';
import { isDataType, isNumericType } from './expr-type.ts';

/** Flink's `DecimalType.MAX_PRECISION`, and the digits behind the point that a result keeps when it grows past it. */
const MAX_PRECISION = 38;
const MIN_ADJUSTED_SCALE = 6;

/** Conversion that the language does by itself. The caller knows that it is allowed; constants are converted here. */
export function convert(node: Typed, type: ExprType): Typed {
  if (sameExprType(node.type, type)) return node;
  if (node.op === 'constant') {
    const value = node.value === null ? null : castValue(node.value, node.type, type);
    if (!(value instanceof RowFailure)) return constant(value, type, node.span);
  }
  return { op: 'cast', safe: false, operand: node, type, nullable: node.nullable, span: node.span };
}

export function sameExprType(a: ExprType, b: ExprType): boolean {
  if (isDataType(a) && isDataType(b)) return sameType(a, b);
  return a.kind === b.kind && (a.kind !== 'INTERVAL' || (b.kind === 'INTERVAL' && a.unit === b.unit));
}

/**
 * The type that values of all `types` can be brought to without loss of kind, as Calcite's `leastRestrictive` under
 * Flink's type system: numbers widen INT → BIGINT → DECIMAL → DOUBLE, DATE goes to TIMESTAMP, text stays alone. NULL fits
 * everything. Null when there is none.
 */
export function commonType(types: readonly ExprType[]): ExprType | null {
  let common: ExprType = { kind: 'NULL' };
  for (const type of types) {
    const wider = widerType(common, type);
    if (wider === null) return null;
    common = wider;
  }
  return common;
}

function widerType(a: ExprType, b: ExprType): ExprType | null {
  if (a.kind === 'UNKNOWN' || b.kind === 'UNKNOWN') return { kind: 'UNKNOWN' };
  if (a.kind === 'NULL') return b;
  if (b.kind === 'NULL') return a;
  if (sameExprType(a, b)) return a;
  if (isNumericType(a) && isNumericType(b)) return widerNumber(a, b);
  if (a.kind === 'DATE' && b.kind === 'TIMESTAMP') return TIMESTAMP;
  if (a.kind === 'TIMESTAMP' && b.kind === 'DATE') return TIMESTAMP;
  if (a.kind === 'ARRAY' && b.kind === 'ARRAY') {
    const element = widerType(a.element, b.element);
    return element !== null && isDataType(element) ? { kind: 'ARRAY', element } : null;
  }
  return null;
}

function widerNumber(a: DataType, b: DataType): DataType {
  if (a.kind === 'DOUBLE' || b.kind === 'DOUBLE') return DOUBLE;
  if (a.kind === 'DECIMAL' || b.kind === 'DECIMAL') {
    const [left, right] = [asDecimal(a), asDecimal(b)];
    const scale = Math.max(left.scale, right.scale);
    const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
    return decimal(Math.min(MAX_PRECISION, whole + scale), scale);
  }
  return a.kind === 'BIGINT' || b.kind === 'BIGINT' ? BIGINT : INT;
}

/** The DECIMAL that holds every value of an exact numeric type. */
export function asDecimal(type: ExprType): DataType & { kind: 'DECIMAL' } {
  if (type.kind === 'DECIMAL') return type;
  return { kind: 'DECIMAL', precision: type.kind === 'INT' ? 10 : 19, scale: 0 };
}

export interface DecimalResult {
  readonly type: DataType;
  /** Whether digits before the point may not fit: then the value is NULL. */
  readonly mayOverflow: boolean;
}

/** Precision and scale of a result. Flink 2.0 `LogicalTypeMerging.find{Addition,Multiplication,Division,Modulo}DecimalType`. */
export function decimalResult(operator: '+' | '-' | '*' | '/' | '%', a: ExprType, b: ExprType): DecimalResult {
  const { precision: p1, scale: s1 } = asDecimal(a);
  const { precision: p2, scale: s2 } = asDecimal(b);
  switch (operator) {
    case '+':
    case '-': {
      const scale = Math.max(s1, s2);
      return adjusted(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
    }
    case '*':
      return adjusted(p1 + p2 + 1, s1 + s2);
    case '/': {
      const scale = Math.max(6, s1 + p2 + 1);
      return { ...adjusted(p1 - s1 + s2 + scale, scale), mayOverflow: true };
    }
    case '%': {
      const scale = Math.max(s1, s2);
      return adjusted(Math.min(p1 - s1, p2 - s2) + scale, scale);
    }
  }
}

function adjusted(precision: number, scale: number): DecimalResult {
  if (precision <= MAX_PRECISION) return { type: decimal(precision, scale), mayOverflow: false };
  const wholeDigits = precision - scale;
  const kept = Math.max(MAX_PRECISION - wholeDigits, Math.min(scale, MIN_ADJUSTED_SCALE));
  return { type: decimal(MAX_PRECISION, kept), mayOverflow: true };
}
