import type { FieldBlock, RecordScanner, ScanInput, ScanSink } from '../fields/field-block.ts';
import { LIMITS } from '../limits.ts';
import { JsonValueScanner, MALFORMED } from './json-scanner-reader.ts';
import type { PathNode } from './path-tree.ts';

const LF = 10;
const CR = 13;
const OPEN_OBJECT = 123;
/** What `null` begins with, alone of all JSON values. */
const LETTER_N = 110;

/**
 * Finds the records of an NDJSON text: one JSON object a line. Lines of nothing but white space are blank; a line that
 * is no object is rejected and no other suffers from it.
 *
 * A file that begins as an Elasticsearch bulk request does (`POST _bulk`, or an action such as
 * `{"index":{"_id":"1"}}`) is read as one: request lines and actions are blank, the documents between are records.
 */
export class NdjsonScanner implements RecordScanner {
  readonly width: number;
  /** Lines of a bulk request that were passed over; -1 when the file is none, null before anybody knows. */
  bulkLines: number | null = null;
  private readonly wanted: PathNode;
  private readonly sink: ScanSink;
  private readonly json = new JsonValueScanner();
  private line = 1;
  private skipping = false;

  constructor(wanted: PathNode, width: number, sink: ScanSink) {
    this.wanted = wanted;
    this.width = width;
    this.sink = sink;
  }

  scan(input: ScanInput, block: FieldBlock): void {
    const { bytes, end, final } = input;
    block.bytes = bytes;
    block.records = 0;
    while (block.records < block.capacity && input.at < end) {
      const start = input.at;
      let lineEnd = bytes.indexOf(LF, start);
      if (lineEnd < 0 || lineEnd >= end) {
        if (!final) {
          this.skipping ||= this.tooLong(start, end);
          if (this.skipping) input.at = end;
          return;
        }
        lineEnd = end;
      }
      input.at = lineEnd < end ? lineEnd + 1 : end;
      if (this.skipping) this.skipping = false;
      else if (!this.tooLong(start, lineEnd)) this.takeLine(input, block, start, lineEnd);
      this.line++;
    }
  }

  private tooLong(start: number, end: number): boolean {
    if (end - start <= LIMITS.recordBytes) return false;
    this.sink.reject(
      { line: this.line, start, end: start + 1_000 },
      null,
      `longer than the limit of ${LIMITS.recordBytes} bytes`,
    );
    return true;
  }

  private takeLine(input: ScanInput, block: FieldBlock, start: number, lineEnd: number): void {
    const { bytes } = input;
    const { json } = this;
    const end = lineEnd > start && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    json.begin(bytes, end, block);
    const first = json.skip(start);
    if (first === end) {
      this.sink.blank(this.line);
      return;
    }
    if (this.bulkLines !== -1 && this.isBulkLine(bytes, first, end)) {
      this.bulkLines = (this.bulkLines ?? 0) + 1;
      this.sink.blank(this.line);
      return;
    }
    this.bulkLines ??= -1;
    const close = json.value(first, this.wanted, 0);
    const next = close === MALFORMED ? MALFORMED : json.skip(close);
    if (next !== end) {
      const reason = next === MALFORMED ? this.faultReason(start) : 'something follows the JSON value';
      this.sink.reject({ line: this.line, start, end }, null, reason);
    } else if (bytes[first] === LETTER_N && this.sink.tombstone !== undefined) this.sink.tombstone(this.line);
    else if (bytes[first] !== OPEN_OBJECT) {
      this.sink.reject({ line: this.line, start, end }, null, 'not a JSON object');
    } else {
      block.lines[block.records] = this.line;
      block.recordStarts[block.records] = start;
      block.recordEnds[block.records] = end;
      block.records++;
    }
  }

  private faultReason(start: number): string {
    const { fault, faultAt } = this.json;
    return fault === 'incomplete JSON' ? fault : `${fault} (byte ${faultAt - start + 1} of the line)`;
  }

  private isBulkLine(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > 2_000) return false;
    if (this.bulkLines === null && bytes[start] !== OPEN_OBJECT)
      return /^(POST|PUT)\s+\S*_bulk\b/.test(ascii(bytes, start, end));
    return bytes[start] === OPEN_OBJECT && BULK_ACTION.test(ascii(bytes, start, end));
  }
}

/** An action: one of four words over an object of nothing but metadata. */
const BULK_ACTION =
  /^\{\s*"(?:index|create|update|delete)"\s*:\s*\{\s*(?:"_?(?:index|type|id|routing|version|version_type|op_type|require_alias|retry_on_conflict|if_seq_no|if_primary_term|pipeline|dynamic_templates)"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.-]+)\s*,?\s*)*\}\s*\}\s*$/;

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
