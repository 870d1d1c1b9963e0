// How the bytes of a field are written: the values of a block's `kinds`.

/** Nothing: an empty CSV field without quotes, a JSON null, a key that is not there. */
export const ABSENT = 0;
/** CSV without quotes. */
export const BARE = 1;
/** CSV in quotes, which the range leaves out. */
export const QUOTED = 2;
/** As `QUOTED`, with doubled quotes in it. */
export const QUOTED_DOUBLED = 3;
export const JSON_NUMBER = 4;
/** A JSON string without its quotes. */
export const JSON_STRING = 5;
/** As `JSON_STRING`, with backslashes in it. */
export const JSON_ESCAPED = 6;
export const JSON_TRUE = 7;
export const JSON_FALSE = 8;
/** A JSON array or object, brackets included. */
export const JSON_STRUCTURE = 9;

/**
 * Where the fields of some records lie in a buffer: the step between finding records, which is a format's business, and
 * reading values, which is a type's. Field f of record r is entry r * width + f. Lent until the scanner is called again.
 */
export class FieldBlock {
  bytes: Uint8Array = new Uint8Array(0);
  records = 0;
  readonly capacity: number;
  readonly width: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** Physical line that each record begins on. */
  readonly lines: Float64Array;
  readonly recordStarts: Int32Array;
  readonly recordEnds: Int32Array;

  constructor(capacity: number, width: number) {
    this.capacity = capacity;
    this.width = width;
    this.starts = new Int32Array(capacity * width);
    this.ends = new Int32Array(capacity * width);
    this.kinds = new Uint8Array(capacity * width);
    this.lines = new Float64Array(capacity);
    this.recordStarts = new Int32Array(capacity);
    this.recordEnds = new Int32Array(capacity);
  }
}

/** Bytes that a scanner works on: [at, end). `final`: nothing follows. */
export interface ScanInput {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  readonly final: boolean;
}

/** What a scanner tells beside the records that it found. */
export interface ScanSink {
  /** A record that is none, its bytes [start, end) of the input. */
  reject(
    record: { readonly line: number; readonly start: number; readonly end: number },
    column: string | null,
    reason: string,
  ): void;
  /** A line that holds no record. */
  blank(line: number): void;
  /** Something that ends reading for good. */
  fatal(fault: ScanFault): void;
  /** A record that is a JSON null, where that means something: else it is none, and rejected. */
  tombstone?(line: number): void;
}

export interface ScanFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * Finds records. `scan` fills the block with complete records from the input, as many as there are and fit, and moves
 * `at` behind the last one that it took; it takes an incomplete one only when the input is final. `block.records` is 0
 * when more bytes are needed.
 */
export interface RecordScanner {
  /** How many fields each record has. */
  readonly width: number;
  scan(input: ScanInput, block: FieldBlock): void;
}
