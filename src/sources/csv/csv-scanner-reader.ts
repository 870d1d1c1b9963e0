import { LIMITS } from '../limits.ts';
import type { FieldBlock, RecordScanner, ScanInput, ScanSink } from '../fields/field-block.ts';
import { ABSENT, BARE, QUOTED, QUOTED_DOUBLED } from '../fields/field-block.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

/** What `quoted` found behind a quote. */
const NEED_MORE = -1;

export interface CsvLayout {
  /** One ASCII letter. */
  readonly delimiter: string;
  /** Names of all columns of the file, in order. */
  readonly names: readonly string[];
  /** Physical line on which the input begins. */
  readonly firstLine: number;
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
  private readonly sink: ScanSink;
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
    this.width = layout.names.length;
    this.line = layout.firstLine;
    this.sink = sink;
  }

  scan(input: ScanInput, block: FieldBlock): void {
    const { bytes, end, final } = input;
    block.bytes = bytes;
    block.records = 0;
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
    const { records, width } = block;
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
   * Finds the fields of the record at `input.at` and writes them behind those in the block. Gives where it ends, line
   * end left out, or `NEED_MORE`. `fields` is then their number, or -1 - i when field i is malformed.
   */
  private record(input: ScanInput, block: FieldBlock): number {
    const { bytes, end, final } = input;
    const { delimiter } = this;
    const { width, starts, ends, kinds } = block;
    const base = block.records * width;
    let at = input.at;
    let field = 0;
    let malformed = 0;
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
      } else {
        // The caller has put a line feed behind the end.
        let byte = bytes[at]!;
        while (byte !== delimiter && (byte > CR || (byte !== LF && byte !== CR))) byte = bytes[++at]!;
        to = at;
        if (from === to) kind = ABSENT;
      }
      if (field < width) {
        starts[base + field] = from;
        ends[base + field] = to;
        kinds[base + field] = kind;
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
    this.doubled = false;
    this.quoteLine = this.line + this.linesInRecord;
    let lines = 0;
    for (let at = start + 1; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
      if (byte !== QUOTE) continue;
      if (at + 1 === end && !final) return NEED_MORE;
      if (at + 1 < end && bytes[at + 1] === QUOTE) {
        this.doubled = true;
        at++;
        continue;
      }
      this.linesInRecord += lines;
      return at + 1;
    }
    return NEED_MORE;
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
