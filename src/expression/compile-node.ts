import type { Column } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { bigintArithmetic, floatArithmetic, intArithmetic, timestampArithmetic } from './arithmetic-kernels.ts';
import { caseKernel, coalesceKernel } from './branch-kernels.ts';
import { castKernel, fieldKernel, lift } from './call-kernels.ts';
import { castCanFail } from './cast-value.ts';
import { constantColumn, readValue } from './column-kernels.ts';
import { comparison, distinctness } from './compare-kernels.ts';
import type { Compiled } from './compiled.ts';
import { decimalArithmetic } from './decimal-kernels.ts';
import type { Frame } from './frame.ts';
import { rowErrors } from './frame.ts';
import { inSet } from './in-set-kernels.ts';
import { logic, not, nullTest, truthTest } from './logic-kernels.ts';
import type { ArithmeticNode, Typed } from './typed.ts';

/** Kernels for a typed tree. Parts without columns are computed once, here; one that fails stays, to fail its rows. */
export function compileNode(node: Typed): Compiled {
  switch (node.op) {
    case 'constant':
      return constantNode(node, node.value);
    case 'column': {
      const { index } = node;
      return made(node, [], false, (frame) => columnAt(frame, index));
    }
    case 'arithmetic':
      return compileArithmetic(node);
    case 'compare': {
      const [left, right] = [compileNode(node.left), compileNode(node.right)];
      return made(node, [left, right], false, comparison(node.operator, left, right));
    }
    case 'distinct': {
      const [left, right] = [compileNode(node.left), compileNode(node.right)];
      return made(node, [left, right], false, distinctness(node.negated, left, right));
    }
    case 'and':
    case 'or': {
      const [left, right] = [compileNode(node.left), compileNode(node.right)];
      return made(node, [left, right], false, logic(node.op, left, right));
    }
    case 'case': {
      const branches = node.branches.map(({ when, then }) => ({ when: compileNode(when), then: compileNode(then) }));
      const otherwise = compileNode(node.otherwise);
      const parts = [...branches.flatMap(({ when, then }) => [when, then]), otherwise];
      return made(node, parts, false, caseKernel(branches, otherwise));
    }
    case 'coalesce': {
      const args = node.args.map(compileNode);
      return made(node, args, false, coalesceKernel(args, node.type));
    }
    case 'call': {
      const args = node.args.map(compileNode);
      return made(node, args, node.canFail, lift({ scalar: node.scalar, args, type: node.type, strict: node.strict }));
    }
    default:
      return compileUnary(node);
  }
}

type UnaryNode = Extract<Typed, { op: 'not' | 'is-null' | 'is-truth' | 'in-set' | 'cast' | 'field' }>;

function compileUnary(node: UnaryNode): Compiled {
  const operand = compileNode(node.op === 'field' ? node.base : node.operand);
  switch (node.op) {
    case 'not':
      return made(node, [operand], false, not(operand));
    case 'is-null':
      return made(node, [operand], false, nullTest(node.negated, operand));
    case 'is-truth':
      return made(node, [operand], false, truthTest(node.truth, node.negated, operand));
    case 'in-set':
      return made(node, [operand], false, inSet(operand, node.values, node.orNull));
    case 'cast':
      return made(
        node,
        [operand],
        !node.safe && castCanFail(operand.type, node.type),
        castKernel(operand, node.type, node.safe),
      );
    case 'field':
      return made(node, [operand], false, fieldKernel(operand, node.index));
  }
}

function compileArithmetic(node: ArithmeticNode): Compiled {
  const [left, right] = [compileNode(node.left), compileNode(node.right)];
  const { operator } = node;
  const divides = operator === '/' || operator === '%';
  const safeDivisor = right.constant !== undefined && right.constant !== null && Number(right.constant) !== 0;
  const canFail = divides && !safeDivisor;
  switch (node.type.kind) {
    case 'INT':
      return made(node, [left, right], canFail, intArithmetic(operator, left, right));
    case 'BIGINT':
      return made(node, [left, right], canFail, bigintArithmetic(operator, left, right));
    case 'DECIMAL':
      return made(node, [left, right], canFail, decimalArithmetic(operator, node.type, left, right));
    case 'TIMESTAMP':
      return made(node, [left, right], true, timestampArithmetic(operator === '-' ? '-' : '+', left, right));
    default:
      return made(node, [left, right], false, floatArithmetic(operator, left, right));
  }
}

function columnAt(frame: Frame, index: number): Column {
  const column = frame.batch.columns[index];
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
  return { batch, length: 1, rows: null, errors };
}

function constantNode(node: Typed, value: Value): Compiled {
  let last: { length: number; column: Column } | null = null;
  const run = (frame: Frame): Column => {
    if (last?.length !== frame.length) last = { length: frame.length, column: constantColumn(node.type, value, frame) };
    return last.column;
  };
  return { type: node.type, nullable: value === null, canFail: false, constant: value, run };
}
