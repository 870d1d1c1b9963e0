import type { Schema } from '../stream/types.ts';
import { BOOLEAN, STRING, fieldIndex } from '../stream/types.ts';
import { checkCall, checkItem } from './check-call.ts';
import type { CheckContext } from './check-context.ts';
import { checkLiteral } from './check-literal.ts';
import {
  checkArithmetic,
  checkBetween,
  checkCast,
  checkComparison,
  checkDistinct,
  checkIn,
  checkLogic,
  checkNegate,
} from './check-operators.ts';
import { checkCase, checkConditional } from './check-conditional.ts';
import { checkArray, checkLike, checkMap, checkRow, demandBoolean } from './check-forms.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import { closestName } from './expression-problem.ts';
import type { CallExpression, ColumnReference, Expression, Name } from './syntax.ts';
import { SQL_RULES } from './rules.ts';
import type { Typed } from './typed.ts';
import { boolean, constant } from './typed.ts';
import { NULL_TYPE, UNKNOWN, exprTypeName, isDataType } from './expr-type.ts';

export interface Checked {
  readonly typed: Typed;
  readonly problems: readonly ExpressionProblem[];
}

/** Settles names and types against `schema`. All problems are collected; a part that has one is UNKNOWN for the rest. */
export function checkExpression(ast: Expression, schema: Schema, rules = SQL_RULES): Checked {
  const problems: ExpressionProblem[] = [];
  const context: CheckContext = {
    schema,
    rules,
    check: (node) => checkNode(context, node),
    problem: (problem) => {
      problems.push(problem);
      return constant(null, UNKNOWN, problem.span);
    },
  };
  const typed = context.check(ast);
  if (problems.length === 0 && !isDataType(typed.type) && typed.type.kind !== 'UNKNOWN') {
    const what = typed.type.kind === 'NULL' ? 'NULL alone' : `An ${exprTypeName(typed.type)}`;
    const fix =
      typed.type.kind === 'NULL'
        ? 'Write CAST(NULL AS STRING), or the type you need'
        : 'Add it to a time, or write the length in ms';
    context.problem({ code: 'not-a-column-type', message: `${what} cannot be a column.`, fix, span: ast.span });
  }
  return { typed, problems };
}

function checkNode(context: CheckContext, node: Expression): Typed {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
    case 'temporal':
    case 'interval':
      return checkLiteral(context, node);
    case 'column':
      return checkColumn(context, node);
    case 'member':
      return checkField(context, context.check(node.base), node.name);
    case 'index':
      return checkItem(context, node);
    case 'unary':
      if (node.operator !== 'NOT') return checkNegate(context, node.operator, node);
      return notOf(demandBoolean(context, context.check(node.operand), 'NOT'), node);
    case 'binary':
      return checkBinary(context, node);
    case 'is':
      return checkIs(context, node);
    case 'distinct':
      return checkDistinct(context, node);
    case 'in':
      return negate(node.negated, checkIn(context, node));
    case 'between':
      return negate(node.negated, checkBetween(context, node));
    case 'like':
      return negate(node.negated, checkLike(context, node));
    case 'case':
      return checkCase(context, node);
    case 'cast':
      return checkCast(context, node);
    case 'call':
      return (
        checkModulo(context, node) ??
        checkRow(context, node) ??
        checkConditional(context, node) ??
        checkCall(context, node)
      );
    case 'array':
      return checkArray(context, node);
    case 'map':
      return checkMap(context, node);
    case 'keyword':
      return context.problem({
        code: 'not-allowed-here',
        message: `${node.word} is no value.`,
        fix: 'Write a value here',
        span: node.span,
      });
    case 'missing':
      return constant(null, UNKNOWN, node.span);
  }
}

function notOf(operand: Typed, node: Expression): Typed {
  return { op: 'not', operand, ...boolean({ nullable: operand.nullable, span: node.span }) };
}

function negate(negated: boolean, typed: Typed): Typed {
  return negated ? { op: 'not', operand: typed, ...boolean(typed) } : typed;
}

