import { DOUBLE, type DataType, type Field, INT, STRING, TIMESTAMP } from '../stream/types.ts';
import type { CheckContext } from './check-context.ts';
import { commonType, convert } from './coercion.ts';
import { closestName } from './expression-problem.ts';
import { findFunction, functionNames, isAggregate } from './functions.ts';
import type { FunctionDefinition, Parameter, Signature } from './functions/definition.ts';
import { BadArgument } from './functions/definition.ts';
import type { CallExpression, Expression, Span } from './syntax.ts';
import type { Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';
import { constant } from './typed.ts';
import { UNKNOWN, exprTypeName, isDataType, isNumericType } from './expr-type.ts';

/** A word such as HOUR, or a value. */
type Argument = Typed | { readonly op: 'word'; readonly word: string; readonly span: Span };

export function checkCall(context: CheckContext, node: CallExpression, hidden = false): Typed {
  const instead = context.rules.extremesSkipNulls ? SKIPPING_NULLS.get(node.name) : undefined;
  const definition = findFunction(instead ?? node.name);
  if (definition === undefined || (definition.hidden === true && !hidden && instead === undefined))
    return unknownFunction(context, node);
  if (node.star || node.distinct || node.filter !== null) {
    const message = `${node.name} is no aggregate, so *, DISTINCT and FILTER mean nothing here.`;
    return context.problem({ code: 'not-allowed-here', message, fix: 'Leave it out', span: node.span });
  }
  const args = node.args.map((arg): Argument =>
    arg.kind === 'keyword' ? { op: 'word', word: arg.word, span: arg.span } : context.check(arg),
  );
  return resolve(context, definition, args, node.span);
}

const SKIPPING_NULLS: ReadonlyMap<string, string> = new Map([
  ['GREATEST', 'GREATEST_KNOWN'],
  ['LEAST', 'LEAST_KNOWN'],
]);

/** A call of a function that stands for syntax. */
export function hiddenCall(context: CheckContext, name: string, args: readonly Typed[], span: Span): Typed {
  const definition = findFunction(name);
  if (definition === undefined) throw new Error(`no function ${name}`);
  return resolve(context, definition, args, span);
}

/** A ROW of these values. */
export function rowCall(context: CheckContext, fields: readonly Field[], values: readonly Typed[], span: Span): Typed {
  const names = fields.map(({ name }) => name);
  const signature: Signature = {
    params: values.map(() => 'any'),
    returns: { kind: 'ROW', fields },
    nulls: 'called',
    nullable: 'never',
    make: () => (args) => new Map(names.map((name, i) => [name, args[i] ?? null])),
  };
  const definition = { name: 'ROW', usage: 'ROW(value [AS name], …)', docs: '', signatures: [signature] };
  return resolve(context, definition, values, span);
}

/** `a[1]` of an ARRAY, from 1 on; `m['k']` of a MAP. NULL where there is none. */
export function checkItem(context: CheckContext, node: Expression & { kind: 'index' }): Typed {
  const base = context.check(node.base);
  const index = context.check(node.index);
  if (base.type.kind === 'UNKNOWN' || index.type.kind === 'UNKNOWN') return constant(null, UNKNOWN, node.span);
  const key = base.type.kind === 'MAP' ? STRING : INT;
  const fits =
    base.type.kind === 'MAP' ? index.type.kind === 'STRING' : index.type.kind === 'INT' || index.type.kind === 'BIGINT';
  if (base.type.kind !== 'ARRAY' && base.type.kind !== 'MAP') {
    const message = `${exprTypeName(base.type)} has no items.`;
    return context.problem({ code: 'type-mismatch', message, fix: 'Use [ ] on an ARRAY or a MAP', span: node.span });
  }
  if (!fits && index.type.kind !== 'NULL') {
    const what =
      base.type.kind === 'MAP'
        ? "A MAP is asked by a text key, such as m['k']"
        : 'An ARRAY is asked by a number, such as a[1]';
    return context.problem({
      code: 'type-mismatch',
      message: `${what}.`,
      fix: `Write ${key.kind === 'STRING' ? 'a text' : 'a whole number'}`,
      span: node.index.span,
    });
  }
  return hiddenCall(context, 'ITEM', [base, index], node.span);
}

function unknownFunction(context: CheckContext, node: CallExpression): Typed {
  for (const arg of node.args) if (arg.kind !== 'keyword') context.check(arg);
  const span = node.nameSpan;
  if (isAggregate(node.name)) {
    const message = `${node.name} works on many rows; an expression sees one.`;
    return context.problem({ code: 'not-allowed-here', message, fix: 'Use it in a window or group node', span });
  }
  const clock = CLOCK_FUNCTIONS.has(node.name);
  const meant = closestName(node.name, functionNames());
  const message = clock
    ? `${node.name} would give another result each run, so it is not there.`
    : `There is no function ${node.name}.`;
  const otherwise = clock ? 'Use the event time column' : 'See the list of functions';
  return context.problem({
    code: 'unknown-function',
    message,
    fix: meant === null || clock ? otherwise : `Did you mean ${meant}?`,
    span,
  });
}

const CLOCK_FUNCTIONS = new Set([
  'NOW',
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'LOCALTIMESTAMP',
  'PROCTIME',
  'RAND',
  'RAND_INTEGER',
  'UUID',
  'CURRENT_ROW_TIMESTAMP',
]);

function resolve(context: CheckContext, definition: FunctionDefinition, args: readonly Argument[], span: Span): Typed {
  if (args.some((arg) => arg.op !== 'word' && arg.type.kind === 'UNKNOWN')) return constant(null, UNKNOWN, span);
  for (const signature of definition.signatures) {
    const fitted = fit(signature, args);
    if (fitted !== null) return makeCall(context, { definition, signature, args: fitted, words: wordsOf(args), span });
  }
  return misfit(context, definition, args, span);
}

function wordsOf(args: readonly Argument[]): string[] {
  return args.flatMap((arg) => (arg.op === 'word' ? [arg.word] : []));
}

function parameterAt(signature: Signature, i: number): Parameter | undefined {
  return signature.params[i] ?? signature.rest;
}

function countFits(signature: Signature, count: number): boolean {
  const least = signature.optionalFrom ?? signature.params.length;
  return count >= least && (signature.rest !== undefined || count <= signature.params.length);
}

/** The arguments converted to what the signature takes, keywords left out; null when they do not fit. */
function fit(signature: Signature, args: readonly Argument[]): readonly Typed[] | null {
  if (!countFits(signature, args.length)) return null;
  const values: Typed[] = [];
  const alike: number[] = [];
  for (const [i, arg] of args.entries()) {
    const parameter = parameterAt(signature, i);
    if (parameter === undefined) return null;
    if (arg.op === 'word') {
      if (typeof parameter !== 'object' || !parameter.keyword.includes(arg.word)) return null;
      continue;
    }
    const type = accept(parameter, arg.type);
    if (type === null) return null;
    if (parameter === 'same') alike.push(values.length);
    values.push(convert(arg, type));
  }
  if (alike.length === 0) return values;
  const common = commonType(alike.map((i) => values[i]?.type ?? UNKNOWN));
  if (common === null) return null;
  return values.map((value, i) => (alike.includes(i) ? convert(value, common) : value));
}

/** The type that an argument of `type` takes on for `parameter`; null when it does not fit. */
function accept(parameter: Parameter, type: ExprType): ExprType | null {
  if (typeof parameter === 'object') return null;
  switch (parameter) {
    case 'any':
    case 'same':
      return isDataType(type) || type.kind === 'NULL' ? type : null;
    case 'NUMBER':
      return isNumericType(type) ? type : type.kind === 'NULL' ? DOUBLE : null;
    case 'INTEGER':
      return type.kind === 'INT' || type.kind === 'BIGINT' ? type : type.kind === 'NULL' ? INT : null;
    case 'DOUBLE':
      return isNumericType(type) || type.kind === 'NULL' ? DOUBLE : null;
    case 'BIGINT':
      return type.kind === 'INT' || type.kind === 'BIGINT' || type.kind === 'NULL' ? { kind: 'BIGINT' } : null;
    case 'TIMESTAMP':
      return type.kind === 'TIMESTAMP' || type.kind === 'DATE' || type.kind === 'NULL' ? TIMESTAMP : null;
    case 'DECIMAL':
    case 'ARRAY':
    case 'MAP':
    case 'ROW':
    case 'INTERVAL':
      return type.kind === parameter ? type : null;
    default: {
      const exact: DataType = { kind: parameter };
      return type.kind === parameter || type.kind === 'NULL' ? exact : null;
    }
  }
}

interface Site {
  readonly definition: FunctionDefinition;
  readonly signature: Signature;
  readonly args: readonly Typed[];
  readonly words: readonly string[];
  readonly span: Span;
}

function makeCall(context: CheckContext, site: Site): Typed {
  const { definition, signature, args, words, span } = site;
  const types = args.map((arg) => arg.type);
  const type = typeof signature.returns === 'function' ? signature.returns(types, words) : signature.returns;
  const rule = signature.nullable ?? 'arguments';
  const nullable = rule === 'always' || (rule === 'arguments' && args.some((arg) => arg.nullable));
  const constants = args.map((arg) => (arg.op === 'constant' ? arg.value : undefined));
  const strict = signature.nulls !== 'called';
  if (strict && constants.includes(null)) return constant(null, type, span);
  try {
    const site = { types, constants, words, result: type };
    const [scalar, numeric] = [signature.make(site), signature.numeric?.(site)];
    const canFail = signature.canFail === true;
    return { op: 'call', definition, args, scalar, numeric, strict, canFail, type, nullable, span };
  } catch (error) {
    if (!(error instanceof BadArgument)) throw error;
    const at = args[error.argument]?.span ?? span;
    return context.problem({ code: 'bad-argument', message: error.message, fix: error.fix, span: at });
  }
}

function misfit(context: CheckContext, definition: FunctionDefinition, args: readonly Argument[], span: Span): Typed {
  const fix = `Write ${definition.usage}`;
  const sized = definition.signatures.filter((signature) => countFits(signature, args.length));
  if (sized.length === 0) {
    const count = args.length === 1 ? '1 argument' : `${args.length} arguments`;
    return context.problem({
      code: 'argument-count',
      message: `${definition.name} does not take ${count}.`,
      fix,
      span,
    });
  }
  for (const [i, arg] of args.entries()) {
    const fits = sized.some((signature) => {
      const parameter = parameterAt(signature, i);
      if (parameter === undefined) return false;
      if (arg.op === 'word') return typeof parameter === 'object' && parameter.keyword.includes(arg.word);
      return accept(parameter, arg.type) !== null;
    });
    if (fits) continue;
    const parameter = sized.map((signature) => parameterAt(signature, i)).find((found) => found !== undefined);
    return wrongArgument(context, definition, arg, parameter);
  }
  const types = args.map((arg) => (arg.op === 'word' ? arg.word : exprTypeName(arg.type))).join(', ');
  return context.problem({ code: 'type-mismatch', message: `${definition.name} does not take (${types}).`, fix, span });
}

function wrongArgument(
  context: CheckContext,
  definition: FunctionDefinition,
  arg: Argument,
  parameter: Parameter | undefined,
): Typed {
  const got = arg.op === 'word' ? arg.word : exprTypeName(arg.type);
  if (typeof parameter === 'object') {
    const message = `${definition.name} does not take ${got} here.`;
    const meant = arg.op === 'word' ? closestName(arg.word, parameter.keyword) : null;
    const fix = meant === null ? `Write one of ${parameter.keyword.join(', ')}` : `Did you mean ${meant}?`;
    return context.problem({ code: 'type-mismatch', message, fix, span: arg.span });
  }
  const wanted =
    parameter === 'NUMBER' || parameter === 'DOUBLE'
      ? 'a number'
      : parameter === 'INTEGER'
        ? 'a whole number'
        : `${parameter ?? 'nothing'}`;
  const target = parameter === 'NUMBER' ? 'DOUBLE' : parameter === 'INTEGER' ? 'INT' : parameter;
  const fix =
    parameter === 'ARRAY' || parameter === 'MAP' || parameter === 'ROW'
      ? `Write ${definition.usage}`
      : `Write CAST(… AS ${target ?? 'STRING'})`;
  return context.problem({
    code: 'type-mismatch',
    message: `${definition.name} needs ${wanted} here, this is ${got}.`,
    fix,
    span: arg.span,
  });
}
