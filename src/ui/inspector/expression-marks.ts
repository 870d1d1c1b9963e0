import { findFunction } from '../../expression/functions.ts';
import type { Token } from '../../expression/lexer.ts';
import { lex } from '../../expression/lexer.ts';
import { isKeyword } from '../../expression/complete.ts';

export type MarkKind = 'keyword' | 'function' | 'text' | 'number' | 'symbol' | 'bracket' | 'lone-bracket' | 'mistake';

/** A part of an expression that looks different, UTF-16 offsets. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly kind: MarkKind;
}

/** What the words of an expression are, in order; names of columns are left plain. */
export function wordMarks(text: string): readonly Mark[] {
  const { tokens } = lex(text);
  return tokens.flatMap((token, i) => {
    const kind = kindOf(token, tokens[i + 1]);
    return kind === null ? [] : [{ ...token.span, kind }];
  });
}

function kindOf(token: Token, next: Token | undefined): MarkKind | null {
  switch (token.type) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'symbol':
      return 'symbol';
    case 'name': {
      if (next?.text === '(' && findFunction(token.upper) !== undefined) return 'function';
      return isKeyword(token.upper) ? 'keyword' : null;
    }
    default:
      return null;
  }
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** The bracket beside the caret and its partner; alone where it has none. Those inside of texts are no brackets. */
export function bracketMarks(text: string, caret: number): readonly Mark[] {
  const brackets = lex(text).tokens.filter(({ type, text: sign }) => type === 'symbol' && /^[()[\]]$/.test(sign));
  const open: Token[] = [];
  const partners = new Map<Token, Token>();
  for (const token of brackets) {
    const opening = open.at(-1);
    if (token.text in CLOSING) open.push(token);
    else if (opening !== undefined && CLOSING[opening.text] === token.text) {
      open.pop();
      partners.set(opening, token).set(token, opening);
    }
  }
  const beside = brackets.find(({ span }) => span.to === caret) ?? brackets.find(({ span }) => span.from === caret);
  if (beside === undefined) return [];
  const partner = partners.get(beside);
  if (partner === undefined) return [{ ...beside.span, kind: 'lone-bracket' }];
  return [beside, partner].map(({ span }): Mark => ({ ...span, kind: 'bracket' })).sort((a, b) => a.from - b.from);
}

/** Where mistakes are underlined: each letter once. One at the end, where nothing stands, marks the last letter. */
export function mistakeMarks(
  text: string,
  spans: readonly { readonly from: number; readonly to: number }[],
): readonly Mark[] {
  const marks: Mark[] = [];
  let end = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(end, Math.min(from, text.length - 1));
    const stop = Math.min(text.length, Math.max(start + 1, to));
    if (stop <= start) continue;
    marks.push({ from: start, to: stop, kind: 'mistake' });
    end = stop;
  }
  return marks;
}
