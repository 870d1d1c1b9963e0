import type { ExpressionProblem } from './expression-problem.ts';
import type { Span } from './syntax.ts';

/**
 * `name` a bare word, also a keyword · `quoted` an identifier in backticks or double quotes · `string` text in single
 * quotes · `end` after the last. `text` is without quotes and with doubled quotes undone; `upper` is set for bare words.
 */
export interface Token {
  readonly type: 'name' | 'quoted' | 'number' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly upper: string;
  readonly quote: string;
  readonly span: Span;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly problems: readonly ExpressionProblem[];
}

const SPACE = /[\s\uFEFF]+/uy;
const LINE_COMMENT = /--[^\n\r\u2028\u2029]*/uy;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy;
const SYMBOL = /<>|<=|>=|!=|\|\||=>|[-+*/%=<>(),.[\]]/uy;

/** Cuts a text into tokens. Never fails: what cannot be read is skipped and named in `problems`. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const problems: ExpressionProblem[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const push = (type: Token['type'], length: number, value: string, quote = ''): void => {
    const upper = type === 'name' ? value.toUpperCase() : '';
    tokens.push({ type, text: value, upper, quote, span: { from: at, to: at + length } });
    at += length;
  };
  while (at < text.length) {
    const skipped = take(SPACE) ?? take(LINE_COMMENT);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) problems.push(unterminated('comment', '*/', at, text.length));
      at = end < 0 ? text.length : end + 2;
      continue;
    }
    const first = text.charAt(at);
    if (first === "'" || first === '"' || first === '`') {
      const quoted = readQuoted(text, at);
      if (!quoted.closed) problems.push(unterminated(first === "'" ? 'text' : 'name', first, at, quoted.to));
      push(first === "'" ? 'string' : 'quoted', quoted.to - at, quoted.value, first);
      continue;
    }
    const number = take(NUMBER);
    if (number !== null) {
      push('number', number.length, number);
      continue;
    }
    const word = take(WORD);
    if (word !== null) {
      push('name', word.length, word);
      continue;
    }
    const symbol = take(SYMBOL);
    if (symbol !== null) {
      push('symbol', symbol.length, symbol === '!=' ? '<>' : symbol);
      continue;
    }
    const length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    problems.push(badCharacter(text.slice(at, at + length), at));
    at += length;
  }
  push('end', 0, '');
  return { tokens, problems };
}

function readQuoted(text: string, from: number): { value: string; to: number; closed: boolean } {
  const quote = text.charAt(from);
  let value = '';
  let at = from + 1;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end < 0) return { value: value + text.slice(at), to: text.length, closed: false };
    value += text.slice(at, end);
    if (text.charAt(end + 1) !== quote) return { value, to: end + 1, closed: true };
    value += quote;
    at = end + 2;
  }
}

function unterminated(what: string, closing: string, from: number, to: number): ExpressionProblem {
  return {
    code: 'unterminated',
    message: `This ${what} has no end.`,
    fix: `Close it with ${closing}`,
    span: { from, to },
  };
}

function badCharacter(character: string, at: number): ExpressionProblem {
  const fixes = new Map([
    ['\u2018', "Use the straight quote '"],
    ['\u2019', "Use the straight quote '"],
    ['\u201c', "Use straight quotes: '…' for text, `…` for a name"],
    ['\u201d', "Use straight quotes: '…' for text, `…` for a name"],
    ['&', 'Write AND'],
    ['|', 'Write OR, or || to join texts'],
    ['!', 'Write NOT, or <> for “not equal”'],
    [';', 'Leave it out: this is one expression, not a statement'],
  ]);
  return {
    code: 'bad-character',
    message: `The character ${character} means nothing here.`,
    fix: fixes.get(character) ?? 'Leave it out, or put it into quotes',
    span: { from: at, to: at + character.length },
  };
}
