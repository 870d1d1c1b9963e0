import type { PipelineDocument } from '../../../src/pipeline/document.ts';
import type { EventRow } from './event-rows.ts';
import type { ResultKind, ResultSums } from './result-sums.ts';

/** One query of the benchmark. */
export interface Query {
  readonly name: string;
  /** In the dialect of Flink SQL, with the columns of `results` at its sink. */
  readonly document: PipelineDocument;
  readonly results: readonly ResultKind[];
  /** The same by hand, row by row, with what a user would keep in maps: adds all result rows. */
  readonly plain: (rows: readonly EventRow[], results: ResultSums) => void;
}

/** How long the watermark waits. */
export const DELAY_MS = 4000;
