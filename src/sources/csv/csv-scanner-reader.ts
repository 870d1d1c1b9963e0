import { LIMITS } from '../limits.ts';
import type { FieldBlock, RecordScanner, ScanInput, ScanSink } from '../fields/field-block.ts';
import { ABSENT, BARE, QUOTED, QUOTED_DOUBLED } from '../fields/field-block.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

/** What `quoted` found behind a quote. */
const NEED_MORE = -1;
const NO_BYTES = new Uint8Array(0);
/** One in each of four bytes. */
const ONES = 0x01010101;
/** The highest bit of each of four bytes. */
const HIGH_BITS = 0x80808080 | 0;
const FOUR_QUOTES = QUOTE * ONES;

export interface CsvLayout {
  /** One ASCII letter. */
  readonly delimiter: string;
  /** Names of all columns of the file, in order. */
  readonly names: readonly string[];
  /** Physical line on which the input begins. */
  readonly firstLine: number;
  /** Fields that are noted in the block, by their number; all when it is not said. */
  readonly wanted?: readonly number[];
}

/**
 * Finds the records of a CSV text: RFC 4180, with LF, CRLF or lone CR as line ends in any mixture, and spaces allowed
 * between a closing quote and the delimiter. Quotes within a field that does not begin with one are letters.
 *
 * Rejected are records with another number of fields than there are names, with text behind a closing quote, or longer
 * than `LIMITS.recordBytes`. Empty lines are blank. A quote that is never closed ends reading: nobody knows which of
 * the records behind it are values.
 */
export class CsvScanner implements RecordScanner {
  readonly width: number;
  private readonly delimiter: number;
  private readonly names: readonly string[];
  /** Of each field its place in a record of the block, -1 when nobody wants it. */
  private readonly places: Int32Array;
  private readonly sink: ScanSink;
  private bytes: Uint8Array = NO_BYTES;
  private view: DataView = new DataView(NO_BYTES.buffer);
  private line: number;
  /** Inside a record that is too long to be kept: its end has to be found, its text is lost. */
  private skipping = false;

  // What `record` and `quoted` hand back beside their result.
  private fields = 0;
  private linesInRecord = 0;
  private doubled = false;
  private quoteLine = 0;

  constructor(layout: CsvLayout, sink: ScanSink) {
    this.delimiter = layout.delimiter.charCodeAt(0);
    this.names = layout.names;
    const { length } = this.names;
    const wanted = layout.wanted ?? this.names.map((_, field) => field);
    this.places = new Int32Array(length).fill(-1);
    wanted.forEach((field, place) => (this.places[field] = place));
    this.width = wanted.length;
    this.line = layout.firstLine;
    this.sink = sink;
  }

  scan(input: ScanInput, block: FieldBlock): void {
    const { bytes, end, final } = input;
    block.bytes = bytes;
    block.records = 0;
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    if (this.skipping && !this.skipLine(input)) return;
    while (block.records < block.capacity && input.at < end) {
      const start = input.at;
      const recordEnd = this.record(input, block);
      if (recordEnd === NEED_MORE) {
        if (end - start > LIMITS.recordBytes) this.tooLong(input);
        else if (final) this.unterminated(input, start);
        return;
      }
      if (recordEnd - start > LIMITS.recordBytes) {
        this.tooLong(input);
        if (this.skipping) return;
      } else this.finish(input, block, recordEnd);
    }
  }

  /** Takes the record [input.at, recordEnd) into the block, or tells why not, and steps behind its line end. */
  private finish(input: ScanInput, block: FieldBlock, recordEnd: number): void {
    const { bytes, end } = input;
    const start = input.at;
    const { records } = block;
    const width = this.names.length;
    let next = recordEnd;
    if (next < end) next += bytes[next] === CR && next + 1 < end && bytes[next + 1] === LF ? 2 : 1;
    if (recordEnd === start) this.sink.blank(this.line);
    else if (this.fields === width) {
      block.lines[records] = this.line;
      block.recordStarts[records] = start;
      block.recordEnds[records] = recordEnd;
      block.records = records + 1;
    } else if (this.fields >= 0) {
      const found = this.fields === 1 ? '1 field' : `${this.fields} fields`;
      this.sink.reject({ line: this.line, start, end: recordEnd }, null, `${found}, expected ${width}`);
    } else
      this.sink.reject(
        { line: this.line, start, end: recordEnd },
        this.names[-1 - this.fields] ?? null,
        'text behind a closing quote',
      );
    this.line += 1 + this.linesInRecord;
    input.at = next;
  }

