import type { Value } from '../stream/value.ts';
import { bigintValue, castValue } from './cast-value.ts';
import { compareValues } from './compare-values.ts';
import { decimalOperation } from './decimal-kernels.ts';
import { fitsPrecision } from './decimal.ts';
import { RowFailure } from './functions/definition.ts';
import type { ArithmeticOperator, ComparisonOperator } from './syntax.ts';
import type { ArithmeticNode, Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';

/**
 * What an expression means, one row at a time and as plainly as it can be said. The column compiler must give the same
 * values and fail the same rows. Slow on purpose: no layouts, no bitmaps, no constants computed ahead.
 *
 * `row` holds the values of all columns, DECIMALs unscaled. A row that fails gives a `RowFailure`, as soon as anything
 * that is evaluated fails.
 */
export function evaluateRow(node: Typed, row: readonly Value[]): Value | RowFailure {
  try {
    return evaluate(node, row);
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
}

class Failed extends Error {
  readonly failure: RowFailure;
  constructor(failure: RowFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

function succeed(outcome: Value | RowFailure): Value {
  if (outcome instanceof RowFailure) throw new Failed(outcome);
  return outcome;
}

function fail(message: string): never {
  throw new Failed(new RowFailure(message));
}

function evaluate(node: Typed, row: readonly Value[]): Value {
  switch (node.op) {
    case 'constant':
      return node.value;
    case 'column':
      return row[node.index] ?? null;
    case 'field': {
      const base = evaluate(node.base, row);
      return base === null ? null : ([...(base as ReadonlyMap<string, Value>).values()][node.index] ?? null);
    }
    case 'arithmetic': {
      const [left, right] = [evaluate(node.left, row), evaluate(node.right, row)];
      return left === null || right === null ? null : arithmetic(node, left, right);
    }
    case 'compare': {
      const [left, right] = [evaluate(node.left, row), evaluate(node.right, row)];
      return left === null || right === null
        ? null
        : compare(node.operator, left, right, [node.left.type, node.right.type]);
    }
    case 'distinct': {
      const [left, right] = [evaluate(node.left, row), evaluate(node.right, row)];
      const same =
        left === null || right === null ? left === right : compare('=', left, right, [node.left.type, node.right.type]);
      return same === node.negated;
    }
    case 'case': {
      const taken = node.branches.find(({ when }) => evaluate(when, row) === true);
      return evaluate(taken === undefined ? node.otherwise : taken.then, row);
    }
    case 'coalesce': {
      for (const arg of node.args) {
        const value = evaluate(arg, row);
        if (value !== null) return value;
      }
      return null;
    }
    case 'call': {
      const args = node.args.map((arg) => evaluate(arg, row));
      return node.strict && args.includes(null) ? null : succeed(node.scalar(args));
    }
    case 'cast': {
      const value = evaluate(node.operand, row);
      const outcome = value === null ? null : castValue(value, node.operand.type, node.type);
      return node.safe && outcome instanceof RowFailure ? null : succeed(outcome);
    }
    default:
      return evaluateLogic(node, row);
  }
}

type Logic = Extract<Typed, { op: 'and' | 'or' | 'not' | 'is-null' | 'is-truth' | 'in-set' }>;

/** In three values: TRUE, FALSE and NULL for “unknown”. */
function evaluateLogic(node: Logic, row: readonly Value[]): Value {
  switch (node.op) {
    case 'and':
    case 'or': {
      const deciding = node.op === 'or';
      const left = evaluate(node.left, row);
      if (left === deciding) return deciding;
      const right = evaluate(node.right, row);
      if (right === deciding) return deciding;
      return left === null || right === null ? null : !deciding;
    }
    case 'not': {
      const value = evaluate(node.operand, row);
      return value === null ? null : value !== true;
    }
    case 'is-null':
      return (evaluate(node.operand, row) === null) !== node.negated;
    case 'is-truth':
      return (evaluate(node.operand, row) === node.truth) !== node.negated;
    case 'in-set': {
      const operand = evaluate(node.operand, row);
      if (operand === null) return null;
      if (node.values.some((value) => compare('=', operand, value, [node.operand.type, node.operand.type])))
        return true;
      return node.orNull ? null : false;
    }
  }
}

function compare(
  operator: ComparisonOperator,
  a: Value,
  b: Value,
  [left, right]: readonly [ExprType, ExprType],
): boolean {
  const order = compareValues(a, b, [
    left.kind === 'DECIMAL' ? left.scale : 0,
    right.kind === 'DECIMAL' ? right.scale : 0,
  ]);
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function arithmetic(node: ArithmeticNode, a: NonNullable<Value>, b: NonNullable<Value>): Value {
  const { operator, type } = node;
  const divides = operator === '/' || operator === '%';
  switch (type.kind) {
    case 'INT':
    case 'BIGINT': {
      const [x, y] = [BigInt(a as number | bigint), BigInt(b as number | bigint)];
      if (divides && y === 0n) fail('division by zero');
      const exact = whole(operator, x, y);
      return type.kind === 'INT' ? Number(BigInt.asIntN(32, exact)) : bigintValue(exact);
    }
    case 'DECIMAL': {
      if (divides && b === 0n) fail('division by zero');
      const scale = (side: Typed): number => (side.type.kind === 'DECIMAL' ? side.type.scale : 0);
      const result = decimalOperation(
        operator,
        [a as bigint, scale(node.left)],
        [b as bigint, scale(node.right)],
        type.scale,
      );
      return fitsPrecision(result, type.precision) ? result : null;
    }
    case 'TIMESTAMP': {
      const time = real(operator, Number(a), Number(b));
      return Math.abs(time) < 2 ** 53 ? time : fail('the time is beyond ±2^53 ms');
    }
    default:
      return real(operator, Number(a), Number(b));
  }
}

function whole(operator: ArithmeticOperator, x: bigint, y: bigint): bigint {
  if (operator === '+') return x + y;
  if (operator === '-') return x - y;
  if (operator === '*') return x * y;
  return operator === '/' ? x / y : x % y;
}

function real(operator: ArithmeticOperator, x: number, y: number): number {
  if (operator === '+') return x + y;
  if (operator === '-') return x - y;
  if (operator === '*') return x * y;
  return operator === '/' ? x / y : x % y;
}
