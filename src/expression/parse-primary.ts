import type { CaseBranch, Expression, IntervalUnit, MapEntry, Name } from './syntax.ts';
import { INTERVAL_UNITS } from './syntax.ts';
import { parseSpecialCall } from './parse-special-call.ts';
import type { TokenStream } from './token-stream.ts';
import { parseType } from './type-syntax.ts';

/** Words that cannot start an operand; as a column they must be quoted. */
export const RESERVED = new Set(
  (
    'AND OR NOT IS IN BETWEEN LIKE SIMILAR ESCAPE THEN ELSE END WHEN CASE CAST TRY_CAST NULL TRUE FALSE INTERVAL ' +
    'DISTINCT FROM FOR SELECT WHERE GROUP ORDER HAVING AS'
  ).split(' '),
);

/** A literal, column, call, parenthesis or CASE, with all `.name` and `[index]` behind it. */
export function parsePrimary(stream: TokenStream): Expression {
  let node = parseOperand(stream);
  for (;;) {
    if (stream.isSymbol('[')) {
      stream.next();
      const index = stream.expression();
      stream.expectSymbol(']', 'after the index');
      node = { kind: 'index', base: node, index, span: stream.spanFrom(node.span.from) };
    } else if (stream.isSymbol('.')) {
      stream.next();
      const name = stream.expectName('the name of a field after the dot');
      if (name === null) return node;
      node = { kind: 'member', base: node, name, span: stream.spanFrom(node.span.from) };
    } else return node;
  }
}

function parseOperand(stream: TokenStream): Expression {
  const token = stream.token;
  switch (token.type) {
    case 'number':
      stream.next();
      return { kind: 'number', text: token.text, span: token.span };
    case 'string':
      stream.next();
      return { kind: 'string', value: token.text, span: token.span };
    case 'quoted':
      return parseColumn(stream);
    case 'name':
      return parseWord(stream);
    default:
  }
  if (stream.acceptSymbol('(')) {
    const inner = stream.expression();
    stream.expectSymbol(')', 'to close the bracket');
    return { ...inner, span: stream.spanFrom(token.span.from) };
  }
  return missing(stream);
}

/** Signs that something around the operand waits for, or that start one. */
const WAITED_FOR = [')', ']', ',', '>', '(', '+', '-'];

function missing(stream: TokenStream): Expression {
  const { span } = stream.token;
  stream.unexpected('Expected a value', 'Write a column, a literal or a function');
  const stray = (): boolean => stream.token.type === 'symbol' && !WAITED_FOR.includes(stream.token.text);
  if (!stray()) return { kind: 'missing', span };
  // Stray signs are passed over, and what follows is taken as the operand, so that the rest can be read.
  while (stray()) stream.next();
  const { type, upper } = stream.token;
  const operand =
    type === 'number' || type === 'string' || type === 'quoted' || (type === 'name' && !RESERVED.has(upper));
  return operand ? parseOperand(stream) : { kind: 'missing', span };
}

function parseWord(stream: TokenStream): Expression {
  const { upper, span } = stream.token;
  const follows = stream.ahead(1);
  switch (upper) {
    case 'NULL':
      stream.next();
      return { kind: 'null', span };
    case 'TRUE':
    case 'FALSE':
      stream.next();
      return { kind: 'boolean', value: upper === 'TRUE', span };
    case 'CASE':
      return parseCase(stream);
    case 'CAST':
    case 'TRY_CAST':
      return parseCast(stream);
    case 'INTERVAL':
      return parseInterval(stream);
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      if (follows.type !== 'string') break;
      stream.next();
      stream.next();
      return { kind: 'temporal', temporal: upper, text: follows.text, span: stream.spanFrom(span.from) };
    case 'ARRAY':
      if (!stream.isSymbol('[', 1)) break;
      stream.next();
      stream.next();
      return { kind: 'array', items: stream.list(']', 'after the items'), span: stream.spanFrom(span.from) };
    case 'MAP':
      if (!stream.isSymbol('[', 1)) break;
      return parseMap(stream);
    default:
  }
  if (follows.type === 'symbol' && follows.text === '(') return parseCall(stream);
  return RESERVED.has(upper) ? missing(stream) : parseColumn(stream);
}

