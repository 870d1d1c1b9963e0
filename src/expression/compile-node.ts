import { FRESH_BUFFERS } from '../stream/buffers.ts';
import type { Column } from '../stream/column.ts';
import type { DataType } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { floatArithmetic, intArithmetic, productOf, timestampArithmetic } from './arithmetic-kernels.ts';
import { bigintArithmetic } from './bigint-kernels.ts';
import { caseKernel, coalesceKernel } from './branch-kernels.ts';
import { castKernel, fieldKernel, lift } from './call-kernels.ts';
import { castCanFail } from './cast-value.ts';
import { constantColumn, readValue } from './column-kernels.ts';
import { comparison, distinctness } from './compare-kernels.ts';
import type { Compiled } from './compiled.ts';
import { decimalArithmetic } from './decimal-kernels.ts';
import { columnAt } from './deferred-batch.ts';
import type { Frame } from './frame.ts';
import { rowErrors } from './frame.ts';
import { inSet } from './in-set-kernels.ts';
import { bothSelect, logic, not, nullTest, truthTest } from './logic-kernels.ts';
import { scaledArithmetic, scaledComparison, scaledFirst, scaledFromWhole } from './scaled-decimal-kernels.ts';
import type { Space } from './space.ts';
import { spaceFor } from './space.ts';
import type { ArithmeticNode, Typed } from './typed.ts';

/**
 * Kernels for a typed tree. Parts without columns are computed once, here; one that fails stays, to fail its rows. With
 * `leaves` the column may be kept for as long as the frame's buffers last, else until the next run.
 */
export function compileNode(node: Typed, leaves: boolean): Compiled {
  const space = spaceFor(leaves);
  switch (node.op) {
    case 'constant':
      return constantNode(node, node.value);
    case 'column': {
      const { index } = node;
      return made(node, [], false, (frame) => columnOf(frame, index));
    }
    case 'arithmetic':
      return compileArithmetic(node, space);
    case 'compare': {
      const [left, right] = operandsOf(node);
      const slow = comparison(node.operator, left, right, space);
      const { run, select } =
        left.type.kind === 'DECIMAL' ? scaledComparison(node.operator, [left, right], slow, space) : slow;
      return { ...made(node, [left, right], false, run), select };
    }
    case 'distinct': {
      const [left, right] = operandsOf(node);
      return made(node, [left, right], false, distinctness(node.negated, left, right, space));
    }
    case 'and':
    case 'or': {
      const [left, right] = operandsOf(node);
      const select = node.op === 'and' ? bothSelect(left, right) : undefined;
      return { ...made(node, [left, right], false, logic(node.op, left, right, space)), select };
    }
    case 'case': {
      const branches = node.branches.map(({ when, then }) => ({
        when: compileNode(when, false),
        then: compileNode(then, leaves),
      }));
      const otherwise = compileNode(node.otherwise, leaves);
      const parts = [...branches.flatMap(({ when, then }) => [when, then]), otherwise];
      return made(node, parts, false, caseKernel(branches, otherwise, space));
    }
    case 'coalesce': {
      const args = node.args.map((arg) => compileNode(arg, leaves));
      return made(node, args, false, coalesceKernel(args, node.type, space));
    }
    case 'call': {
      const args = node.args.map((arg) => compileNode(arg, false));
      const { scalar, numeric, type, strict } = node;
      return made(node, args, node.canFail, lift({ scalar, numeric, args, type, strict }, space));
    }
    default:
      return compileUnary(node, leaves);
  }
}

type UnaryNode = Extract<Typed, { op: 'not' | 'is-null' | 'is-truth' | 'in-set' | 'cast' | 'field' }>;

function operandsOf({ left, right }: { readonly left: Typed; readonly right: Typed }): readonly [Compiled, Compiled] {
  return [compileNode(left, false), compileNode(right, false)];
}

