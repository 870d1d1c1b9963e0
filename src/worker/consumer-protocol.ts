import type { Problem } from '../stream/problem.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../stream/time.ts';
import type { RunStatus, Speed } from './run-status.ts';
import type { BranchAnswer, BranchQuestion } from './branch-protocol.ts';
import type { SeekTarget } from './travel-protocol.ts';

/** More are refused: each keeps state, and reads, of its own. */
export const CONSUMERS_MAX = 8;

/**
 * From where a consumer reads the log: from its first entry; from the next one that is written; from entry `seq`, counted
 * from 0; in each partition from the first row on whose event time is at least `tsMs`, where none is written from the end.
 */
export type ConsumerStart =
  | { readonly by: 'earliest' }
  | { readonly by: 'latest' }
  | { readonly by: 'offset'; readonly seq: number }
  | { readonly by: 'timestamp'; readonly tsMs: EventTimeMs };

/** Where a consumer stood that is to be there once more: its start is found no second time. */
export interface ConsumerPlace {
  /** As `ConsumerReport.restSeq`. */
  readonly restSeq: number;
  /** The offset of its next entry; 0 is its start. */
  readonly seq: number;
}

export interface ConsumerRequest {
  /** Chosen by the page. A consumer of this name is put in its place. */
  readonly id: string;
  readonly start: ConsumerStart;
  /** Null: it is a new one, and stands at its start. */
  readonly place: ConsumerPlace | null;
  readonly speed: Speed;
  /** Whether it reads on at once; otherwise it stands at its start. */
  readonly plays: boolean;
}

export type ConsumerOpening =
  { readonly kind: 'open' } | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What may be done with a consumer. A place before its start is its start, one that is not written yet the end of the log. */
export type ConsumerCommand =
  | { readonly kind: 'play' | 'pause' | 'step' }
  | { readonly kind: 'seek'; readonly to: SeekTarget }
  | { readonly kind: 'speed'; readonly speed: Speed };

/** How far somebody has read, and what came of it. */
export interface ReaderFigures {
  /** Entries of the log that were taken or left out: the offset of the next one. */
  readonly seq: number;
  /** Rows that were read. */
  readonly rows: number;
  /** Entries that are written and not read yet. */
  readonly lagEntries: number;
  /** Processing time between the newest entry read and the newest one written; null before the first. */
  readonly lagMs: DurationMs | null;
  readonly processingTimeMs: ProcessingTimeMs | null;
  readonly maxEventTimeMs: EventTimeMs | null;
  readonly watermarkMs: WatermarkMs | null;
  /** Of the node that was asked for; null where there is none. */
  readonly node: ReaderNode | null;
}

/** Rows of a node, of its ledger. */
export interface ReaderNode {
  readonly in: number;
  /** Handed on by `out`; of a sink what arrived. */
  readonly results: number;
  readonly late: number;
  readonly held: number;
}

/** Where a partition is read from. */
export interface StartPlace {
  readonly sourceId: string;
  readonly partition: number;
  readonly seq: number;
}

export interface ConsumerReport extends ReaderFigures {
  readonly id: string;
  readonly status: RunStatus;
  /** The first entry that it reads. */
  readonly firstSeq: number;
  /** Where a timestamp put each partition that had such a row. */
  readonly places: readonly StartPlace[];
  /** Where all others begin, as its start was found when it was added. */
  readonly restSeq: number;
}

export interface ConsumersReport {
  /** Entries that are written: all that the run has come to, also where it went back since. */
  readonly written: number;
  readonly writtenAtMs: ProcessingTimeMs | null;
  /** Whether nothing comes behind them. */
  readonly isEnded: boolean;
  /** The run itself. */
  readonly run: ReaderFigures;
  readonly consumers: readonly ConsumerReport[];
}

/**
 * Part of `EngineControl`. Consumers read the log of the run that is open, each by itself, no further than the run has come
 * so far: it is what writes the log. With another run they begin at their start again.
 */
export interface ConsumerControl {
  addConsumer(request: ConsumerRequest): Promise<ConsumerOpening>;
  /** Resolves when it is done; one that was removed meanwhile is let be. */
  steerConsumer(id: string, command: ConsumerCommand): Promise<void>;
  removeConsumer(id: string): Promise<void>;
  /**
   * A reader of the whole log and the consumer, as `run` and `branch`, up to where the consumer stands: what differs, differs
   * by its start. One at a time: another takes its place.
   */
  compareConsumer(question: BranchQuestion): Promise<BranchAnswer>;
  /**
   * From now on frames have charts, counts and the plane of a consumer's run, and questions about rows, state, drops and
   * results are answered for it; null: for the run itself. False where there is none of this name. The run is looked at again
   * when the consumer is removed, and when another run is opened. Nothing is put in by hand meanwhile.
   */
  lookThrough(id: string | null): boolean;
  /** Null while nothing is open. `nodeId`: whose figures are wanted. */
  consumers(nodeId: string | null): ConsumersReport | null;
}
