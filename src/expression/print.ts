import { typeName } from '../stream/types.ts';
import { BINARY_BINDING, IS, NOT, OPERAND, RANGE, SIGN, bindingOf } from './binding.ts';
import { RESERVED } from './parse-primary.ts';
import type { CallExpression, Expression } from './syntax.ts';
import { INTERVAL_UNITS } from './syntax.ts';

/** Words that mean something else where a bare column could stand, so a column of that name is quoted. */
const QUOTED_WORDS = new Set([
  ...RESERVED,
  ...INTERVAL_UNITS,
  'MILLISECOND',
  'ARRAY',
  'MAP',
  'LEADING',
  'TRAILING',
  'BOTH',
]);

/**
 * The tree as canonical text: capitals for keywords, one blank around operators, brackets only where they are needed.
 * Parsing it gives the same tree again, spans apart. A `missing` node has no text.
 */
export function printExpression(node: Expression): string {
  return print(node, 0);
}

/** Names in backticks where a bare word would not do. */
export function printName(name: string): string {
  const bare = /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) && !QUOTED_WORDS.has(name.toUpperCase());
  return bare ? name : `\`${name.replaceAll('`', '``')}\``;
}

export function printText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function print(node: Expression, minBinding: number): string {
  const text = printBare(node);
  return bindingOf(node) < minBinding ? `(${text})` : text;
}

function printBare(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'string':
      return printText(node.value);
    case 'boolean':
      return node.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
    case 'temporal':
      return `${node.temporal} ${printText(node.text)}`;
    case 'interval':
      return `INTERVAL ${node.negative ? '-' : ''}${printText(node.text)} ${node.first}${node.last === null ? '' : ` TO ${node.last}`}`;
    case 'column':
      return node.path.map((name) => printName(name.text)).join('.');
    case 'member': {
      // After a name, a dot would make one longer path; after digits, a fraction.
      const plain = node.base.kind === 'index' || node.base.kind === 'member' || node.base.kind === 'call';
      return `${plain ? print(node.base, OPERAND) : `(${print(node.base, 0)})`}.${printName(node.name.text)}`;
    }
    case 'index':
      return `${print(node.base, OPERAND)}[${print(node.index, 0)}]`;
    case 'array':
      return `ARRAY[${list(node.items)}]`;
    case 'map':
      return `MAP[${list(node.entries.flatMap((entry) => [entry.key, entry.value]))}]`;
    case 'cast':
      return `${node.safe ? 'TRY_CAST' : 'CAST'}(${print(node.operand, 0)} AS ${typeName(node.type)})`;
    case 'call':
      return printCall(node);
    case 'keyword':
      return node.word;
    case 'missing':
      return '';
    default:
      return printOperator(node);
  }
}

type Operator = Extract<
  Expression,
  { kind: 'unary' | 'binary' | 'is' | 'distinct' | 'in' | 'between' | 'like' | 'case' }
>;

function printOperator(node: Operator): string {
  switch (node.kind) {
    case 'unary': {
      if (node.operator === 'NOT') return `NOT ${print(node.operand, NOT)}`;
      const operand = print(node.operand, SIGN);
      // Two signs in a row would start a comment.
      return `${node.operator}${/^[-+]/.test(operand) ? ' ' : ''}${operand}`;
    }
    case 'binary': {
      const binding = BINARY_BINDING.get(node.operator) ?? OPERAND;
      return `${print(node.left, binding)} ${node.operator} ${print(node.right, binding + 1)}`;
    }
    case 'is':
      return `${print(node.operand, IS)} IS ${not(node.negated)}${node.test}`;
    case 'distinct':
      return `${print(node.left, IS)} IS ${not(node.negated)}DISTINCT FROM ${print(node.right, IS + 1)}`;
    case 'in':
      return `${print(node.operand, RANGE)} ${not(node.negated)}IN (${list(node.items)})`;
    case 'between': {
      const ends = `${print(node.low, RANGE + 1)} AND ${print(node.high, RANGE + 1)}`;
      return `${print(node.operand, RANGE)} ${not(node.negated)}BETWEEN ${node.symmetric ? 'SYMMETRIC ' : ''}${ends}`;
    }
    case 'like': {
      const escape = node.escape === null ? '' : ` ESCAPE ${print(node.escape, RANGE + 1)}`;
      return `${print(node.operand, RANGE)} ${not(node.negated)}${node.operator} ${print(node.pattern, RANGE + 1)}${escape}`;
    }
    case 'case': {
      const operand = node.operand === null ? '' : ` ${print(node.operand, 0)}`;
      const branches = node.branches.map(({ when, then }) => ` WHEN ${print(when, 0)} THEN ${print(then, 0)}`).join('');
      const otherwise = node.otherwise === null ? '' : ` ELSE ${print(node.otherwise, 0)}`;
      return `CASE${operand}${branches}${otherwise} END`;
    }
  }
}

function not(negated: boolean): string {
  return negated ? 'NOT ' : '';
}

function list(items: readonly Expression[]): string {
  return items.map((item) => print(item, 0)).join(', ');
}

/** Calls whose arguments have words between them are printed the way they are read. */
function printCall(node: CallExpression): string {
  const [first, second, third] = node.args;
  if (node.name === 'ROW') {
    const parts = node.args.map((arg, i) => {
      if (arg.kind === 'keyword') return ` AS ${printName(arg.word)}`;
      return `${i === 0 ? '' : ', '}${print(arg, 0)}`;
    });
    return `ROW(${parts.join('')})`;
  }
  if (first?.kind === 'keyword' && second !== undefined) {
    if (node.name === 'EXTRACT') return `EXTRACT(${first.word} FROM ${print(second, 0)})`;
    if (node.name === 'TRIM' && third !== undefined)
      return `TRIM(${first.word} ${print(second, 0)} FROM ${print(third, 0)})`;
  }
  if (second?.kind === 'keyword' && first !== undefined) {
    // Without brackets, `INTERVAL '1' DAY TO MONTH` would be read as one interval.
    const operand = first.kind === 'interval' ? `(${print(first, 0)})` : print(first, OPERAND);
    return `${node.name}(${operand} TO ${second.word})`;
  }
  const args = node.star ? '*' : `${node.distinct ? 'DISTINCT ' : ''}${list(node.args)}`;
  const filter = node.filter === null ? '' : ` FILTER (WHERE ${print(node.filter, 0)})`;
  return `${node.name}(${args})${filter}`;
}