function compileUnary(node: UnaryNode, leaves: boolean): Compiled {
  // A cast that changes nothing and the field of a row hand on the column below.
  const handsOn = leaves && (node.op === 'cast' || node.op === 'field');
  const operand = compileNode(node.op === 'field' ? node.base : node.operand, handsOn);
  const space = spaceFor(leaves);
  switch (node.op) {
    case 'not':
      return made(node, [operand], false, not(operand, space));
    case 'is-null':
      return made(node, [operand], false, nullTest(node.negated, operand, space));
    case 'is-truth':
      return made(node, [operand], false, truthTest(node.truth, node.negated, operand, space));
    case 'in-set':
      return made(node, [operand], false, inSet(operand, node.values, node.orNull, space));
    case 'cast': {
      const canFail = !node.safe && castCanFail(operand.type, node.type);
      const cast = castKernel(operand, node.type, node.safe, space);
      if (node.type.kind !== 'DECIMAL') return made(node, [operand], canFail, cast);
      const scaled = scaledFromWhole(operand, node.type);
      return { ...made(node, [operand], canFail, scaledFirst(scaled, cast)), scaled };
    }
    case 'field':
      return made(node, [operand], false, fieldKernel(operand, node.index));
  }
}

function compileArithmetic(node: ArithmeticNode, space: Space): Compiled {
  const [left, right] = operandsOf(node);
  const { operator } = node;
  const divides = operator === '/' || operator === '%';
  const safeDivisor = right.constant !== undefined && right.constant !== null && Number(right.constant) !== 0;
  const canFail = divides && !safeDivisor;
  switch (node.type.kind) {
    case 'INT':
      return made(node, [left, right], canFail, intArithmetic(operator, left, right, space));
    case 'BIGINT':
      return made(node, [left, right], canFail, bigintArithmetic(operator, left, right, space));
    case 'DECIMAL':
      return decimalNode(node, canFail, [left, right], node.type);
    case 'TIMESTAMP':
      return made(node, [left, right], true, timestampArithmetic(operator === '-' ? '-' : '+', left, right, space));
    default: {
      const product = productOf(operator, left, right);
      return { ...made(node, [left, right], false, floatArithmetic(operator, left, right, space)), product };
    }
  }
}

function decimalNode(
  node: ArithmeticNode,
  canFail: boolean,
  [left, right]: readonly [Compiled, Compiled],
  type: DataType & { kind: 'DECIMAL' },
): Compiled {
  const scaled = scaledArithmetic(node.operator, type, left, right);
  const run = scaledFirst(scaled, decimalArithmetic(node.operator, type, left, right));
  return { ...made(node, [left, right], canFail, run), scaled };
}

function columnOf(frame: Frame, index: number): Column {
  const column = columnAt(frame.batch, index);
  if (column === undefined) throw new Error(`the batch has no column ${index}`);
  return column;
}

/** `canFail`: whether the part itself can; its own parts are asked here. */
function made(node: Typed, parts: readonly Compiled[], canFail: boolean, run: Kernel): Compiled {
  const compiled = {
    type: node.type,
    nullable: node.nullable,
    canFail: canFail || parts.some((part) => part.canFail),
    run,
  };
  if (node.op === 'column' || parts.some((part) => part.constant === undefined))
    return { ...compiled, constant: undefined };
  const errors = rowErrors();
  const column = run(oneRow(errors));
  return errors.count > 0 ? { ...compiled, constant: undefined } : constantNode(node, readValue(column, node.type, 0));
}

function oneRow(errors: Frame['errors']): Frame {
  const [seq, ts] = [new Float64Array(1), new Float64Array(1)];
  const batch = { length: 1, selection: null, columns: [], seq, phase: null, ts, kinds: null, origin: null };
  return { batch, length: 1, rows: null, errors, buffers: FRESH_BUFFERS };
}

function constantNode(node: Typed, value: Value): Compiled {
  let last: { length: number; column: Column } | null = null;
  const run = (frame: Frame): Column => {
    if (last?.length !== frame.length) last = { length: frame.length, column: constantColumn(node.type, value, frame) };
    return last.column;
  };
  return { type: node.type, nullable: value === null, canFail: false, constant: value, run };
}
