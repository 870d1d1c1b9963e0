import type { FieldBlock } from '../fields/field-block.ts';
import {
  ABSENT,
  JSON_ESCAPED,
  JSON_FALSE,
  JSON_NUMBER,
  JSON_STRING,
  JSON_STRUCTURE,
  JSON_TRUE,
} from '../fields/field-block.ts';
import { LIMITS } from '../limits.ts';
import { characterLength, decodeLoose } from '../text/utf8-reader.ts';
import type { KeyPlace, KeyStep, StepBudget } from './key-order-reader.ts';
import { KeyOrder } from './key-order-reader.ts';
import type { PathChild, PathNode } from './path-tree.ts';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Steps of all orders of one scanner: some hundred bytes each. */
const MOST_STEPS = 4096;
const NO_BYTES = new Uint8Array(0);
/** The highest bit of each of four bytes. */
const HIGH_BITS = 0x80808080 | 0;

/** Given back instead of a position. `fault` says more. */
export const MALFORMED = -1;

/**
 * Checks one JSON value by the letter of RFC 8259 and notes where the wanted paths lie in it, without building anything.
 * Of equal keys the last counts, as for JSON.parse. Nesting beyond `LIMITS.jsonDepth` and bytes that are no UTF-8 are
 * faults. Needs a line feed behind the end of the bytes.
 *
 * Records mostly have the same keys in the same order. So the way from one value to the next is first held against what
 * came there before, comma, key and colon in one; only when it is another is it read letter by letter.
 */
export class JsonValueScanner {
  fault = '';
  /** Where the fault lies; the end of the bytes when they are cut off there. */
  faultAt = 0;
  private bytes: Uint8Array = NO_BYTES;
  private view: DataView = new DataView(NO_BYTES.buffer);
  private end = 0;
  /** Keys of what is scanned without anything being wanted of it. */
  private readonly ownKeys = new KeyOrder<PathNode>();
  private readonly budget: StepBudget = { left: MOST_STEPS };
  /** What `key` hands back beside where the value is. */
  private keyNode: PathNode | null = null;
  private block: FieldBlock | null = null;
  private base = 0;
  private escaped = false;
  private serial = 0;