function checkBinary(context: CheckContext, node: Expression & { kind: 'binary' }): Typed {
  switch (node.operator) {
    case 'AND':
    case 'OR':
      return checkLogic(context, node.operator, node);
    case '||': {
      const call = {
        kind: 'call',
        name: '||',
        nameSpan: node.span,
        args: [node.left, node.right],
        star: false,
      } as const;
      return checkCall(context, { ...call, distinct: false, filter: null, span: node.span }, true);
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return checkArithmetic(context, node.operator, node);
    default:
      return checkComparison(context, node.operator, node);
  }
}

/** MOD(a, b) is a % b. */
function checkModulo(context: CheckContext, node: CallExpression): Typed | null {
  const [left, right] = node.args;
  if (node.name !== 'MOD' || left === undefined || right === undefined || node.args.length !== 2) return null;
  return checkArithmetic(context, '%', { kind: 'binary', operator: '%', left, right, span: node.span });
}

function checkIs(context: CheckContext, node: Expression & { kind: 'is' }): Typed {
  const operand = context.check(node.operand);
  const never = { nullable: false, span: node.span };
  if (node.test === 'NULL') return { op: 'is-null', negated: node.negated, operand, ...boolean(never) };
  const truth = demandBoolean(context, operand, `IS ${node.test}`);
  if (node.test === 'UNKNOWN') return { op: 'is-null', negated: node.negated, operand: truth, ...boolean(never) };
  return { op: 'is-truth', truth: node.test === 'TRUE', negated: node.negated, operand: truth, ...boolean(never) };
}

/**
 * `a.b.c` is field c of field b of column a. Where there is no column a, a column whose whole name is `a.b` or `a.b.c` is
 * taken (Tidemark's own rule: file readers name columns by their path).
 */
function checkColumn(context: CheckContext, node: ColumnReference): Typed {
  const { schema } = context;
  const [first] = node.path;
  for (let count = 1; count <= node.path.length; count++) {
    const name = node.path
      .slice(0, count)
      .map((part) => part.text)
      .join('.');
    const index = fieldIndex(schema, name);
    const found = schema.fields[index];
    if (found === undefined) continue;
    const last = node.path[count - 1]?.span ?? node.span;
    const span = { from: node.span.from, to: Math.max(last.to, node.path.length === count ? node.span.to : 0) };
    const column: Typed = { op: 'column', index, name, type: found.type, nullable: found.nullable, span };
    return node.path.slice(count).reduce<Typed>((base, part) => checkField(context, base, part), column);
  }
  const name = first?.text ?? '';
  const names = schema.fields.map((field) => field.name);
  const dotted = node.path.map((part) => part.text).join('.');
  const meant = closestName(dotted, names) ?? closestName(name, names);
  const doubleQuoted = node.path.length === 1 && (first?.span.to ?? 0) - (first?.span.from ?? 0) > name.length;
  let fix = meant === null ? listNames(names) : `Did you mean ${meant}?`;
  if (doubleQuoted && meant === null) fix = `For the text, use single quotes: '${name.replaceAll("'", "''")}'`;
  const message = `No column ${name}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
  return context.problem({ code: 'unknown-column', message, fix, span: first?.span ?? node.span });
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'There are no columns here';
  const shown = names.slice(0, 8).join(', ');
  return `There are ${shown}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
}

function checkField(context: CheckContext, base: Typed, name: Name): Typed {
  const span = { from: base.span.from, to: name.span.to };
  if (base.type.kind === 'UNKNOWN') return constant(null, UNKNOWN, span);
  if (base.type.kind === 'MAP') {
    const fix = `Write ['${name.text.replaceAll("'", "''")}'] instead of .${name.text}`;
    const message = `A map has no fields.`;
    return context.problem({ code: 'type-mismatch', message, fix, span: name.span });
  }
  if (base.type.kind !== 'ROW') {
    const message = `${exprTypeName(base.type)} has no fields, so .${name.text} gives nothing.`;
    return context.problem({ code: 'type-mismatch', message, fix: 'Leave it out', span: name.span });
  }
  const { fields } = base.type;
  const index = fields.findIndex((field) => field.name === name.text);
  const found = fields[index];
  if (found !== undefined) {
    return { op: 'field', base, index, type: found.type, nullable: base.nullable || found.nullable, span };
  }
  const names = fields.map((field) => field.name);
  const meant = closestName(name.text, names);
  const message = `No field ${name.text}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
  const fix = meant === null ? listNames(names) : `Did you mean ${meant}?`;
  return context.problem({ code: 'unknown-column', message, fix, span: name.span });
}

/** Demands a BOOLEAN result, as a filter needs it. */
export function checkPredicate(ast: Expression, schema: Schema, rules = SQL_RULES): Checked {
  const { typed, problems } = checkExpression(ast, schema, rules);
  if (problems.length > 0 || typed.type.kind === 'BOOLEAN' || typed.type.kind === NULL_TYPE.kind)
    return { typed, problems };
  if (typed.type.kind === 'UNKNOWN') return { typed, problems };
  const fix =
    typed.type.kind === STRING.kind ? "Compare it, such as … = 'text'" : 'Compare it with something, such as … > 0';
  const message = `A condition is ${BOOLEAN.kind}, this is ${exprTypeName(typed.type)}.`;
  return { typed, problems: [{ code: 'not-boolean', message, fix, span: ast.span }] };
}
