import type { Schema } from '../stream/types.ts';
import { type DataType, typeName } from '../stream/types.ts';
import { listFunctions } from './functions.ts';
import { lex } from './lexer.ts';
import { printName } from './print.ts';
import type { Span } from './syntax.ts';

export interface Completion {
  /** What the list shows. */
  readonly label: string;
  /** What replaces `span`. */
  readonly insert: string;
  readonly kind: 'column' | 'field' | 'function' | 'keyword';
  readonly detail: string;
  readonly docs: string;
}

export interface Completions {
  /** The part of the text that a completion replaces; empty where nothing was typed yet. */
  readonly span: Span;
  readonly items: readonly Completion[];
}

const KEYWORDS =
  'AND OR NOT IS NULL IN BETWEEN LIKE CASE WHEN THEN ELSE END CAST TRY_CAST TRUE FALSE INTERVAL DATE TIME TIMESTAMP'.split(
    ' ',
  );
const KEYWORD_SET: ReadonlySet<string> = new Set(KEYWORDS);
const NONE: readonly Completion[] = [];

/** `word` in capitals. */
export function isKeyword(word: string): boolean {
  return KEYWORD_SET.has(word);
}

/**
 * What may be typed at `offset` of a text: columns first, then functions, then keywords, each by how well it fits what
 * stands before. After a dot the fields of that column. Nothing inside of texts.
 */
export function completeExpression(text: string, offset: number, schema: Schema): Completions {
  const { tokens } = lex(text);
  const at = tokens.findIndex((token) => token.type !== 'end' && token.span.from < offset && offset <= token.span.to);
  const token = tokens[at];
  const none = { span: { from: offset, to: offset }, items: NONE };
  if (token?.type === 'string' || token?.type === 'number') return none;
  const typed = token !== undefined && (token.type === 'name' || token.type === 'quoted') ? token : null;
  const span = typed === null ? none.span : typed.span;
  const prefix =
    typed === null
      ? ''
      : typed.type === 'name'
        ? text.slice(typed.span.from, offset)
        : text.slice(typed.span.from + 1, offset);
  const before =
    typed === null ? tokens.filter((other) => other.type !== 'end' && other.span.to <= offset) : tokens.slice(0, at);
  if (before.at(-1)?.text === '.' && before.at(-1)?.type === 'symbol') {
    const names: string[] = [];
    for (let i = before.length - 2; i >= 0; i -= 2) {
      const name = before[i];
      if (name === undefined || (name.type !== 'name' && name.type !== 'quoted')) break;
      names.unshift(name.text);
      if (before[i - 1]?.text !== '.') break;
    }
    return { span, items: matching(prefix, fieldsOf(schema, names)) };
  }
  const columns = schema.fields.map((field) => columnItem('column', field));
  const functions = listFunctions().map((definition): Completion => {
    const insert = `${definition.name}(`;
    return { label: definition.name, insert, kind: 'function', detail: definition.usage, docs: definition.docs };
  });
  const keywords = KEYWORDS.map((word): Completion => ({
    label: word,
    insert: word,
    kind: 'keyword',
    detail: '',
    docs: '',
  }));
  return { span, items: [...matching(prefix, columns), ...matching(prefix, functions), ...matching(prefix, keywords)] };
}

function columnItem(kind: 'column' | 'field', field: { name: string; type: DataType; nullable: boolean }): Completion {
  const docs = field.nullable ? 'Can be NULL.' : 'Never NULL.';
  return { label: field.name, insert: printName(field.name), kind, detail: typeName(field.type), docs };
}

function fieldsOf(schema: Schema, path: readonly string[]): Completion[] {
  let fields = schema.fields;
  for (const name of path) {
    const type = fields.find((field) => field.name === name)?.type;
    if (type?.kind !== 'ROW') return [];
    fields = type.fields;
  }
  return fields.map((field) => columnItem('field', field));
}

/** Those that start with what was typed, then those that hold it, each in their order. */
function matching(prefix: string, items: readonly Completion[]): Completion[] {
  const wanted = prefix.toLowerCase();
  const starts = items.filter((item) => item.label.toLowerCase().startsWith(wanted));
  const holds = items.filter((item) => !starts.includes(item) && item.label.toLowerCase().includes(wanted));
  return [...starts, ...holds];
}
