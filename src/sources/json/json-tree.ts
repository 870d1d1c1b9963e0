import { LIMITS } from '../limits.ts';

/**
 * A JSON value without loss: objects as maps, so that no key is special; whole numbers that a double cannot hold as
 * bigint. Of two equal keys the last one counts, as for JSON.parse.
 */
export type JsonTree = null | boolean | number | bigint | string | readonly JsonTree[] | ReadonlyMap<string, JsonTree>;

export class JsonError extends Error {
  override name = 'JsonError';
}

const WHITESPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON strings hold none unescaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Reads one JSON value that fills `text`. Throws `JsonError` with a reason that a user understands. */
export function parseJsonTree(text: string): JsonTree {
  const parser = new TreeParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class TreeParser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw new JsonError('something follows the JSON value');
  }

  value(depth: number): JsonTree {
    this.skipSpace();
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      if (depth >= LIMITS.jsonDepth) throw new JsonError(`nesting deeper than the limit of ${LIMITS.jsonDepth}`);
      this.at++;
      return first === '{' ? this.object(depth + 1) : this.array(depth + 1);
    }
    if (first === '"') return this.string();
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    return this.number();
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private skipSpace(): void {
    this.match(WHITESPACE);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private number(): number | bigint {
    const digits = this.match(NUMBER);
    if (digits === '') {
      throw new JsonError(this.at >= this.text.length ? 'incomplete JSON' : `unexpected ${this.text[this.at] ?? ''}`);
    }
    const near = Number(digits);
    if (Number.isSafeInteger(near) || /[.eE]/.test(digits)) return near;
    const exact = BigInt(digits);
    return BigInt(near) === exact && Math.abs(near) <= 2 ** 53 ? near : exact;
  }

  private string(): string {
    this.at++;
    let value = '';
    for (;;) {
      value += this.match(PLAIN);
      const mark = this.text[this.at++];
      if (mark === '"') return value;
      if (mark === undefined) throw new JsonError('incomplete JSON');
      if (mark !== '\\') throw new JsonError('a control character in a string');
      const letter = this.text[this.at++] ?? '';
      const hex = this.text.slice(this.at, this.at + 4);
      if (letter === 'u' && /^[\da-fA-F]{4}$/.test(hex)) {
        value += String.fromCharCode(parseInt(hex, 16));
        this.at += 4;
      } else {
        const plain = ESCAPES.get(letter);
        if (plain === undefined) throw new JsonError(letter === '' ? 'incomplete JSON' : 'a bad escape in a string');
        value += plain;
      }
    }
  }

  private array(depth: number): readonly JsonTree[] {
    const items: JsonTree[] = [];
    this.skipSpace();
    if (this.word(']')) return items;
    for (;;) {
      items.push(this.value(depth));
      this.skipSpace();
      if (this.word(']')) return items;
      this.expect(',');
    }
  }

  private object(depth: number): ReadonlyMap<string, JsonTree> {
    const members = new Map<string, JsonTree>();
    this.skipSpace();
    if (this.word('}')) return members;
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] !== '"') this.expect('"');
      const key = this.string();
      this.skipSpace();
      this.expect(':');
      members.set(key, this.value(depth));
      this.skipSpace();
      if (this.word('}')) return members;
      this.expect(',');
    }
  }

  private expect(mark: string): void {
    if (this.word(mark)) return;
    const found = this.text[this.at];
    throw new JsonError(found === undefined ? 'incomplete JSON' : `expected ${mark}, found ${found}`);
  }
}

/** A value that JSON.parse made, or that a program wrote, as a tree. */
export function jsonTree(value: unknown): JsonTree {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(jsonTree);
  if (value instanceof Map) return value as ReadonlyMap<string, JsonTree>;
  if (typeof value === 'object') {
    return new Map(Object.entries(value).map(([name, item]) => [name, jsonTree(item)] as const));
  }
  throw new JsonError(`a ${typeof value} is not JSON`);
}

export function isTreeArray(value: JsonTree): value is readonly JsonTree[] {
  return Array.isArray(value);
}

/** JSON text of a tree, whole numbers exact. */
export function jsonText(value: JsonTree): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Map) {
    const members = [...(value as ReadonlyMap<string, JsonTree>)];
    return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${jsonText(item)}`).join(',')}}`;
  }
  if (isTreeArray(value)) return `[${value.map(jsonText).join(',')}]`;
  return JSON.stringify(value);
}
