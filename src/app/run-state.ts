import type { Carried } from './carry-over.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Problem } from '../stream/problem.ts';
import type {
  ClockChart,
  DropChart,
  DropTable,
  LatencyChart,
  LatenessChart,
  ResultTable,
  StateChart,
  WindowChart,
} from '../worker/chart-protocol.ts';
import type {
  Clocks,
  EdgeStats,
  FileReport,
  LedgerReport,
  NodeStats,
  RejectedRecord,
  RejectedRow,
  RowsPlace,
  StateReport,
  RunPosition,
  RunStatus,
  Speed,
  Through,
} from '../worker/protocol.ts';
import type { CompareReport, CompareRequest, DelayPicture, DelayRequest, Standing } from '../worker/lab-protocol.ts';
import type { SaveReport, SaveRequest } from '../worker/saving-protocol.ts';
import type { TableOrder, TableView } from '../worker/table-protocol.ts';
import type { Breakpoint, RunStop, SeekReport, SeekRequest, StepRequest } from '../worker/travel-protocol.ts';
import type { EngineQuestions } from './engine-questions.ts';
import type { LiveEdit, ReopenReason } from '../worker/edit-protocol.ts';
import type { FileFindings } from './file-questions.ts';

export type {
  ClockChart,
  ClockPart,
  ClockSeries,
  DropChart,
  DropTable,
  LatencyChart,
  LatencyFigures,
  LatenessChart,
  ResultTable,
  SpanFigures,
  StateChart,
  TableColumn,
  WindowChart,
} from '../worker/chart-protocol.ts';

export type { StateMark } from '../worker/state-protocol.ts';
export type {
  CompareReport,
  ComparedKind,
  ComparedNode,
  ComparedResult,
  ComparedRule,
  ComparedSide,
  DelayBin,
  DelayPicture,
  DelayRequest,
  DialectComparison,
  PartitionPicture,
  Standing,
} from '../worker/lab-protocol.ts';
export type { ResultsFormat, SaveReport, SaveRequest } from '../worker/saving-protocol.ts';
export type {
  Breakpoint,
  Overview,
  RunStop,
  SeekReport,
  SeekRequest,
  SeekTarget,
  StepRequest,
  Watch,
} from '../worker/travel-protocol.ts';
export type { TableOrder, TableView } from '../worker/table-protocol.ts';
export type {
  Clocks,
  EdgeStats,
  FileReport,
  NodeStats,
  RejectedRecord,
  RejectedRow,
  RowsPlace,
  StateReport,
  RunPosition,
  RunStatus,
  Speed,
  Through,
} from '../worker/protocol.ts';

/** Null: not yet, or none for this kind of node. */
export interface Charts {
  readonly windows: WindowChart | null;
  readonly clocks: ClockChart | null;
  readonly drops: DropChart | null;
  readonly lateness: LatenessChart | null;
  readonly latency: LatencyChart | null;
  readonly state: StateChart | null;
}

export const NO_CHARTS: Charts = {
  windows: null,
  clocks: null,
  drops: null,
  lateness: null,
  latency: null,
  state: null,
};

/** Figures of the newest frame, all of one moment between two rounds of what is looked at. */
export interface RunFigures {
  readonly position: RunPosition;
  readonly clocks: Clocks;
  /** The consumer that the screen looks through: what follows is of its run (`lookedAt`). */
  readonly through: Through | null;
  readonly nodes: Readonly<Record<string, NodeStats>>;
  /** By `edgeKey`. */
  readonly edges: Readonly<Record<string, EdgeStats>>;
  /** Of the watched node, as `results` and `drops`. */
  readonly charts: Charts;
  readonly results: ResultTable | null;
  /** Where the results are a changelog. */
  readonly table: TableView | null;
  readonly drops: DropTable | null;
}

export const NO_FIGURES: RunFigures = {
  position: { seq: 0, rows: 0, totalRows: null, progress: null, rowsPerSec: 0 },
  clocks: { maxEventTimeMs: null, watermarkMs: null, processingTimeMs: null },
  through: null,
  nodes: {},
  edges: {},
  charts: NO_CHARTS,
  results: null,
  table: null,
  drops: null,
};

/** An edit that was made while the run went on. */
export interface MadeEdit {
  readonly edit: LiveEdit;
  /** The graph as it is from there on. */
  readonly document: PipelineDocument;
  /** The entry of the log that it is: up to there the graph as it was is in force. */
  readonly seq: number;
  /** How far the run was then, 0..1; null where nobody knew. */
  readonly share: number | null;
}

/** What became of the edit that was made last. */
export type EditOutcome =
  | { readonly kind: 'made'; readonly made: MadeEdit }
  | {
      readonly kind: 'reopened';
      readonly why: ReopenReason | 'no-run';
      readonly carried: Pick<Carried, 'lost' | 'edits'>;
    }
  /** The graph cannot run as it is: the run stands with the one before. */
  | { readonly kind: 'refused' };

/** No edit was made, and none waits. */
export const NO_EDITS: Pick<RunState, 'isChanged' | 'edits' | 'lastEdit' | 'isEditing'> = {
  isChanged: false,
  edits: [],
  lastEdit: null,
  isEditing: false,
};

/** Nothing was ever opened. */
export const NO_RUN = { ...NO_FIGURES, ...NO_EDITS, ranWith: null, began: null };

export interface LoadOptions {
  /** Number of the graph that the document is a state of; the last one's when left out. */
  readonly graph?: number;
  readonly play?: boolean;
}

