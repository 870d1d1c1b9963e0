import type { BinaryOperator, Expression } from './syntax.ts';

/**
 * How tightly operators bind, loosest first, as in Calcite's `SqlStdOperatorTable`: OR, AND, NOT, IS, comparison,
 * IN/BETWEEN/LIKE, plus, times (`||` among them), sign, then operands. All binary operators group from the left.
 */
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const IS = 4;
export const COMPARISON = 5;
export const RANGE = 6;
export const PLUS = 7;
export const TIMES = 8;
export const SIGN = 9;
export const OPERAND = 10;

export const BINARY_BINDING: ReadonlyMap<string, number> = new Map<BinaryOperator, number>([
  ['OR', OR],
  ['AND', AND],
  ['=', COMPARISON],
  ['<>', COMPARISON],
  ['<', COMPARISON],
  ['<=', COMPARISON],
  ['>', COMPARISON],
  ['>=', COMPARISON],
  ['+', PLUS],
  ['-', PLUS],
  ['*', TIMES],
  ['/', TIMES],
  ['%', TIMES],
  ['||', TIMES],
]);

/** How tightly the outermost operator of a node binds. */
export function bindingOf(node: Expression): number {
  switch (node.kind) {
    case 'binary':
      return BINARY_BINDING.get(node.operator) ?? OPERAND;
    case 'unary':
      return node.operator === 'NOT' ? NOT : SIGN;
    case 'is':
    case 'distinct':
      return IS;
    case 'in':
    case 'between':
    case 'like':
      return RANGE;
    default:
      return OPERAND;
  }
}
