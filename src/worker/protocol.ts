import type { NodeLedger } from '../engine/ledger.ts';
import type { DropRecord, ResultRecord } from '../engine/result-records.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { StateLook } from '../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../stream/time.ts';
import type { Json } from '../stream/value.ts';
import type { ChartUpdate, DropTable, ResultTable } from './chart-protocol.ts';
import type { BranchControl } from './branch-protocol.ts';
import type { ConsumerControl } from './consumer-protocol.ts';
import type { EditControl } from './edit-protocol.ts';
import type { ExplainControl } from './explain-protocol.ts';
import type { LifeName } from './life.ts';
import type { LabControl } from './lab-protocol.ts';
import type { PlaneUpdate } from './plane-protocol.ts';
import type { SaveReport, SaveRequest } from './saving-protocol.ts';
import type { StateMark } from './state-protocol.ts';
import type { TableOrder, TableView } from './table-protocol.ts';
import type { RunStatus, Speed } from './run-status.ts';
import type { RunStop, TravelControl } from './travel-protocol.ts';

export type { RunFailure, RunStatus, Speed } from './run-status.ts';

/**
 * What crosses the thread boundary. Types only.
 *
 * Commands go by comlink and are copied; at the page's end every one returns a promise. Figures come back as one `Frame` at a time over a `MessagePort`: the worker
 * posts a frame only after the page gave its credit back (`FrameCredit`), so a page that does not draw costs nothing
 * and no queue can grow. Typed arrays in a frame are transferred: they belong to the page from then on, and the worker
 * never looks at them again. Everything else in a frame is copied.
 *
 * Counts are exact at the frame's position, which lies between two rounds: the ledger of every node balances in it.
 */
export interface EngineControl
  extends BranchControl, ConsumerControl, EditControl, ExplainControl, LabControl, TravelControl {
  /**
   * Stops whatever ran, checks the document and opens its log. Ends paused at position 0, or with every reason why it
   * could not. `files` holds a file for each `source.file` node; it is kept by reference, never read as a whole.
   */
  open(request: OpenRequest): Promise<OpenReport>;
  /** Gives up an `open` that is still loading; it then reports the problem `cancelled`. */
  cancel(): Promise<void>;
  play(): void;
  /** Stops between two rounds; resolves when the engine stands. */
  pause(): Promise<void>;
  /** Takes one entry of the log and stands again; resolves when its frame may be read. */
  step(): Promise<void>;
  setSpeed(speed: Speed): void;
  /** The same document, files and seed from the first entry on, as `run`; keeps running if it ran. */
  restart(run: number): Promise<void>;
  /** The node that charts, results and drops in a frame are about. Null: none are sent. */
  watch(nodeId: string | null): void;
  /** Which numeric result column of the watched node the window chart draws; null: its first one. */
  chooseValue(column: string | null): void;
  /** In which order the watched node's table is shown; by its key until this is called. */
  orderTable(order: TableOrder): void;
  /** Whether frames bring what the plane of the watched node is drawn from. */
  showPlane(isShown: boolean): void;
  ledger(): LedgerReport;
  /** The newest results of a sink, oldest first; at most 200. */
  results(nodeId: string, limit: number): readonly ResultRecord[];
  /**
   * The newest rows that left a node by a port, or arrived at a sink (port `out`), oldest first. Null while there are none.
   * At most 200; of the watched node and those right before it 2,000, from when it is watched on.
   */
  rowsAt(place: RowsPlace, limit: number): ResultTable | null;
  /** What a node keeps, all of one moment between two rounds; null while nothing is open. */
  stateOf(nodeId: string): StateReport | null;
  /** The newest drops of a node, oldest first; at most 200. */
  drops(nodeId: string, limit: number): readonly DropRecord[];
  /** The first records of a source that became no row, in the order of the file. */
  rejects(nodeId: string, limit: number): readonly RejectedRecord[];
  /** The newest rows that an expression of an operator failed for, oldest first; at most 200. */
  rejectedRows(nodeId: string, limit: number): readonly RejectedRow[];
  /**
   * All results of a node up to where the run stands: what leaves it by `out`, at a sink what arrives. Rejects when a file
   * cannot be read a second time. One at a time: another one cancels it.
   */
  saveResults(request: SaveRequest): Promise<SaveReport>;
  /** Share of the log that was gone through for them, 0..1; null while nothing is being saved. */
  savingProgress(): number | null;
  cancelSaving(): void;
  /** `config` is what the source's node has decided so far. Reads only the beginning of a large file. */
  inspectFile(file: File, config: Readonly<Record<string, unknown>>): Promise<FileReport>;
  /** Forgets the run and its files. */
  close(): Promise<void>;
  /** Where frames go from now on; the port is transferred. Resolves to whether `life` tells from then on when the thread is gone. */
  connect(port: MessagePort, life: LifeName): Promise<boolean>;
}

export interface RowsPlace {
  readonly nodeId: string;
  readonly port: OutputPortName;
}

export interface StateReport {
  /** Input rows with the fate `held`. */
  readonly held: number;
  readonly rows: number;
  readonly bytes: number;
  readonly watermarkMs: WatermarkMs | null;
  /** At most 50 entries of each kind; null where nothing is kept. */
  readonly look: StateLook | null;
  /** Watermarks that its own is made from; none of a source with one partition. */
  readonly marks: readonly StateMark[];
}

/** The page's only message on the frame port: it took the last frame and can draw another. */
export interface FrameCredit {
  readonly credit: 1;
}

export interface OpenRequest {
  /** Chosen by the page, larger each time; frames name it. */
  readonly run: number;
  readonly document: PipelineDocument;
  /** By node id. */
  readonly files: Readonly<Record<string, File>>;
}