function parseColumn(stream: TokenStream): Expression {
  const from = stream.token.span.from;
  const path: Name[] = [];
  do {
    const name = stream.expectName('the name of a field after the dot');
    if (name === null) break;
    path.push(name);
  } while (stream.acceptSymbol('.'));
  return { kind: 'column', path, span: stream.spanFrom(from) };
}

function parseCall(stream: TokenStream): Expression {
  const name = stream.next();
  stream.next();
  const from = name.span.from;
  const special = parseSpecialCall(stream, name);
  if (special !== null) return { ...special, span: stream.spanFrom(from) };
  const star = stream.isSymbol('*') && stream.isSymbol(')', 1);
  if (star) stream.next();
  const distinct = !star && stream.acceptWord('DISTINCT');
  const args = stream.list(')', 'after the arguments');
  let filter: Expression | null = null;
  if (stream.isWord('FILTER') && stream.isSymbol('(', 1)) {
    stream.next();
    stream.next();
    stream.expectWord('WHERE', 'after FILTER (');
    filter = stream.expression();
    stream.expectSymbol(')', 'after the filter');
  }
  return {
    kind: 'call',
    name: name.upper,
    nameSpan: name.span,
    args,
    star,
    distinct,
    filter,
    span: stream.spanFrom(from),
  };
}

function parseCase(stream: TokenStream): Expression {
  const from = stream.next().span.from;
  const operand = stream.isWord('WHEN') ? null : stream.expression();
  const branches: CaseBranch[] = [];
  while (stream.acceptWord('WHEN')) {
    const when = stream.expression();
    stream.expectWord('THEN', 'after the condition');
    branches.push({ when, then: stream.expression() });
  }
  if (branches.length === 0) stream.unexpected('CASE needs at least one WHEN', 'Write CASE WHEN … THEN … END');
  const otherwise = stream.acceptWord('ELSE') ? stream.expression() : null;
  stream.expectWord('END', 'to close CASE');
  return { kind: 'case', operand, branches, otherwise, span: stream.spanFrom(from) };
}

function parseCast(stream: TokenStream): Expression {
  const name = stream.next();
  stream.expectSymbol('(', `after ${name.upper}`);
  const operand = stream.expression();
  stream.expectWord('AS', 'before the type');
  const typeFrom = stream.token.span.from;
  const type = parseType(stream);
  const typeSpan = stream.spanFrom(typeFrom);
  stream.expectSymbol(')', 'after the type');
  const safe = name.upper === 'TRY_CAST';
  return { kind: 'cast', safe, operand, type, typeSpan, span: stream.spanFrom(name.span.from) };
}

function parseMap(stream: TokenStream): Expression {
  const from = stream.next().span.from;
  stream.next();
  const span = stream.token.span;
  const items = stream.list(']', 'after the entries');
  if (items.length % 2 === 1)
    stream.problem('The last key of this map has no value.', 'Write MAP[key, value, …]', span);
  const entries: MapEntry[] = [];
  for (let i = 0; i + 1 < items.length; i += 2) {
    const key = items[i];
    const value = items[i + 1];
    if (key !== undefined && value !== undefined) entries.push({ key, value });
  }
  return { kind: 'map', entries, span: stream.spanFrom(from) };
}

function parseInterval(stream: TokenStream): Expression {
  const from = stream.next().span.from;
  const negative = stream.acceptSymbol('-');
  if (!negative) stream.acceptSymbol('+');
  const text = stream.token;
  if (text.type === 'string') stream.next();
  else {
    stream.unexpected('Expected the length in quotes', "Write it as INTERVAL '5' SECOND");
    if (text.type === 'number') stream.next();
  }
  const first = parseUnit(stream);
  const last = stream.acceptWord('TO') ? parseUnit(stream) : null;
  return { kind: 'interval', text: text.text, negative, first, last, span: stream.spanFrom(from) };
}

function parseUnit(stream: TokenStream): IntervalUnit {
  const word = stream.token.upper.replace(/S$/u, '');
  const unit = INTERVAL_UNITS.find((known) => known === word);
  if (unit === undefined) {
    stream.unexpected('Expected a unit of time', `Write one of ${INTERVAL_UNITS.join(', ')}`);
    return 'SECOND';
  }
  stream.next();
  // INTERVAL '5' SECOND(3): digits say nothing here, times are milliseconds.
  if (stream.isSymbol('(') && stream.ahead(1).type === 'number') {
    stream.next();
    stream.list(')', 'after the digits');
  }
  return unit;
}