/**
 * The run as the screen sees it.
 *
 * An edit of the graph before the first entry opens it anew at once, one in mid-run is made to the run. Where that cannot be,
 * and at the end, it stops the run and leaves its figures in view; `isChanged` says that they are of the graph as it was, and
 * the next play, step or restart begins with the new one.
 */
export interface RunState extends RunFigures {
  readonly status: RunStatus;
  /** What the last open found in the document and its files. */
  readonly problems: readonly Problem[];
  readonly speed: Speed;
  readonly watched: string | null;
  /** By node id. */
  readonly files: Readonly<Record<string, File>>;
  /** What looking into them left to say. A file with an open question is not run. */
  readonly findings: ReadonlyMap<File, FileFindings>;
  /** Seeks that the figures are after; a number of the engine's thread. */
  readonly jumps: number;
  /** The breakpoint that the run stands behind. */
  readonly stop: RunStop | null;
  readonly isChanged: boolean;
  /** The graph that the figures are of; null before the first that could be opened. */
  readonly ranWith: PipelineDocument | null;
  /** The graph that the run began with. */
  readonly began: PipelineDocument | null;
  /** Edits of the run, in the order of its log. */
  readonly edits: readonly MadeEdit[];
  /** Null before the first. */
  readonly lastEdit: EditOutcome | null;
  readonly isEditing: boolean;
  /** Where the run was brought back to when the engine's thread had ended last; null while it never did. */
  readonly recovery: { readonly seq: number } | null;

  /**
   * `document` is what a run is of from now on. Of another graph than the last one nothing of its run stays, and the files
   * are those that were chosen while the new one was in view before. `play`: it begins when it could be opened.
   */
  readonly load: (document: PipelineDocument, options?: LoadOptions) => void;
  /** Gives up an opening that takes too long. */
  readonly cancel: () => void;
  readonly play: () => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly step: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly setSpeed: (speed: Speed) => void;
  /** Null: the first window or join, so that there is something to see. */
  readonly watch: (nodeId: string | null) => void;
  /** Whether the engine says what the plane of the watched node is drawn from (`app/plane-updates.ts`). */
  readonly showPlane: (isShown: boolean) => void;
  /** Which result column the window chart draws. */
  readonly chooseValue: (column: string | null) => void;
  /** In which order the watched node's table is shown. */
  readonly orderTable: (order: TableOrder) => void;
  readonly setFile: (nodeId: string, file: File | null) => void;
  readonly setFindings: (file: File, findings: FileFindings) => void;
  /** Looks at the beginning of a file; `config` is what its source has decided so far. */
  readonly inspectFile: (file: File, config: Readonly<Record<string, unknown>>) => Promise<FileReport>;
  /** The newest rows at a port, oldest first; null while there are none. */
  readonly rowsAt: (place: RowsPlace, limit: number) => Promise<ResultTable | null>;
  /** What a node keeps, all of one moment. */
  readonly stateOf: (nodeId: string) => Promise<StateReport | null>;
  /** The first records of a source that became no row. */
  readonly rejects: (nodeId: string, limit: number) => Promise<readonly RejectedRecord[]>;
  /** The newest rows that an expression of an operator failed for, oldest first. */
  readonly rejectedRows: (nodeId: string, limit: number) => Promise<readonly RejectedRow[]>;
  readonly ledger: () => Promise<LedgerReport>;
  /** What the engine answers about the run that is open; rejects when it stops before that. */
  readonly ask: <Answer>(question: (engine: EngineQuestions) => Promise<Answer>) => Promise<Answer>;
  /**
   * Another run of what is on the screen, which has held from its first entry on, to where this one stands. What was put into
   * this one by hand is put into it again. Null: it cannot be opened.
   */
  readonly beginAnew: () => Promise<Carried | null>;
  /** Opens what is on the screen, if that is another graph, and goes there. Null: there was nothing to move in, or it stopped. */
  readonly seek: (request: SeekRequest) => Promise<SeekReport | null>;
  /** Where runs stop from now on. Says by id what is wrong with those that the run which is open cannot stop at. */
  readonly setBreakpoints: (
    breakpoints: readonly Breakpoint[],
  ) => Promise<Readonly<Record<string, readonly Problem[]>>>;
  readonly stepTo: (request: StepRequest) => Promise<SeekReport | null>;
  /** All results of a node up to where the run stands. Rejects when they cannot be had. */
  readonly saveResults: (request: SaveRequest) => Promise<SaveReport>;
  /** Share of them that was gone through; null while none are being saved. */
  readonly savingProgress: () => Promise<number | null>;
  readonly cancelSaving: () => void;
  /** How much of the log was gone through for the edit under way, 0..1; null while nothing is rebuilt. */
  readonly editProgress: () => Promise<number | null>;
  /** How late the first events of a generator come; null where its configuration cannot be used. */
  readonly sampleDelays: (request: DelayRequest) => Promise<DelayPicture | null>;
  /** Pauses, and says where the engine stands then. */
  readonly standStill: () => Promise<Standing>;
  /** Runs the graph to its end by the rules of two engines, beside the run. Rejects when the engine stops. */
  readonly compareDialects: (request: CompareRequest) => Promise<CompareReport>;
  /** Share that is done; null while nothing is compared. */
  readonly comparingProgress: () => Promise<number | null>;
  readonly cancelComparing: () => void;
}
