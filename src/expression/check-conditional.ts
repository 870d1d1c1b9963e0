import { checkCaseWith, caseOf, demandBoolean, unify } from './check-forms.ts';
import type { CheckContext } from './check-context.ts';
import { compare } from './check-operators.ts';
import type { CallExpression, Expression } from './syntax.ts';
import type { Typed } from './typed.ts';
import { constant } from './typed.ts';
import { UNKNOWN } from './expr-type.ts';

export function checkCase(context: CheckContext, node: Expression & { kind: 'case' }): Typed {
  return checkCaseWith(context, node, (operand, value) => compare(context, '=', [operand, value], value.span));
}

/** Functions that do not evaluate all their arguments, as other nodes; null when the call is none of them. */
export function checkConditional(context: CheckContext, node: CallExpression): Typed | null {
  const arity = CONDITIONAL.get(node.name);
  if (arity === undefined || node.args.length < arity[0] || node.args.length > arity[1]) return null;
  const args = node.args.map((arg) => context.check(arg));
  const { span } = node;
  const unknown = constant(null, UNKNOWN, span);
  const [first = unknown, second = unknown, third = unknown] = args;
  switch (node.name) {
    case 'COALESCE':
    case 'IFNULL': {
      const parts = unify(context, args, `The arguments of ${node.name}`, span);
      const type = parts?.[0]?.type;
      if (parts === null || type === undefined) return unknown;
      return { op: 'coalesce', args: parts, type, nullable: parts.every((part) => part.nullable), span };
    }
    case 'NULLIF': {
      const same = compare(context, '=', [first, second], span);
      if (same.type.kind === 'UNKNOWN') return unknown;
      return caseOf([{ when: same, then: constant(null, first.type, span) }], first, span);
    }
    default: {
      const when = demandBoolean(context, first, 'IF');
      const parts = unify(context, [second, third], 'The results of IF', span);
      const [then, otherwise] = parts ?? [];
      if (then === undefined || otherwise === undefined || when.type.kind === 'UNKNOWN') return unknown;
      return caseOf([{ when, then }], otherwise, span);
    }
  }
}

/** Least and largest number of arguments. */
const CONDITIONAL = new Map<string, readonly [number, number]>([
  ['COALESCE', [1, Infinity]],
  ['IFNULL', [2, 2]],
  ['NULLIF', [2, 2]],
  ['IF', [3, 3]],
]);
