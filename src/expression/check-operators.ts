import { BIGINT, BOOLEAN, DATE, DOUBLE, STRING, TIMESTAMP, decimal } from '../stream/types.ts';
import { castCanBeNull, castable } from './cast-value.ts';
import { hiddenCall } from './check-call.ts';
import type { CheckContext } from './check-context.ts';
import { demandBoolean } from './check-forms.ts';
import { asDecimal, commonType, convert, decimalResult, sameExprType } from './coercion.ts';
import type {
  ArithmeticOperator,
  BetweenExpression,
  BinaryExpression,
  CastExpression,
  ComparisonOperator,
  DistinctExpression,
  Expression,
  InExpression,
  Span,
} from './syntax.ts';
import type { Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';
import { boolean, constant } from './typed.ts';
import { UNKNOWN, exprTypeName, isDataType, isNumericType, isTimeType } from './expr-type.ts';

export function checkLogic(context: CheckContext, operator: 'AND' | 'OR', node: BinaryExpression): Typed {
  const left = demandBoolean(context, context.check(node.left), operator);
  const right = demandBoolean(context, context.check(node.right), operator);
  const nullable = left.nullable || right.nullable;
  return { op: operator === 'AND' ? 'and' : 'or', left, right, ...boolean({ nullable, span: node.span }) };
}

export function checkNegate(context: CheckContext, operator: '-' | '+', node: Expression & { kind: 'unary' }): Typed {
  const operand = context.check(node.operand);
  if (operand.type.kind === 'UNKNOWN') return operand;
  const number = isNumericType(operand.type) || operand.type.kind === 'INTERVAL' || operand.type.kind === 'NULL';
  if (!number) {
    const message = `${operator} needs a number, this is ${exprTypeName(operand.type)}.`;
    return context.problem({
      code: 'type-mismatch',
      message,
      fix: castHint(operand.type, 'DOUBLE'),
      span: node.operand.span,
    });
  }
  if (operator === '+' || operand.type.kind === 'NULL') return { ...operand, span: node.span };
  const minus = minusOne(operand.type, node.span);
  return {
    op: 'arithmetic',
    operator: '*',
    left: operand,
    right: minus,
    type: operand.type,
    nullable: operand.nullable,
    span: node.span,
  };
}

function minusOne(type: ExprType, span: Span): Typed {
  return type.kind === 'DECIMAL' ? constant(-1n, decimal(1, 0), span) : constant(-1, type, span);
}

/** Types of `+ - * / %`: numbers by Flink's rules, times with intervals, and a TIMESTAMP with a number of ms. */
export function checkArithmetic(context: CheckContext, operator: ArithmeticOperator, node: BinaryExpression): Typed {
  const left = context.check(node.left);
  const right = context.check(node.right);
  const { span } = node;
  if (left.type.kind === 'UNKNOWN' || right.type.kind === 'UNKNOWN') return constant(null, UNKNOWN, span);
  const numbers = [left, right].every((side) => isNumericType(side.type) || side.type.kind === 'NULL');
  if (numbers) return numberArithmetic(context, operator, left, right);
  const time = timeArithmetic(context, operator, left, right);
  if (time !== null) return { ...time, span };
  const message = `${exprTypeName(left.type)} ${operator} ${exprTypeName(right.type)} has no meaning.`;
  return context.problem({ code: 'type-mismatch', message, fix: arithmeticFix(operator, left.type, right.type), span });
}

function arithmeticFix(operator: ArithmeticOperator, left: ExprType, right: ExprType): string {
  if (operator === '+' && (left.kind === 'STRING' || right.kind === 'STRING'))
    return 'To join texts write ||, to add numbers CAST(… AS DOUBLE)';
  if (operator === '-' && isTimeType(left) && isTimeType(right)) return 'Write TIMESTAMPDIFF(SECOND, earlier, later)';
  return castHint(isNumericType(left) ? right : left, 'DOUBLE');
}

function castHint(type: ExprType, to: string): string {
  return isDataType(type) && castable(type, DOUBLE) ? `Write CAST(… AS ${to})` : 'Use a number here';
}

function numberArithmetic(context: CheckContext, operator: ArithmeticOperator, left: Typed, right: Typed): Typed {
  const span = { from: left.span.from, to: right.span.to };
  const common = commonType([left.type, right.type]) ?? UNKNOWN;
  if (common.kind === 'NULL') return constant(null, common, span);
  let nullable = left.nullable || right.nullable;
  if (operator === '%' && common.kind === 'DOUBLE') {
    const message = 'The remainder of a DOUBLE is not exact, so % refuses it.';
    return context.problem({
      code: 'type-mismatch',
      message,
      fix: 'Write CAST(… AS BIGINT) or CAST(… AS DECIMAL(18, 3))',
      span,
    });
  }
  if (common.kind === 'DECIMAL') {
    const sides = [left, right].map((side) => convert(side, side.type.kind === 'NULL' ? common : asDecimal(side.type)));
    const { type, mayOverflow } = decimalResult(operator, sides[0]?.type ?? common, sides[1]?.type ?? common);
    nullable ||= mayOverflow;
    return { op: 'arithmetic', operator, left: sides[0] ?? left, right: sides[1] ?? right, type, nullable, span };
  }
  const node: Typed = {
    op: 'arithmetic',
    operator,
    left: convert(left, common),
    right: convert(right, common),
    type: common,
    nullable,
    span,
  };
  // Calcite's ARG1_NULLABLE: MOD has the type of the divisor, which always holds it.
  return operator === '%' && right.type.kind === 'INT' ? convert(node, right.type) : node;
}

function timeArithmetic(context: CheckContext, operator: ArithmeticOperator, left: Typed, right: Typed): Typed | null {
  if (operator === '+' && isTimeType(right.type) && !isTimeType(left.type)) return shift(context, '+', right, left);
  if ((operator === '+' || operator === '-') && isTimeType(left.type)) return shift(context, operator, left, right);
  const nullable = left.nullable || right.nullable;
  const { span } = left;
  if (left.type.kind === 'INTERVAL' && right.type.kind === 'INTERVAL' && left.type.unit === right.type.unit) {
    if (operator !== '+' && operator !== '-') return null;
    const type = { ...left.type, fine: left.type.fine || right.type.fine };
    return { op: 'arithmetic', operator, left, right, type, nullable, span };
  }
  if (operator !== '*') return null;
  const [interval, factor] = left.type.kind === 'INTERVAL' ? [left, right] : [right, left];
  if (interval.type.kind !== 'INTERVAL' || (factor.type.kind !== 'INT' && factor.type.kind !== 'BIGINT')) return null;
  return {
    op: 'arithmetic',
    operator,
    left: interval,
    right: convert(factor, DOUBLE),
    type: interval.type,
    nullable,
    span,
  };
}

/** A time moved by an interval; Tidemark's own: a TIMESTAMP also by a number of milliseconds, cut to whole ones. */
function shift(context: CheckContext, operator: '+' | '-', time: Typed, by: Typed): Typed | null {
  const nullable = time.nullable || by.nullable;
  const { span } = time;
  if (by.type.kind === 'NULL') return constant(null, time.type, span);
  if (isNumericType(by.type) && time.type.kind === 'TIMESTAMP') {
    return { op: 'arithmetic', operator, left: time, right: convert(by, BIGINT), type: TIMESTAMP, nullable, span };
  }
  if (by.type.kind !== 'INTERVAL') return null;
  if (by.type.unit === 'ms' && time.type.kind !== 'TIME' && (time.type.kind === 'TIMESTAMP' || by.type.fine)) {
    return { op: 'arithmetic', operator, left: convert(time, TIMESTAMP), right: by, type: TIMESTAMP, nullable, span };
  }
  if (by.type.unit === 'months' && time.type.kind === 'TIME') return null;
  const name = by.type.unit === 'months' ? 'ADD_MONTHS' : time.type.kind === 'TIME' ? 'ADD_TO_TIME' : 'ADD_DAYS';
  const signed: Typed =
    operator === '+'
      ? by
      : {
          op: 'arithmetic',
          operator: '*',
          left: by,
          right: constant(-1, by.type, span),
          type: by.type,
          nullable: by.nullable,
          span,
        };
  return hiddenCall(context, name, [time, signed], span);
}

const ORDERED = new Set(['BOOLEAN', 'STRING', 'BYTES', 'DATE', 'TIME', 'TIMESTAMP', 'INTERVAL', 'NULL']);

export function checkComparison(context: CheckContext, operator: ComparisonOperator, node: BinaryExpression): Typed {
  return compare(context, operator, [context.check(node.left), context.check(node.right)], node.span);
}

export function compare(
  context: CheckContext,
  operator: ComparisonOperator,
  sides: readonly [Typed, Typed],
  span: Span,
): Typed {
  const pair = comparable(context, sides, span, operator);
  if (pair === null) return constant(null, UNKNOWN, span);
  const [left, right] = pair;
  const nullable = left.nullable || right.nullable;
  return decided(context, { op: 'compare', operator, left, right, ...boolean({ nullable, span }) });
}

/** A comparison; with FALSE instead of NULL where the dialect knows no third answer. */
function decided({ rules }: CheckContext, comparison: Typed): Typed {
  if (rules.comparedWithNull === 'null' || !comparison.nullable) return comparison;
  const { span } = comparison;
  return { op: 'is-truth', truth: true, negated: false, operand: comparison, ...boolean({ nullable: false, span }) };
}

/** Both sides brought to a type that can be compared, or null after a problem was told. */
function comparable(
  context: CheckContext,
  sides: readonly [Typed, Typed],
  span: Span,
  operator: string,
): readonly [Typed, Typed] | null {
  const [left, right] = sides;
  if (left.type.kind === 'UNKNOWN' || right.type.kind === 'UNKNOWN') return null;
  const type = comparisonType(left.type, right.type);
  if (type === null) {
    const message = `${exprTypeName(left.type)} ${operator} ${exprTypeName(right.type)}: these cannot be compared.`;
    const [text, other] = left.type.kind === 'STRING' ? ['left', right.type] : ['right', left.type];
    const hasText = left.type.kind === 'STRING' || right.type.kind === 'STRING';
    const fix =
      hasText && isDataType(other) && castable(left.type.kind === 'STRING' ? left.type : right.type, other)
        ? `Write CAST(… AS ${exprTypeName(other)}) around the ${text} side`
        : 'Compare values of one type';
    context.problem({ code: 'type-mismatch', message, fix, span });
    return null;
  }
  const ordered = isNumericType(type) || ORDERED.has(type.kind);
  if (!ordered && operator !== '=' && operator !== '<>' && operator !== 'IS DISTINCT FROM') {
    context.problem({
      code: 'type-mismatch',
      message: `${exprTypeName(type)} has no order.`,
      fix: 'Compare with = or <>',
      span,
    });
    return null;
  }
  // DECIMALs keep their own scales: a common one could need more digits than a DECIMAL has.
  const both = (side: Typed): Typed =>
    type.kind !== 'DECIMAL'
      ? convert(side, type)
      : convert(side, side.type.kind === 'NULL' ? type : asDecimal(side.type));
  return [both(left), both(right)];
}

/** Text with a time is read as that time; text with a number is refused, as in Flink (`checkImplicitConversionValidity`). */
function comparisonType(a: ExprType, b: ExprType): ExprType | null {
  if (a.kind === 'STRING' && isTimeType(b)) return b;
  if (b.kind === 'STRING' && isTimeType(a)) return a;
  return commonType([a, b]);
}

export function checkDistinct(context: CheckContext, node: DistinctExpression): Typed {
  const pair = comparable(
    context,
    [context.check(node.left), context.check(node.right)],
    node.span,
    'IS DISTINCT FROM',
  );
  if (pair === null) return constant(null, UNKNOWN, node.span);
  const [left, right] = pair;
  return { op: 'distinct', negated: node.negated, left, right, ...boolean({ nullable: false, span: node.span }) };
}

/** Constants of the operand's own type become a set; anything else becomes `operand = a OR operand = b …`. */
export function checkIn(context: CheckContext, node: InExpression): Typed {
  const operand = context.check(node.operand);
  const items = node.items.map((item) => context.check(item));
  const tests = items.map((item) => compare(context, '=', [operand, item], { from: item.span.from, to: item.span.to }));
  const constants = items.map((item) => {
    if (item.op !== 'constant') return null;
    return item.type.kind === 'DECIMAL' || operand.type.kind === 'DECIMAL' ? null : convertible(item, operand.type);
  });
  const scalar = isNumericType(operand.type) || ORDERED.has(operand.type.kind);
  if (
    scalar &&
    operand.type.kind !== 'BYTES' &&
    tests.every((test) => test.type.kind !== 'UNKNOWN') &&
    constants.every((item) => item !== null)
  ) {
    const values = constants.flatMap((item) => (item?.op === 'constant' && item.value !== null ? [item.value] : []));
    const orNull = values.length < items.length;
    const nullable = operand.nullable || orNull;
    return decided(context, { op: 'in-set', operand, values, orNull, ...boolean({ nullable, span: node.span }) });
  }
  const [first, ...others] = tests;
  if (first === undefined) return constant(null, UNKNOWN, node.span);
  if (tests.some((test) => test.type.kind === 'UNKNOWN')) return constant(null, UNKNOWN, node.span);
  return others.reduce<Typed>(
    (left, right) => ({
      op: 'or',
      left,
      right,
      ...boolean({ nullable: left.nullable || right.nullable, span: node.span }),
    }),
    first,
  );
}

/** The constant as a constant of `type`, where that loses nothing; null otherwise. */
function convertible(item: Typed, type: ExprType): Typed | null {
  const common = comparisonType(item.type, type);
  if (common === null || !sameExprType(common, type)) return null;
  const converted = convert(item, type);
  return converted.op === 'constant' ? converted : null;
}

/** `low <= operand AND operand <= high`; SYMMETRIC takes the ends in either order. */
export function checkBetween(context: CheckContext, node: BetweenExpression): Typed {
  const [operand, low, high] = [context.check(node.operand), context.check(node.low), context.check(node.high)];
  const range = (from: Typed, to: Typed): Typed => {
    const left = compare(context, '>=', [operand, from], { from: operand.span.from, to: from.span.to });
    const right = compare(context, '<=', [operand, to], { from: operand.span.from, to: to.span.to });
    if (left.type.kind === 'UNKNOWN' || right.type.kind === 'UNKNOWN') return constant(null, UNKNOWN, node.span);
    return { op: 'and', left, right, ...boolean({ nullable: left.nullable || right.nullable, span: node.span }) };
  };
  const straight = range(low, high);
  if (!node.symmetric || straight.type.kind === 'UNKNOWN') return straight;
  const reversed = range(high, low);
  return { op: 'or', left: straight, right: reversed, ...boolean({ nullable: straight.nullable, span: node.span }) };
}

export function checkCast(context: CheckContext, node: CastExpression): Typed {
  const operand = context.check(node.operand);
  if (!castable(operand.type, node.type)) {
    const message = `${exprTypeName(operand.type)} cannot be cast to ${exprTypeName(node.type)}.`;
    return context.problem({
      code: 'type-mismatch',
      message,
      fix: impossibleCastFix(operand.type, node.type),
      span: node.span,
    });
  }
  if (operand.type.kind === 'UNKNOWN' || operand.type.kind === 'NULL') return constant(null, node.type, node.span);
  const nullable = operand.nullable || node.safe || castCanBeNull(operand.type, node.type);
  if (sameExprType(operand.type, node.type)) return { ...operand, span: node.span };
  return { op: 'cast', safe: node.safe, operand, type: node.type, nullable, span: node.span };
}

function impossibleCastFix(from: ExprType, to: ExprType): string {
  if (isNumericType(from) && to.kind === 'TIMESTAMP')
    return 'Write TO_TIMESTAMP_LTZ(…, 3) for milliseconds, TO_TIMESTAMP_LTZ(…, 0) for seconds';
  if (from.kind === 'TIMESTAMP' && isNumericType(to))
    return 'Write UNIX_TIMESTAMP(…) for seconds, EXTRACT(EPOCH FROM …) likewise';
  if (to.kind === DATE.kind || to.kind === BOOLEAN.kind || to.kind === STRING.kind) return 'Convert it with a function';
  return 'Leave the cast out, or cast to STRING';
}
