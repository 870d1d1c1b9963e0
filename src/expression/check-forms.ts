import { BOOLEAN, type DataType, type Field, STRING } from '../stream/types.ts';
import { hiddenCall, rowCall } from './check-call.ts';
import type { CheckContext } from './check-context.ts';
import { commonType, convert } from './coercion.ts';
import type { CallExpression, Expression, LikeExpression, Span } from './syntax.ts';
import type { Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';
import { constant } from './typed.ts';
import { NULL_TYPE, UNKNOWN, exprTypeName, isDataType } from './expr-type.ts';

/** The operand as BOOLEAN, or a problem that names `who` demands it. */
export function demandBoolean(context: CheckContext, operand: Typed, who: string): Typed {
  if (operand.type.kind === 'BOOLEAN' || operand.type.kind === 'UNKNOWN') return operand;
  if (operand.type.kind === 'NULL') return convert(operand, BOOLEAN);
  const message = `${who} needs a condition, this is ${exprTypeName(operand.type)}.`;
  const fix = 'Compare it with something, such as … > 0';
  return context.problem({ code: 'not-boolean', message, fix, span: operand.span });
}

/** All brought to one type, or null after a problem was told. `who` names the parts: `The results of CASE`. */
export function unify(
  context: CheckContext,
  parts: readonly Typed[],
  who: string,
  span: Span,
): readonly Typed[] | null {
  if (parts.some((part) => part.type.kind === 'UNKNOWN')) return null;
  const common = commonType(parts.map((part) => part.type));
  if (common !== null) return parts.map((part) => convert(part, common));
  const names = [...new Set(parts.map((part) => exprTypeName(part.type)))].filter((name) => name !== 'NULL');
  const message = `${who} must be of one type, these are ${names.join(' and ')}.`;
  context.problem({
    code: 'type-mismatch',
    message,
    fix: `Write CAST(… AS ${names[0] ?? 'STRING'}) where they differ`,
    span,
  });
  return null;
}

export function caseOf(branches: readonly { when: Typed; then: Typed }[], otherwise: Typed, span: Span): Typed {
  const type = otherwise.type;
  const nullable = otherwise.nullable || branches.some((branch) => branch.then.nullable);
  return { op: 'case', branches, otherwise, type, nullable, span };
}

/** `matches` makes the condition of a simple CASE from its operand and a value. */
export function checkCaseWith(
  context: CheckContext,
  node: Expression & { kind: 'case' },
  matches: (operand: Typed, value: Typed) => Typed,
): Typed {
  const operand = node.operand === null ? null : context.check(node.operand);
  const conditions = node.branches.map((branch) => {
    const when = context.check(branch.when);
    return operand === null ? demandBoolean(context, when, 'WHEN') : matches(operand, when);
  });
  const results = node.branches.map((branch) => context.check(branch.then));
  results.push(node.otherwise === null ? constant(null, NULL_TYPE, node.span) : context.check(node.otherwise));
  const unified = unify(context, results, 'The results of CASE', node.span);
  const otherwise = unified?.at(-1);
  if (unified === null || otherwise === undefined || conditions.some((when) => when.type.kind === 'UNKNOWN')) {
    return constant(null, UNKNOWN, node.span);
  }
  const branches = conditions.map((when, i) => ({ when, then: unified[i] ?? otherwise }));
  return caseOf(branches, otherwise, node.span);
}

export function checkLike(context: CheckContext, node: LikeExpression): Typed {
  const parts = [node.operand, node.pattern, ...(node.escape === null ? [] : [node.escape])].map((part) =>
    context.check(part),
  );
  for (const part of parts) {
    if (part.type.kind === 'STRING' || part.type.kind === 'NULL' || part.type.kind === 'UNKNOWN') continue;
    const message = `${node.operator} needs text, this is ${exprTypeName(part.type)}.`;
    return context.problem({ code: 'type-mismatch', message, fix: 'Write CAST(… AS STRING)', span: part.span });
  }
  return hiddenCall(context, node.operator, parts, node.span);
}

export function checkArray(context: CheckContext, node: Expression & { kind: 'array' }): Typed {
  const items = unify(
    context,
    node.items.map((item) => context.check(item)),
    'The items of an array',
    node.span,
  );
  if (items === null) return constant(null, UNKNOWN, node.span);
  const element = columnType(context, items[0]?.type ?? NULL_TYPE, 'array', node.span);
  if (element === null) return constant(null, UNKNOWN, node.span);
  return hiddenCall(context, 'ARRAY', items, node.span);
}

export function checkMap(context: CheckContext, node: Expression & { kind: 'map' }): Typed {
  const keys = node.entries.map((entry) => context.check(entry.key));
  const values = unify(
    context,
    node.entries.map((entry) => context.check(entry.value)),
    'The values of a map',
    node.span,
  );
  for (const key of keys) {
    if (key.type.kind === 'STRING' || key.type.kind === 'UNKNOWN') continue;
    const message = `Keys of a map are STRING, this is ${exprTypeName(key.type)}.`;
    return context.problem({ code: 'type-mismatch', message, fix: 'Write CAST(… AS STRING)', span: key.span });
  }
  if (values === null || columnType(context, values[0]?.type ?? NULL_TYPE, 'map', node.span) === null)
    return constant(null, UNKNOWN, node.span);
  return hiddenCall(
    context,
    'MAP',
    keys.flatMap((key, i) => [key, values[i] ?? key]),
    node.span,
  );
}

/** ROW(a AS x, b): a field without a name is called by its place, from f0 on (Flink: `RowConstructor`). */
export function checkRow(context: CheckContext, node: CallExpression): Typed | null {
  if (node.name !== 'ROW' || node.args.length === 0) return null;
  const fields: Field[] = [];
  const values: Typed[] = [];
  node.args.forEach((arg, i) => {
    if (arg.kind === 'keyword') return;
    const value = context.check(arg);
    const next = node.args[i + 1];
    const name = next?.kind === 'keyword' ? next.word : `f${values.length}`;
    values.push(value);
    if (fields.some((other) => other.name === name)) {
      const message = `The field ${name} is there twice.`;
      context.problem({ code: 'bad-argument', message, fix: 'Rename one of them', span: (next ?? arg).span });
    } else if (isDataType(value.type)) fields.push({ name, type: value.type, nullable: value.nullable });
    else if (value.type.kind !== 'UNKNOWN') columnType(context, value.type, 'field', arg.span);
  });
  if (fields.length < values.length) return constant(null, UNKNOWN, node.span);
  return rowCall(context, fields, values, node.span);
}

function columnType(context: CheckContext, type: ExprType, what: string, span: Span): DataType | null {
  if (isDataType(type)) return type;
  const fix = `Write at least one value that is not NULL, or CAST(NULL AS ${STRING.kind})`;
  context.problem({ code: 'type-mismatch', message: `This ${what} has no type for what it holds.`, fix, span });
  return null;
}