  /** Begins a record: all its fields are absent until `value` finds them. */
  begin(bytes: Uint8Array, end: number, block: FieldBlock | null): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.end = end;
    this.block = block;
    this.serial++;
    if (block === null) return;
    this.base = block.records * block.width;
    const { kinds } = block;
    for (let i = this.base; i < this.base + block.width; i++) kinds[i] = ABSENT;
  }

  /** Steps over the value at `start`, which is not white space; gives where it ends. */
  value(start: number, wanted: PathNode | null, depth: number): number {
    return this.valueOf(start, wanted, wanted === null ? this.ownKeys : wanted.keys, depth);
  }

  /** As `value`; `keys` are those of objects that may stand at `start`. */
  private valueOf(start: number, wanted: PathNode | null, keys: KeyOrder<PathNode>, depth: number): number {
    const { bytes } = this;
    switch (bytes[start]) {
      case QUOTE: {
        const close = this.text(start + 1);
        if (close !== MALFORMED && wanted !== null) {
          this.note(wanted, this.escaped ? JSON_ESCAPED : JSON_STRING, start + 1, close);
        }
        return close === MALFORMED ? MALFORMED : close + 1;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY: {
        if (depth >= LIMITS.jsonDepth) return this.fail(start, `nesting deeper than the limit of ${LIMITS.jsonDepth}`);
        const isObject = bytes[start] === OPEN_OBJECT;
        const close = isObject
          ? this.object(start + 1, wanted, keys, depth + 1)
          : this.array(start + 1, wanted, keys, depth + 1);
        if (close !== MALFORMED && wanted !== null) this.note(wanted, JSON_STRUCTURE, start, close);
        return close;
      }
      case 116:
        return this.word(start, 'true', JSON_TRUE, wanted);
      case 102:
        return this.word(start, 'false', JSON_FALSE, wanted);
      case 110:
        return this.word(start, 'null', ABSENT, wanted);
      default: {
        const close = this.number(start);
        if (close !== MALFORMED && wanted !== null) this.note(wanted, JSON_NUMBER, start, close);
        return close;
      }
    }
  }

  /** The next byte from `at` on that is not white space. */
  skip(at: number): number {
    const { bytes, end } = this;
    let next = at;
    while (next < end && (bytes[next] === 32 || (bytes[next]! <= 13 && isSpace(bytes[next]!)))) next++;
    return next;
  }

  private note(wanted: PathNode, kind: number, start: number, end: number): void {
    const { block } = this;
    if (wanted.field < 0 || block === null) return;
    const i = this.base + wanted.field;
    block.kinds[i] = kind;
    block.starts[i] = start;
    block.ends[i] = end;
  }

  private object(start: number, wanted: PathNode | null, keys: KeyOrder<PathNode>, depth: number): number {
    const { bytes, view, end } = this;
    let at = start;
    let place: KeyPlace<PathNode> | null = keys;
    for (;;) {
      let step: KeyStep<PathNode> | null = place === null ? null : place.stepAt(view, at, end);
      let node: PathNode | null;
      if (step !== null) {
        at += step.length;
        ({ node } = step);
        if (node !== null) this.meet(node);
      } else {
        const from: number = at;
        at = this.skip(at);
        if (bytes[at] === CLOSE_OBJECT && at < end) return at + 1;
        at = this.key(at, from === start, wanted);
        if (at === MALFORMED) return MALFORMED;
        node = this.keyNode;
        if (place !== null) step = keys.learn(place, { view, from, to: at }, node, this.budget);
      }
      place = step;
      const inside: KeyOrder<PathNode> = node !== null ? node.keys : step === null ? this.ownKeys : step.inside;
      at = this.valueOf(at, node, inside, depth);
      if (at === MALFORMED) return MALFORMED;
      if (bytes[at] === CLOSE_OBJECT && at < end) return at + 1;
    }
  }

  /** Steps over a key at `start`, with the comma before it unless it is the first, to where its value begins. */
  private key(start: number, isFirst: boolean, wanted: PathNode | null): number {
    const { bytes, end } = this;
    let at = start;
    if (!isFirst) {
      if (bytes[at] !== COMMA || at >= end) return this.unexpected(at, ', or }');
      at = this.skip(at + 1);
    }
    if (bytes[at] !== QUOTE || at >= end) return this.unexpected(at, 'a key');
    const keyStart = at + 1;
    const keyEnd = this.text(keyStart);
    if (keyEnd === MALFORMED) return MALFORMED;
    this.keyNode = null;
    if (wanted !== null && wanted.children.length > 0) {
      const child = this.find(wanted.children, keyStart, keyEnd);
      if (child !== undefined) {
        this.keyNode = child.node;
        this.meet(child.node);
      }
    }
    at = this.skip(keyEnd + 1);
    if (bytes[at] !== COLON || at >= end) return this.unexpected(at, ':');
    at = this.skip(at + 1);
    return at >= end ? this.unexpected(at, 'a value') : at;
  }

  private array(start: number, wanted: PathNode | null, keys: KeyOrder<PathNode>, depth: number): number {
    const { bytes } = this;
    const children = wanted === null || wanted.children.length === 0 ? null : wanted.children;
    let at = this.skip(start);
    if (bytes[at] === CLOSE_ARRAY && at < this.end) return at + 1;
    for (let index = 0; ; index++) {
      if (at >= this.end) return this.unexpected(at, 'a value');
      const child = children?.find((candidate) => candidate.index === index);
      if (child !== undefined) this.meet(child.node);
      at =
        child === undefined
          ? this.valueOf(at, null, keys.elements, depth)
          : this.valueOf(at, child.node, child.node.keys, depth);
      if (at === MALFORMED) return MALFORMED;
      at = this.skip(at);
      if (bytes[at] === CLOSE_ARRAY && at < this.end) return at + 1;
      if (bytes[at] !== COMMA || at >= this.end) return this.unexpected(at, ', or ]');
      at = this.skip(at + 1);
    }
  }

  /** Forgets what an earlier key of the same name had brought. */
  private meet(node: PathNode): void {
    if (node.metIn === this.serial && this.block !== null) {
      for (const field of node.fields) this.block.kinds[this.base + field] = ABSENT;
    }
    node.metIn = this.serial;
  }

  private isKey(child: PathChild, start: number, end: number): boolean {
    const { bytes } = this;
    const key = child.bytes;
    if (key.length !== end - start) return false;
    for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
    return true;
  }

  private find(children: readonly PathChild[], start: number, end: number): PathChild | undefined {
    if (!this.escaped) return children.find((child) => this.isKey(child, start, end));
    const key = JSON.parse(`"${decodeLoose(this.bytes, start, end)}"`) as string;
    return children.find((child) => child.key === key);
  }

  /** Steps over the inside of a string; gives where its closing quote is. */
  private text(start: number): number {
    const { bytes, view, end } = this;
    const lastWord = view.byteLength - 4;
    this.escaped = false;
    let at = start;
    for (;;) {
      // Four letters at once while none of them means anything: all of ASCII, no control character, quote or backslash.
      // The lowest bit that is set stands in the first byte that does; the line feed behind the end is one.
      while (at <= lastWord) {
        const word = view.getInt32(at, true);
        const marks =
          (word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)) &
          HIGH_BITS;
        if (marks !== 0) {
          at += (31 - Math.clz32(marks & -marks)) >> 3;
          break;
        }
        at += 4;
      }
      const byte = bytes[at]!;
      if (byte === QUOTE) return at < end ? at : this.unexpected(end, '"');
      if (byte === BACKSLASH) {
        this.escaped = true;
        const next = this.escape(at + 1);
        if (next === MALFORMED) return MALFORMED;
        at = next;
      } else if (byte < 32) {
        return at >= end ? this.unexpected(end, '"') : this.fail(at, 'a control character in a string');
      } else if (byte < 128) at++;
      else {
        const length = characterLength(bytes, at, end);
        if (length === 0) return this.fail(at, 'invalid UTF-8');
        at += length;
      }
    }
  }

  private escape(at: number): number {
    const { bytes, end } = this;
    if (at >= end) return this.unexpected(end, 'an escape');
    const letter = bytes[at]!;
    if (letter !== 117) return PLAIN_ESCAPES.includes(letter) ? at + 1 : this.fail(at, 'a bad escape in a string');
    for (let i = at + 1; i <= at + 4; i++) {
      if (i >= end) return this.unexpected(end, 'an escape');
      const byte = bytes[i]!;
      const isHex = (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);
      if (!isHex) return this.fail(i, 'a bad escape in a string');
    }
    return at + 5;
  }

  private number(start: number): number {
    const { bytes } = this;
    let at = start;
    if (bytes[at] === 45) at++;
    const first = bytes[at]! - 48;
    if (!(first >= 0 && first <= 9)) return this.unexpected(at, 'a value');
    at = first === 0 ? at + 1 : this.digits(at);
    if (bytes[at] === 46) {
      const next = this.digits(at + 1);
      if (next === at + 1) return this.unexpected(next, 'a digit');
      at = next;
    }
    if ((bytes[at]! | 32) === 101) {
      const sign = bytes[at + 1] === 43 || bytes[at + 1] === 45 ? 2 : 1;
      const next = this.digits(at + sign);
      if (next === at + sign) return this.unexpected(next, 'a digit');
      at = next;
    }
    return at;
  }

  private digits(start: number): number {
    let at = start;
    while (this.bytes[at]! >= 48 && this.bytes[at]! <= 57) at++;
    return at;
  }

  private word(start: number, word: string, kind: number, wanted: PathNode | null): number {
    for (let i = 1; i < word.length; i++) {
      if (this.bytes[start + i] !== word.charCodeAt(i) || start + i >= this.end)
        return this.unexpected(start + i, word);
    }
    if (wanted !== null) this.note(wanted, kind, start, start + word.length);
    return start + word.length;
  }

  private unexpected(at: number, wanted: string): number {
    if (at >= this.end) return this.fail(this.end, 'incomplete JSON');
    const length = Math.max(1, characterLength(this.bytes, at, this.end));
    return this.fail(at, `expected ${wanted}, found ${decodeLoose(this.bytes, at, at + length)}`);
  }

  private fail(at: number, fault: string): number {
    this.fault = fault;
    this.faultAt = at;
    return MALFORMED;
  }
}

const PLAIN_ESCAPES: readonly number[] = Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0));

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}
