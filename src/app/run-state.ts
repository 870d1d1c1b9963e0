import type { PipelineDocument } from '../pipeline/document.ts';
import type { Problem } from '../stream/problem.ts';
import type { Charts, DropTable, ResultTable } from '../worker/chart-protocol.ts';
import type {
  Clocks,
  EdgeStats,
  FileReport,
  InspectOptions,
  LedgerReport,
  NodeStats,
  RunPosition,
  RunStatus,
  Speed,
} from '../worker/protocol.ts';

/** Figures of the newest frame, all of one moment between two rounds. */
export interface RunFigures {
  readonly position: RunPosition;
  readonly clocks: Clocks;
  readonly nodes: Readonly<Record<string, NodeStats>>;
  /** By `edgeKey`. */
  readonly edges: Readonly<Record<string, EdgeStats>>;
  /** Of the watched node, as `results` and `drops`. */
  readonly charts: Charts | null;
  readonly results: ResultTable | null;
  readonly drops: DropTable | null;
}

export const NO_FIGURES: RunFigures = {
  position: { seq: 0, rows: 0, total: null, progress: null, rowsPerSec: 0 },
  clocks: { maxEventTimeMs: null, watermarkMs: null, processingTimeMs: null },
  nodes: {},
  edges: {},
  charts: null,
  results: null,
  drops: null,
};

/**
 * The run as the screen sees it.
 *
 * An edit of the graph before the first entry opens it anew at once. After that it stops the run and leaves its figures in
 * view; `isChanged` says that they are of the graph as it was, and the next play, step or restart begins with the new one.
 */
export interface RunState extends RunFigures {
  readonly status: RunStatus;
  /** What the last open found in the document and its files. */
  readonly problems: readonly Problem[];
  readonly speed: Speed;
  readonly watched: string | null;
  /** By node id. */
  readonly files: Readonly<Record<string, File>>;
  readonly isChanged: boolean;

  /** `document` was edited. */
  readonly load: (document: PipelineDocument) => void;
  /** Another document takes the place of the old one: nothing of its run and files stays. */
  readonly loadNew: (document: PipelineDocument, options: { readonly play: boolean }) => Promise<void>;
  readonly play: () => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly step: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly setSpeed: (speed: Speed) => void;
  /** Null: the first window or join, so that there is something to see. */
  readonly watch: (nodeId: string | null) => void;
  /** Which result column the window chart draws. */
  readonly chooseValue: (column: string | null) => void;
  readonly setFile: (nodeId: string, file: File | null) => void;
  readonly inspectFile: (file: File, options: InspectOptions) => Promise<FileReport>;
  readonly ledger: () => Promise<LedgerReport>;
}
