import type { FieldBlock, RecordScanner, ScanInput, ScanSink } from '../fields/field-block.ts';
import { LIMITS } from '../limits.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { JsonValueScanner, MALFORMED } from './json-scanner-reader.ts';
import type { PathNode } from './path-tree.ts';

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
/** What `null` begins with, alone of all JSON values. */
const LETTER_N = 110;
const CLOSE_OBJECT = 125;

/**
 * Finds the records of a JSON text: the objects in the array at a path (`[]`: the text is the array), one at a time, so
 * that the text is never held whole. Elements that are no objects, or nested too deep, are rejected; any other fault ends
 * reading, since nobody can tell where the next record begins. What stands around the array is stepped over unchecked.
 */
export class JsonArrayScanner implements RecordScanner {
  readonly width: number;
  /** Whether the array was found. */
  found = false;
  private readonly wanted: PathNode;
  private readonly sink: ScanSink;
  private readonly path: readonly Uint8Array[];
  private readonly pathText: string;
  private readonly json = new JsonValueScanner();
  private line = 1;
  /** The first line end at or behind `input.at`, as far as known; -1 when the input has moved. */
  private lineEnd = -1;
  private state: 'outside' | 'first' | 'element' | 'separator' | 'after' | 'failed' = 'outside';
  private readonly walk = new PathWalk();

  constructor(wanted: PathNode, path: readonly string[], width: number, sink: ScanSink) {
    this.wanted = wanted;
    this.width = width;
    this.sink = sink;
    this.path = path.map(encodeUtf8);
    this.pathText = path.join('.');
  }

  scan(input: ScanInput, block: FieldBlock): void {
    block.bytes = input.bytes;
    block.records = 0;
    this.lineEnd = -1;
    if (this.state === 'outside') {
      const inside = this.walk.toArray(input, this.path);
      this.line += this.walk.takeLines();
      if (this.walk.fault !== '') return this.fail(this.walk.fault, input);
      if (inside) {
        this.found = true;
        this.state = 'first';
      } else if (input.final) {
        const where = this.pathText === '' ? 'The file is no array' : `The file has no array at ${this.pathText}`;
        return this.fail(`${where}.`, input);
      }
    }
    while (block.records < block.capacity && input.at < input.end && this.step(input, block));
    if (input.final && input.at >= input.end && this.state !== 'after' && this.state !== 'failed' && this.found) {
      this.fail('The file ends inside the array.', input);
    }
  }

  /** Takes the next element or mark. False when more bytes are needed, or nothing more will come. */
  private step(input: ScanInput, block: FieldBlock): boolean {
    const { bytes, end } = input;
    if (this.state === 'failed') return false;
    this.skipSpace(input);
    if (input.at >= end) return false;
    if (this.state === 'after') {
      // Whatever closes the objects around the array, and the members behind it.
      this.advance(input, end);
      return false;
    }
    const byte = bytes[input.at];
    if (byte === CLOSE_ARRAY && this.state !== 'element') {
      this.state = 'after';
      input.at++;
      return true;
    }
    if (this.state === 'separator') {
      if (byte !== COMMA) {
        this.fail(`Line ${this.line} has something other than , or ] behind a record.`, input);
        return false;
      }
      this.state = 'element';
      input.at++;
      return true;
    }
    return this.element(input, block);
  }

  private element(input: ScanInput, block: FieldBlock): boolean {
    const { bytes, at: start, end, final } = input;
    const { json } = this;
    json.begin(bytes, end, block);
    const close = json.value(start, this.wanted, 2);
    // A number at the end of the bytes may go on in the next ones.
    const open = close === MALFORMED ? json.fault === 'incomplete JSON' || json.faultAt > end - 4 : close >= end;
    if (open && !final) {
      if (end - start > LIMITS.recordBytes) {
        this.fail(`The record on line ${this.line} is longer than the limit of ${LIMITS.recordBytes} bytes.`, input);
      }
      return false;
    }
    if (close === MALFORMED) return this.malformed(input, start);
    if (bytes[start] === LETTER_N && this.sink.tombstone !== undefined) this.sink.tombstone(this.line);
    else if (bytes[start] !== OPEN_OBJECT)
      this.sink.reject({ line: this.line, start, end: close }, null, 'not a JSON object');
    else {
      block.lines[block.records] = this.line;
      block.recordStarts[block.records] = start;
      block.recordEnds[block.records] = close;
      block.records++;
    }
    this.advance(input, close);
    this.state = 'separator';
    return true;
  }