export type OpenReport =
  | { readonly ok: true; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One look at the run. */
export interface Frame {
  /** As the page named it; a frame of an older run than the one that was asked for is of no interest. */
  readonly run: number;
  /** Seeks that were carried out: with another number than the frame before, nothing of what that one showed still holds. */
  readonly jumps: number;
  /** The breakpoint that the run stands behind; null when it stands for another reason, or goes. */
  readonly stop: RunStop | null;
  readonly status: RunStatus;
  readonly position: RunPosition;
  readonly clocks: Clocks;
  /** The consumer that the screen looks through: all that follows is of its run. Null: of the run itself. */
  readonly through: Through | null;
  /** In the plan's order. Empty before the first open. */
  readonly nodes: readonly NodeStats[];
  readonly edges: readonly EdgeStats[];
  /** Charts of the watched node that changed; often none. */
  readonly charts: readonly ChartUpdate[];
  /** The newest result rows of the watched node, oldest first, at most 200; null when none came since. */
  readonly results: ResultTable | null;
  /** The watched node's results as a table, where they are a changelog; null when nothing changed it since. */
  readonly table: TableView | null;
  /** The newest drops of the watched node, oldest first, at most 200; null when none came since. */
  readonly drops: DropTable | null;
  /** What the plane of the watched node grew by; null while it is not in view. */
  readonly plane: PlaneUpdate | null;
}

/** How the consumer stands that the screen looks through. */
export interface Through {
  readonly consumer: string;
  /** Entries of the log that it took or left out. */
  readonly seq: number;
  /** As a frame's, of the consumer. */
  readonly jumps: number;
  readonly status: RunStatus;
  readonly clocks: Clocks;
}

export interface RunPosition {
  /** Entries of the log taken so far: the number of the next one. */
  readonly seq: number;
  /** Rows among them, over all sources. */
  readonly rows: number;
  /** Rows in all, null where nobody knows before the end. */
  readonly totalRows: number | null;
  /** Share done, 0..1, by bytes for files; null when nobody knows. */
  readonly progress: number | null;
  /** Rows taken in a second of real time, over about the last second; 0 when it stands. */
  readonly rowsPerSec: number;
}

/** Null: not yet. A watermark is null before the first one, `END_OF_TIME` after the last row. */
export interface Clocks {
  readonly maxEventTimeMs: EventTimeMs | null;
  /** The least watermark over all sources that are not idle. */
  readonly watermarkMs: WatermarkMs | null;
  readonly processingTimeMs: ProcessingTimeMs | null;
}

/** The ledger's figures of one node (`in = used + held + late + filtered + unmatched + rejected`) and how it stands. */
export interface NodeStats {
  readonly nodeId: string;
  readonly in: number;
  readonly used: number;
  readonly held: number;
  readonly late: number;
  readonly filtered: number;
  readonly unmatched: number;
  readonly rejected: number;
  readonly lateWindows: number;
  readonly stateRows: number;
  readonly stateBytes: number;
  /** Rows handed on, all kinds together. */
  readonly emitted: Readonly<Partial<Record<OutputPortName, number>>>;
  /** Rows out of port `out` in a second of processing time, over about the last second of real time; null: unknown. */
  readonly ratePerSec: number | null;
  /** The merged watermark of its inputs, of a source its own; null before the first. */
  readonly watermarkMs: WatermarkMs | null;
  readonly idle: boolean;
  /** What the node waits for, when it holds rows in open windows; else null. */
  readonly waiting: Waiting | null;
}

/** Why nothing comes out yet: the first window that is open, and what would close it. */
export interface Waiting {
  readonly windowStartMs: EventTimeMs;
  readonly windowEndMs: EventTimeMs;
  /** The watermark at which it fires. */
  readonly firesAtMs: WatermarkMs;
  /** The least event time that brings this watermark about; null when more than one source must move. */
  readonly neededEventTimeMs: EventTimeMs | null;
  /** The source that holds the watermark back. */
  readonly sourceId: string | null;
}

export interface EdgeStats {
  /** `edgeKey` of the document's edge. */
  readonly edge: string;
  readonly rows: number;
  /** Rows in a second of processing time; null: unknown. */
  readonly ratePerSec: number | null;
  readonly watermarkMs: WatermarkMs | null;
  readonly idle: boolean;
}

/** The outside contract's ledger. A watermark that is not finite is written as a string. */
export interface LedgerReport {
  readonly run: {
    readonly dialect: string;
    readonly end: string;
    readonly seed: number;
    readonly entries: number;
    /** How far event time has come everywhere: the least over the sinks. */
    readonly watermark: number | string;
  };
  readonly nodes: Readonly<Record<string, NodeLedger>>;
}

/** A record that became no row, as the outside contract has it. */
export interface RejectedRecord {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
}

/** A row that an operator could not use. */
export interface RejectedRow {
  readonly seq: number;
  /** Null for a row without event time. */
  readonly tsMs: EventTimeMs | null;
  /** What failed. */
  readonly message: string;
  readonly row: Readonly<Record<string, Json>>;
}

/** What the beginning of a file shows. A bad file is a report, never a rejection. */
export interface FileReport {
  readonly verdict: 'accept' | 'accept_with_warnings' | 'ask' | 'reject';
  /** The configuration that was given, completed by what was found; without the file's name. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What is worth knowing before a run; nothing that is asked stands here too. */
  readonly warnings: readonly FileWarning[];
  /** What the user alone can know; the answer that the configuration holds stands first in the choices. */
  readonly questions: readonly FileQuestion[];
  /** Why the file cannot be used, and what to do; null when it can. */
  readonly error: string | null;
}

export interface FileWarning {
  readonly code: string;
  readonly message: string;
}

export interface FileQuestion extends FileWarning {
  /** Empty when anything may be answered. */
  readonly choices: readonly string[];
}
