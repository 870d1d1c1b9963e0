import { BINARY_BINDING, IS, NOT, RANGE, SIGN } from './binding.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import { DEPTH_LIMIT, TEXT_LIMIT } from './expression-problem.ts';
import { lex } from './lexer.ts';
import { parsePrimary } from './parse-primary.ts';
import type { BinaryOperator, Expression, Span } from './syntax.ts';
import { children } from './syntax.ts';
import { TokenStream } from './token-stream.ts';

export interface Parsed {
  /** Null only for a text without any expression; `missing` nodes stand where problems are. */
  readonly ast: Expression | null;
  readonly problems: readonly ExpressionProblem[];
}

/** Reads one expression. All problems are collected; the tree covers what could be read. */
export function parseExpression(text: string): Parsed {
  if (text.length > TEXT_LIMIT) {
    const message = `The expression has ${text.length} characters, the limit is ${TEXT_LIMIT}.`;
    const span = { from: TEXT_LIMIT, to: text.length };
    return { ast: null, problems: [{ code: 'too-long', message, fix: 'Split it over two steps', span }] };
  }
  const stream = new TokenStream(lex(text), parseBinary);
  if (stream.atEnd()) {
    const problem = {
      message: 'The expression is empty.',
      fix: 'Write one, such as value > 10',
      span: { from: 0, to: text.length },
    };
    return { ast: null, problems: stream.problems.length > 0 ? stream.problems : [{ code: 'empty', ...problem }] };
  }
  const ast = stream.expression();
  while (!stream.atEnd()) {
    stream.unexpected('Expected an operator or the end', 'Put an operator before it, or leave it out');
    // Reading on finds the mistakes behind it; what is read is thrown away.
    stream.next();
    if (!stream.atEnd()) stream.expression();
  }
  const deep = stream.problems.length === 0 ? tooDeep(ast) : null;
  if (deep !== null)
    stream.problem(
      `The expression is nested more than ${DEPTH_LIMIT} deep.`,
      'Split it over two steps',
      deep,
      'too-deep',
    );
  return { ast, problems: stream.problems.sort((a, b) => a.span.from - b.span.from) };
}

/** Where the tree passes the depth limit, or null. A chain of one operator, such as a AND b AND c, counts once. */
function tooDeep(ast: Expression): Span | null {
  const open: { node: Expression; depth: number }[] = [{ node: ast, depth: 1 }];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { node, depth } = entry;
    if (depth > DEPTH_LIMIT) return node.span;
    for (const child of children(node)) {
      const sameChain =
        node.kind === 'binary' && child === node.left && child.kind === 'binary' && child.operator === node.operator;
      open.push({ node: child, depth: sameChain ? depth : depth + 1 });
    }
  }
  return null;
}

function parseBinary(stream: TokenStream, minBinding: number): Expression {
  let left = parsePrefix(stream, minBinding);
  for (;;) {
    const extended = parseInfix(stream, left, minBinding);
    if (extended === null) return left;
    left = extended;
  }
}

function parsePrefix(stream: TokenStream, minBinding: number): Expression {
  const token = stream.token;
  const from = token.span.from;
  if (token.upper === 'NOT') {
    stream.next();
    // In an operand of a tighter operator NOT takes only that operand, so that `a = NOT b` still reads.
    const operand = stream.expression(Math.max(NOT, minBinding));
    return { kind: 'unary', operator: 'NOT', operand, span: stream.spanFrom(from) };
  }
  if (token.type === 'symbol' && (token.text === '-' || token.text === '+')) {
    stream.next();
    const operand = stream.expression(SIGN);
    return { kind: 'unary', operator: token.text, operand, span: stream.spanFrom(from) };
  }
  return parsePrimary(stream);
}

/** `left` with the operator that follows it, or null when none follows that binds tightly enough. */
function parseInfix(stream: TokenStream, left: Expression, minBinding: number): Expression | null {
  const token = stream.token;
  const operator = token.type === 'symbol' ? token.text : token.upper;
  const binding = BINARY_BINDING.get(operator);
  const from = left.span.from;
  if (binding !== undefined) {
    if (binding < minBinding) return null;
    stream.next();
    const right = stream.expression(binding + 1);
    return { kind: 'binary', operator: operator as BinaryOperator, left, right, span: stream.spanFrom(from) };
  }
  if (token.upper === 'IS' && IS >= minBinding) return parseIs(stream, left);
  if (RANGE < minBinding) return null;
  const negated = token.upper === 'NOT';
  const word = negated ? stream.ahead(1).upper : token.upper;
  if (word !== 'IN' && word !== 'BETWEEN' && word !== 'LIKE' && word !== 'SIMILAR') return null;
  if (negated) stream.next();
  stream.next();
  if (word === 'IN') return parseIn(stream, left, negated);
  if (word === 'BETWEEN') return parseBetween(stream, left, negated);
  if (word === 'SIMILAR') stream.expectWord('TO', 'after SIMILAR');
  const pattern = stream.expression(RANGE + 1);
  const escape = stream.acceptWord('ESCAPE') ? stream.expression(RANGE + 1) : null;
  return {
    kind: 'like',
    operator: word === 'LIKE' ? 'LIKE' : 'SIMILAR TO',
    negated,
    operand: left,
    pattern,
    escape,
    span: stream.spanFrom(from),
  };
}

function parseIs(stream: TokenStream, left: Expression): Expression {
  stream.next();
  const from = left.span.from;
  const negated = stream.acceptWord('NOT');
  if (stream.acceptWord('DISTINCT')) {
    stream.expectWord('FROM', 'after DISTINCT');
    const right = stream.expression(IS + 1);
    return { kind: 'distinct', negated, left, right, span: stream.spanFrom(from) };
  }
  for (const test of ['NULL', 'TRUE', 'FALSE', 'UNKNOWN'] as const) {
    if (stream.acceptWord(test)) return { kind: 'is', test, negated, operand: left, span: stream.spanFrom(from) };
  }
  stream.unexpected('Expected NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM', 'To compare with a value, use =');
  return { kind: 'is', test: 'NULL', negated, operand: left, span: stream.spanFrom(from) };
}

function parseIn(stream: TokenStream, left: Expression, negated: boolean): Expression {
  stream.expectSymbol('(', 'after IN');
  if (stream.isSymbol(')')) stream.unexpected('IN needs at least one value', 'Write the values, such as IN (1, 2)');
  const items = stream.list(')', 'after the values');
  return { kind: 'in', negated, operand: left, items, span: stream.spanFrom(left.span.from) };
}

function parseBetween(stream: TokenStream, left: Expression, negated: boolean): Expression {
  const symmetric = stream.acceptWord('SYMMETRIC');
  if (!symmetric) stream.acceptWord('ASYMMETRIC');
  const low = stream.expression(RANGE + 1);
  stream.expectWord('AND', 'between the two ends');
  const high = stream.expression(RANGE + 1);
  return { kind: 'between', negated, symmetric, operand: left, low, high, span: stream.spanFrom(left.span.from) };
}
