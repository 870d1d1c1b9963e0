/** Where a text stops being JSON that we take. Lines and columns count from 1; columns are UTF-16 units. */
export interface JsonFault {
  readonly kind: 'syntax' | 'cut' | 'depth' | 'duplicate';
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Reads a text as JSON without building anything and without recursion, so that depth cannot hurt. Null when it is
 * sound: `JSON.parse` then succeeds. Stricter than `JSON.parse` in one point: a field may stand once in its object.
 */
export function findJsonFault(text: string, depthMax: number): JsonFault | null {
  return new Checker(text, depthMax).check();
}

/** The names seen in an object, or null for an array. */
type Container = Set<string> | null;

class Checker {
  private at = 0;
  private expected: 'value' | 'member' | 'separator' | 'end' = 'value';
  private readonly open: Container[] = [];
  private readonly text: string;
  private readonly depthMax: number;

  constructor(text: string, depthMax: number) {
    this.text = text;
    this.depthMax = depthMax;
  }

  check(): JsonFault | null {
    let fault: JsonFault | null = null;
    while (fault === null && this.expected !== 'end') {
      this.skipBlank();
      if (this.expected === 'value') fault = this.value();
      else if (this.expected === 'member') fault = this.member();
      else fault = this.afterValue();
    }
    if (fault !== null) return fault;
    this.skipBlank();
    return this.at === this.text.length ? null : this.unexpected('the end');
  }

  /** Takes one value; of an object or an array only the bracket. */
  private value(): JsonFault | null {
    this.expected = this.open.length === 0 ? 'end' : 'separator';
    const next = this.text[this.at];
    if (next === '{' || next === '[') return this.enter(next);
    if (next === '"') return this.string();
    if (this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)) return null;
    return this.take(/true|false|null/y) ? null : this.unexpected('a value');
  }

  private enter(bracket: '{' | '['): JsonFault | null {
    if (this.open.length === this.depthMax) {
      return this.fault('depth', `Nested deeper than the limit: depth ${this.depthMax}`);
    }
    this.at++;
    this.skipBlank();
    const closing = bracket === '{' ? '}' : ']';
    if (this.text[this.at] === closing) {
      this.at++;
      return null;
    }
    const names: Container = bracket === '{' ? new Set() : null;
    this.open.push(names);
    this.expected = names === null ? 'value' : 'member';
    return null;
  }

  private member(): JsonFault | null {
    const names = this.open.at(-1) ?? new Set();
    const start = this.at;
    if (this.text[start] !== '"') return this.unexpected('a field name in double quotes');
    const fault = this.string();
    if (fault !== null) return fault;
    const name = this.text.slice(start, this.at);
    if (names.has(name)) {
      this.at = start;
      return this.fault('duplicate', `The field ${name} stands twice in the same object`);
    }
    names.add(name);
    this.skipBlank();
    if (this.text[this.at] !== ':') return this.unexpected('":"');
    this.at++;
    this.expected = 'value';
    return null;
  }

  private afterValue(): JsonFault | null {
    const names = this.open.at(-1) ?? null;
    const next = this.text[this.at];
    if (next === ',') {
      this.at++;
      this.expected = names === null ? 'value' : 'member';
      return null;
    }
    if (next !== (names === null ? ']' : '}')) return this.unexpected(names === null ? '"," or "]"' : '"," or "}"');
    this.at++;
    this.open.pop();
    this.expected = this.open.length === 0 ? 'end' : 'separator';
    return null;
  }

  private string(): JsonFault | null {
    this.at++;
    for (;;) {
      this.take(/[^"\\\u0000-\u001f]*/y); // eslint-disable-line no-control-regex -- JSON forbids just these
      if (this.text[this.at] === '"') {
        this.at++;
        return null;
      }
      if (!this.take(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)) return this.unexpected('the end of the text in quotes');
    }
  }

  private skipBlank(): void {
    this.take(/[ \t\r\n]*/y);
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const isThere = pattern.test(this.text);
    if (isThere) this.at = pattern.lastIndex;
    return isThere;
  }

  private unexpected(wanted: string): JsonFault {
    const found = this.text.codePointAt(this.at);
    if (found === undefined) return this.fault('cut', `The text ends where ${wanted} is expected`);
    const shown = found < 0x20 ? `U+${found.toString(16).padStart(4, '0')}` : `"${String.fromCodePoint(found)}"`;
    return this.fault('syntax', `Expected ${wanted}, found ${shown}`);
  }

  private fault(kind: JsonFault['kind'], message: string): JsonFault {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    return { kind, line, column: this.at - before.lastIndexOf('\n'), message };
  }
}
