import type { ExpressionProblem } from './expression-problem.ts';
import { closestName } from './expression-problem.ts';
import type { Lexed, Token } from './lexer.ts';
import type { Expression, Name, Span } from './syntax.ts';

/** Deepest recursion of the parser, parentheses included; guards the stack, while the tree itself has its own limit. */
const NESTING_LIMIT = 200;
const END: Token = { type: 'end', text: '', upper: '', quote: '', span: { from: 0, to: 0 } };

/**
 * A cursor over tokens that collects problems, at most one a token, so that one mistake is told once. `expression` is
 * the parser of a whole expression that binds at least as tightly as its argument.
 */
export class TokenStream {
  readonly problems: ExpressionProblem[];
  private readonly tokens: readonly Token[];
  private readonly parse: (stream: TokenStream, minBinding: number) => Expression;
  private at = 0;
  private nesting = 0;
  private toldAt = -1;

  constructor(lexed: Lexed, parse: (stream: TokenStream, minBinding: number) => Expression) {
    this.tokens = lexed.tokens;
    this.problems = [...lexed.problems];
    this.parse = parse;
  }

  get token(): Token {
    return this.tokens[this.at] ?? END;
  }

  ahead(count: number): Token {
    return this.tokens[Math.min(this.at + count, this.tokens.length - 1)] ?? END;
  }

  next(): Token {
    const token = this.token;
    if (token.type !== 'end') this.at++;
    return token;
  }

  atEnd(): boolean {
    return this.token.type === 'end';
  }

  /** Where the last token that was taken ends. */
  lastEnd(): number {
    return this.tokens[this.at - 1]?.span.to ?? 0;
  }

  spanFrom(from: number): Span {
    return { from, to: Math.max(from, this.lastEnd()) };
  }

  isSymbol(symbol: string, offset = 0): boolean {
    const token = this.ahead(offset);
    return token.type === 'symbol' && token.text === symbol;
  }

  isWord(word: string, offset = 0): boolean {
    return this.ahead(offset).upper === word;
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.at++;
    return true;
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at++;
    return true;
  }

  /** Takes `symbol` or says that it is missing after `what`. */
  expectSymbol(symbol: string, what: string): void {
    if (!this.acceptSymbol(symbol)) this.unexpected(`Expected ${symbol} ${what}`, `Write ${symbol} here`);
  }

  expectWord(word: string, what: string): void {
    if (this.acceptWord(word)) return;
    const meant = closestName(this.token.upper, [word]);
    this.unexpected(`Expected ${word} ${what}`, meant === null ? `Write ${word} here` : `Did you mean ${word}?`);
    if (meant !== null) this.at++;
  }

  /** A name after a dot or in a ROW type; keywords are allowed there. */
  expectName(what: string): Name | null {
    const token = this.token;
    if (token.type !== 'name' && token.type !== 'quoted') {
      this.unexpected(`Expected ${what}`, 'Write a name, in backticks if it has blanks or signs');
      return null;
    }
    this.at++;
    return { text: token.text, span: token.span };
  }

  /** A problem at the current token, which is named in the message. */
  unexpected(message: string, fix: string): void {
    if (this.toldAt === this.at) return;
    this.toldAt = this.at;
    this.problem(`${message}, found ${describe(this.token)}.`, fix, this.token.span);
  }

  problem(message: string, fix: string, span: Span, code: ExpressionProblem['code'] = 'syntax'): void {
    this.problems.push({ code, message, fix, span });
  }

  expression(minBinding = 0): Expression {
    if (this.nesting >= NESTING_LIMIT) return this.tooDeep();
    this.nesting++;
    const parsed = this.parse(this, minBinding);
    this.nesting--;
    return parsed;
  }

  private tooDeep(): Expression {
    const span = this.token.span;
    this.problem('This is nested too deeply to read.', 'Split it over two steps', span, 'too-deep');
    this.at = this.tokens.length - 1;
    this.toldAt = this.at;
    return { kind: 'missing', span };
  }

  /** Expressions with commas between them, up to `close`, which is taken. */
  list(close: string, what: string): Expression[] {
    const items: Expression[] = [];
    if (this.acceptSymbol(close)) return items;
    do items.push(this.expression());
    while (this.acceptSymbol(','));
    this.expectSymbol(close, what);
    return items;
  }
}

export function describe(token: Token): string {
  if (token.type === 'end') return 'the end of the text';
  if (token.type === 'string') return `'${token.text}'`;
  return token.text === '' ? 'an empty name' : token.text;
}
