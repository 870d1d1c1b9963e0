import type { Batch, StreamType } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';
import type { Curve } from '../stream/curve.ts';
import type { InputPortName, NodeDefinition, OutputPortName } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { StateLook } from '../stream/state-look.ts';
import type { StateReader, StateWriter } from '../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../stream/time.ts';
import type { Dialect } from './dialects/dialect.ts';

/**
 * The contract between the engine and an operator. Read this page first.
 *
 * An operator's meaning stands in one folder: `definition.ts` says what it is, `kernel.ts` runs it fast, `reference.ts`
 * says slowly and plainly what the kernel must do. The engine's laws (`src/README.md`) hold for every kind in the
 * registries `definitions.ts` and `kernels.ts`.
 */

/** The kinds that have landed. Both registries are records over this union, so the compiler names what is missing. */
export const OPERATOR_KINDS = [
  'assign-timestamps',
  'filter',
  'map',
  'union',
  'window',
  'suppress',
  'join.interval',
  'join.window',
  'join.regular',
  'join.temporal',
  'join.lookup',
  'join.stream',
  'join.table',
  'dedup',
  'pattern',
  'top-n',
  'over',
  'flat-map',
  'split',
  'aggregate',
  'sink',
] as const;
export type OperatorKind = (typeof OPERATOR_KINDS)[number];

export type OperatorDefinition<
  Kind extends OperatorKind = OperatorKind,
  Config = unknown,
  Bound = unknown,
  Engine = unknown,
> = NodeDefinition<Kind, Config, Bound, Engine>;

/** A slice of the log as an operator sees it: entries firstSeq .. firstSeq + length - 1 and when each was processed. */
export interface Round {
  readonly firstSeq: number;
  readonly length: number;
  /** Kind of each entry, as in `stream/log-slice.ts`. */
  readonly kinds: Uint8Array;
  /** Processing time of each entry, ms; that of a clock entry is the time to which it moves the clock. */
  readonly at: Float64Array;
}

/** One edge that ends at the operator. */
export interface KernelInput {
  readonly port: InputPortName;
  readonly type: StreamType;
  /** In order of position; lent for the round: copy what you keep. */
  readonly batches: readonly Batch[];
  /** The edge's own watermark. */
  readonly curve: Curve;
}

/**
 * What becomes of an input row, exactly one of: used in at least one result and kept by no state any more · held by
 * state that can still emit it · late · filtered · unmatched · rejected.
 */
export interface Fates {
  used: number;
  held: number;
  late: number;
  filtered: number;
  unmatched: number;
  rejected: number;
  /** Row × window pairs that came too late; a hopping row can count several. What Kafka and Beam count. */
  lateWindows: number;
}

export type DropReason = 'late' | 'early' | 'null-key' | 'no-time';

/** One row that no window or join took, told to whoever listens. `row` is a physical row of `batch`. */
export interface Drop {
  readonly batch: Batch;
  readonly row: number;
  readonly type: StreamType;
  readonly reason: DropReason;
  readonly watermark: WatermarkMs;
  readonly windows: readonly (readonly [EventTimeMs, EventTimeMs])[];
}

/** One row that an operator could not use because an expression failed for it. `row` is a physical row of `batch`. */
export interface Rejection {
  readonly batch: Batch;
  readonly row: number;
  readonly type: StreamType;
  /** What failed, in the expression language's words. */
  readonly message: string;
}

/** Where a kernel's output goes during a round. */
export interface KernelOutput {
  readonly buffers: Buffers;
  /** Hands on rows in order of position, at most `CHUNK_ROWS` a batch. The batch is frozen from here on. */
  emit(port: OutputPortName, batch: Batch): void;
  /** Counters to add to; `held` goes down when a held row meets its end. */
  readonly fates: Fates;
  /** Tells of a row that was dropped. Counts nothing. */
  dropped(drop: Drop): void;
  /** Tells of a row that was rejected because an expression failed. Counts nothing. */
  rejected(rejection: Rejection): void;
  /** Null unless somebody listens. */
  readonly trace: KernelTrace | null;
}

/** What a kernel tells beyond its results when it is being watched. Must not change what it does. */
export interface KernelTrace {
  /** A window fired at entry `seq`. */
  fired(firing: Firing): void;
}

export interface Firing {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  readonly timing: number;
  readonly paneIndex: number;
  readonly results: number;
}

/** Largest number of rows in a batch that an operator hands on. */
export const CHUNK_ROWS = 8192;

export interface StateSize {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * One running operator. The engine calls it from one thread, once a round, in topological order, and never re-enters it.
 *
 * The engine promises: batches of an input come in order of position and hold no row outside the round; curves never
 * go back; `clock` is the inputs' merged watermark.
 *
 * The kernel promises: output does not depend on how the log is cut into rounds; output is ordered by position; every
 * input row has exactly one fate after every round; `restore(snapshot())` on a fresh kernel changes nothing that comes
 * later, nor the next snapshot's bytes; it never reads the wall clock and nothing stays in flight between rounds.
 */
export interface Kernel {
  /** Whether it reads the columns of its input one by one, as expressions do, so that they may wait until then. */
  readonly takesDeferred?: boolean;
  /**
   * Says that all `readers` of what leaves at `port` take batches whose columns wait until they are read
   * (`expression/deferred-batch.ts`). Told before the first round.
   */
  defer?(port: OutputPortName, readers: number): void;
  /** Processes a round and returns the watermark of its outputs, `clock` itself where it does not change it. */
  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve;
  /** Most rows that one input row may bring forth, if up to `rows` others come before it; firings do not count. */
  mostOutputs(rows: number): number;
  stateSize(): StateSize;
  /**
   * What the state holds, at most `most` entries of each kind, between two rounds. Changes nothing that comes later.
   * Absent where nothing is kept.
   */
  look?(most: number): StateLook;
  /**
   * Processing time of the last timer that still waits for the clock, -∞ when none does; kernels without such timers leave
   * it away. Asked once, when the input has ended and the run is to be drained.
   */
  pendingClockMs?(): ProcessingTimeMs;
  /** Why the run must stop after this round: a bound of the operator's own. Null before; most kernels have none. */
  stop?(): Problem | null;
  /** Whether up to `rows` rows more could bring that about. Rounds are then of one entry, so that the run stops right there. */
  mayStop?(rows: number): boolean;
  snapshot(writer: StateWriter): void;
  restore(reader: StateReader): void;
}

/** What a kernel is made from. */
export interface KernelRequest<Bound> {
  readonly bound: Bound;
  readonly inputs: readonly StreamType[];
  readonly outputs: Readonly<Partial<Record<OutputPortName, StreamType>>>;
  readonly dialect: Dialect;
  /** Output ports that have an edge. */
  readonly connected: ReadonlySet<OutputPortName>;
}

export type KernelFactory<Bound> = (request: KernelRequest<Bound>) => Kernel;