  /**
   * Finds the fields of the record at `input.at` and writes those that are wanted behind those in the block. Gives where it
   * ends, line end left out, or `NEED_MORE`. `fields` is then their number, or -1 - i when field i is malformed.
   *
   * Four bytes are looked at once. A mark is a bit that is set for each delimiter and each control character among them,
   * and now and then for another byte behind one of these; the lowest mark comes first. The line feed behind the end of
   * the input is marked, too.
   */
  private record(input: ScanInput, block: FieldBlock): number {
    const { bytes, end, final } = input;
    const { delimiter, places, view } = this;
    const { starts, ends, kinds } = block;
    const base = block.records * block.width;
    const fourDelimiters = delimiter * ONES;
    const lastWord = view.byteLength - 4;
    let at = input.at;
    let field = 0;
    let malformed = 0;
    // The word whose marks are looked at; those of what was stepped over are gone.
    let wordAt = at - 4;
    let marks = 0;
    this.linesInRecord = 0;
    for (;;) {
      let from = at;
      let to: number;
      let kind = BARE;
      if (bytes[at] === QUOTE && at < end) {
        at = this.quoted(input, at);
        if (at === NEED_MORE) {
          this.fields = field;
          return NEED_MORE;
        }
        from++;
        to = at - 1;
        kind = this.doubled ? QUOTED_DOUBLED : QUOTED;
        while (at < end && bytes[at] === SPACE) at++;
        if (at < end && bytes[at] !== delimiter && bytes[at] !== LF && bytes[at] !== CR) {
          malformed = -1 - field;
          while (at < end && bytes[at] !== LF && bytes[at] !== CR) at++;
        }
        wordAt = at - 3;
        marks = 0;
      } else {
        let byte: number;
        do {
          while (marks === 0) {
            wordAt += 4;
            const word = wordAt <= lastWord ? view.getInt32(wordAt, true) : lastBytes(bytes, wordAt);
            marks = ((word - 0x20202020) | ((word ^ fourDelimiters) - ONES)) & ~word & HIGH_BITS;
          }
          at = wordAt + ((31 - Math.clz32(marks & (0 - marks))) >> 3);
          marks &= marks - 1;
          byte = bytes[at]!;
        } while (byte !== delimiter && byte !== LF && byte !== CR);
        to = at;
        if (from === to) kind = ABSENT;
      }
      const place = field < places.length ? places[field]! : -1;
      if (place >= 0) {
        starts[base + place] = from;
        ends[base + place] = to;
        kinds[base + place] = kind;
      }
      field++;
      if (at >= end) {
        this.fields = malformed < 0 ? malformed : field;
        return final ? end : NEED_MORE;
      }
      if (bytes[at] !== delimiter || malformed < 0) break;
      at++;
    }
    // A carriage return at the very end may be half of a line end.
    if (bytes[at] === CR && at + 1 === end && !final) return NEED_MORE;
    this.fields = malformed < 0 ? malformed : field;
    return at;
  }

  /** Steps over a quoted field that begins at `start`; gives where its closing quote has ended. */
  private quoted(input: ScanInput, start: number): number {
    const { bytes, end, final } = input;
    const { view } = this;
    const lastWord = view.byteLength - 4;
    this.doubled = false;
    this.quoteLine = this.line + this.linesInRecord;
    let lines = 0;
    let at = start + 1;
    for (;;) {
      while (at <= lastWord) {
        const word = view.getInt32(at, true);
        const marks = ((word - 0x20202020) | ((word ^ FOUR_QUOTES) - ONES)) & ~word & HIGH_BITS;
        if (marks !== 0) {
          at += (31 - Math.clz32(marks & (0 - marks))) >> 3;
          break;
        }
        at += 4;
      }
      if (at >= end) return NEED_MORE;
      const byte = bytes[at]!;
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
      at++;
      if (byte !== QUOTE) continue;
      if (at === end && !final) return NEED_MORE;
      if (at === end || bytes[at] !== QUOTE) {
        this.linesInRecord += lines;
        return at;
      }
      this.doubled = true;
      at++;
    }
  }

  private unterminated(input: ScanInput, start: number): void {
    const column = this.names[this.fields] ?? `c${this.fields + 1}`;
    const lost = countLines(input.bytes, start, input.end);
    const last = this.line + lost - 1;
    const range = lost === 1 ? `Line ${this.line} was` : `Lines ${this.line} to ${last} were`;
    const message = `The quote opened on line ${this.quoteLine}, column ${column}, is never closed. ${range} not read.`;
    this.sink.fatal({ code: 'unterminated-quote', message, fix: 'Close the quote, or double it if it is a letter.' });
    input.at = input.end;
  }

  private tooLong(input: ScanInput): void {
    const limit = LIMITS.recordBytes;
    const lineEnd = input.bytes.indexOf(LF, input.at);
    if (lineEnd >= 0 && lineEnd - input.at <= limit) {
      const column = this.names[this.fields] ?? `c${this.fields + 1}`;
      const message = `The quote opened on line ${this.quoteLine}, column ${column}, is not closed within ${limit} bytes, the limit of a record.`;
      this.sink.fatal({ code: 'unterminated-quote', message, fix: 'Close the quote, or double it if it is a letter.' });
      input.at = input.end;
      return;
    }
    this.sink.reject(
      { line: this.line, start: input.at, end: input.at + 1_000 },
      null,
      `longer than the limit of ${limit} bytes`,
    );
    this.skipping = true;
    this.skipLine(input);
  }

  /** Steps behind the next line end. False when the input holds none. */
  private skipLine(input: ScanInput): boolean {
    const lineEnd = input.bytes.indexOf(LF, input.at);
    if (lineEnd < 0 || lineEnd >= input.end) {
      input.at = input.end;
      return false;
    }
    input.at = lineEnd + 1;
    this.line++;
    this.skipping = false;
    return true;
  }
}

/** Lines that the bytes [start, end) touch. */
function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at++) if (bytes[at] === LF && at + 1 < end) lines++;
  return lines + 1;
}

/** Fewer than four bytes, the last ones there are, with line feeds behind them. */
function lastBytes(bytes: Uint8Array, at: number): number {
  let word = 0;
  for (let i = 3; i >= 0; i--) word = (word << 8) | (bytes[at + i] ?? LF);
  return word;
}