  /** Nesting alone does not hide where a record ends: it is rejected. Any other fault ends reading. */
  private malformed(input: ScanInput, start: number): boolean {
    const { json } = this;
    const close = json.fault.startsWith('nesting') ? balancedEnd(input.bytes, start, input.end) : MALFORMED;
    if (close === MALFORMED) {
      if (json.fault.startsWith('nesting') && !input.final && input.end - start <= LIMITS.recordBytes) return false;
      let line = this.line;
      for (let at = start; at < json.faultAt; at++) if (input.bytes[at] === LF) line++;
      this.fail(`The record on line ${this.line} is not JSON: ${json.fault} (line ${line}).`, input);
      return false;
    }
    this.sink.reject({ line: this.line, start, end: close }, null, json.fault);
    this.advance(input, close);
    this.state = 'separator';
    return true;
  }

  private skipSpace(input: ScanInput): void {
    const { bytes, end } = input;
    let at = input.at;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === LF) this.line++;
      else if (byte !== 32 && byte !== 9 && byte !== 13) break;
    }
    input.at = at;
  }

  private advance(input: ScanInput, to: number): void {
    const { bytes } = input;
    // The next line end is looked for once, and not from every record on: a file may be a single line.
    while (this.lineEnd < to) {
      if (this.lineEnd >= input.at) this.line++;
      const next = bytes.indexOf(LF, Math.max(this.lineEnd + 1, input.at));
      this.lineEnd = next < 0 ? Infinity : next;
    }
    input.at = to;
  }

  private fail(message: string, input: ScanInput): void {
    this.state = 'failed';
    input.at = input.end;
    const fix = 'Check that the file is complete, and which path leads to the records.';
    this.sink.fatal({ code: 'bad-json', message, fix });
  }
}

/** Where the brackets opened at `start` are closed, whatever stands between; `MALFORMED` when they are not. */
function balancedEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      for (at++; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return MALFORMED;
}

/** Follows the text byte by byte, so that it may be cut anywhere, to the bracket that opens the array at a path. */
class PathWalk {
  fault = '';
  private lines = 0;
  private depth = 0;
  /** How many parts of the path the open objects have matched. */
  private matched = 0;
  private mode: 'value' | 'text' | 'escape' = 'value';
  private isKey = false;
  private expectKey = false;
  private key: number[] = [];
  private lastKeyMatches = false;
  private started = false;

  takeLines(): number {
    const { lines } = this;
    this.lines = 0;
    return lines;
  }

  /** True when `input.at` stands behind the bracket of the array. */
  toArray(input: ScanInput, path: readonly Uint8Array[]): boolean {
    while (input.at < input.end) {
      const byte = input.bytes[input.at++]!;
      if (byte === LF) this.lines++;
      if (this.mode !== 'value') this.inText(byte, path);
      else if (this.inValue(byte, path)) return true;
      if (this.fault !== '') return false;
    }
    return false;
  }

  private inText(byte: number, path: readonly Uint8Array[]): void {
    if (this.mode === 'escape') this.mode = 'text';
    else if (byte === BACKSLASH) this.mode = 'escape';
    else if (byte === QUOTE) {
      this.mode = 'value';
      const wanted = path[this.matched];
      const onPath = this.depth === this.matched + 1 && wanted !== undefined && wanted.length === this.key.length;
      if (this.isKey) this.lastKeyMatches = onPath && this.key.every((letter, i) => letter === wanted[i]);
      return;
    }
    if (this.isKey && this.key.length < 2_000) this.key.push(byte);
  }

  private inValue(byte: number, path: readonly Uint8Array[]): boolean {
    if (byte <= 32 || byte === COLON) return false;
    const here = this.depth === 0 ? path.length === 0 : this.lastKeyMatches;
    if (!this.started && byte !== OPEN_ARRAY && byte !== OPEN_OBJECT) {
      this.fault = 'The file does not begin as JSON: with [ or {.';
      return false;
    }
    this.started = true;
    if (byte === QUOTE) {
      this.mode = 'text';
      this.isKey = this.expectKey;
      this.key = [];
      this.expectKey = false;
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (byte === OPEN_ARRAY && here && this.matched + (this.depth === 0 ? 0 : 1) === path.length) return true;
      if (byte === OPEN_OBJECT && this.depth > 0 && here) this.matched++;
      this.depth++;
      this.expectKey = byte === OPEN_OBJECT && this.depth === this.matched + 1;
      this.lastKeyMatches = false;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      this.depth--;
      if (this.depth <= this.matched && this.matched > 0) this.matched--;
      this.lastKeyMatches = false;
    } else if (byte === COMMA) {
      this.expectKey = this.depth === this.matched + 1;
      this.lastKeyMatches = false;
    }
    return false;
  }
}
