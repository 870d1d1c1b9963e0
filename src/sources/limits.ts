/** What a data file or a generator may ask for. Each limit is named in the message of whatever passes it. */
export const LIMITS = {
  /** Columns of a file. */
  columns: 4096,
  /** Bytes of one record, line ends included. */
  recordBytes: 2_097_152,
  /** UTF-16 units of one value from which on a warning names it. */
  longValueChars: 100_000,
  /** Levels of arrays and objects in one JSON record. */
  jsonDepth: 64,
  /** Rejected records of one source that are kept; all are counted. */
  keptRejects: 10_000,
  /** UTF-16 units of a rejected record's text that are kept. */
  rejectTextChars: 1_000,
  generatorRatePerSec: 10_000_000,
  generatorEvents: 10_000_000_000,
  partitions: 1_024,
  generatorKeys: 1_000_000,
  generatorPayloadBytes: 65_536,
} as const;

/** Rows of a chunk that a reader hands out, at most. */
export const READER_CHUNK_ROWS = 8192;
