/** NDJSON: a record a line, as the command line writes them. CSV: a row a line, with the same figures in columns. */
export type ResultsFormat = 'ndjson' | 'csv';

export interface SaveRequest {
  readonly nodeId: string;
  readonly format: ResultsFormat;
  /** Of CSV: puts an apostrophe before text that a spreadsheet would take for a formula. */
  readonly guardsFormulas: boolean;
}

export type SaveReport =
  | {
      readonly kind: 'saved';
      readonly content: Blob;
      readonly results: number;
      /** Entries of the log that they come from: all up to here. */
      readonly entries: number;
    }
  | { readonly kind: 'cancelled' };
