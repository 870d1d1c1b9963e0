import { kernels } from '../operators/kernels.ts';
import type { KernelInput, Round, StateSize } from '../operators/operator.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert, defined } from '../stream/assert.ts';
import { lastWatermark } from '../stream/curve.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { CONTROL_CHECKPOINT, CONTROL_EDIT, ENTRY_CONTROL, isSkipped } from '../stream/log-slice.ts';
import type { Problem } from '../stream/problem.ts';
import { StateReader, StateWriter } from '../stream/state-codec.ts';
import type { ProcessingTimeMs, WatermarkMs } from '../stream/time.ts';
import { NO_WATERMARK } from '../stream/time.ts';
import type { NodeLedger } from './ledger.ts';
import { Delivery } from './delivery.ts';
import { deferColumns } from './defer-columns.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { KernelRegistry, NodeOutput } from './node.ts';
import { OperatorNode } from './node.ts';
import type { Limits } from './limits.ts';
import { DEFAULT_LIMITS, RoundSizer } from './limits.ts';
import { OutputBound } from './output-bound.ts';
import type { Probe } from './probe.ts';
import { keptRounds } from './probe.ts';
import { RoundBuffers } from '../stream/round-buffers.ts';
import { BufferingSink } from './sink-epochs.ts';
import type { PartitionMark } from './progress/source-progress.ts';
import { SourceNode } from './source-node.ts';
import type { StateLook } from '../stream/state-look.ts';

/** First bytes of a snapshot: a format that changed gets a new number. */
export const SNAPSHOT_VERSION = 5;

/**
 * Runs a plan over a log: one round at a time, every operator once a round, in topological order. Deterministic: it reads
 * no clock but the log's and holds nothing in flight between two rounds. How the log is cut into rounds cannot be seen in
 * what comes out.
 */
export class Engine {
  private readonly plan: Plan;
  private readonly probe: Probe;
  private readonly registry: KernelRegistry;
  private sources: SourceNode[] = [];
  private operators: (OperatorNode | null)[] = [];
  private sinks = new Map<number, BufferingSink>();
  private delivery = new Delivery([], {});
  private checkpoint: Uint8Array | null = null;
  private epoch = 0;
  /** About how long the next snapshot will be, going by the last. */
  private snapshotBytes = 0;
  private nextSeq = 0;
  private emittedBefore = 0;
  private nowMs: ProcessingTimeMs = -Infinity;
  private watermarks: WatermarkMs[] = [];

  private readonly buffers: RoundBuffers;
  private readonly limits: Limits;
  private readonly sizer: RoundSizer;
  private readonly outputBound: OutputBound;
  private reached: Problem | null = null;

  /** `registry` is for tests that plant a wrong kernel. */
  constructor(plan: Plan, probe: Probe = {}, registry: KernelRegistry = kernels, limits: Limits = DEFAULT_LIMITS) {
    this.limits = limits;
    this.sizer = new RoundSizer(limits);
    this.plan = plan;
    this.outputBound = new OutputBound(plan);
    this.probe = probe;
    this.registry = registry;
    this.buffers = new RoundBuffers(keptRounds(probe));
    this.build();
  }

  private build(): void {
    const { plan, probe, buffers, registry } = this;
    const sinks = plan.nodes.flatMap((planned, index) => (planned.kind === 'sink' ? [index] : []));
    this.delivery = new Delivery(sinks, probe);
    const context = { dialect: plan.dialect, probe, delivery: this.delivery, kernels: registry, buffers };
    this.sources = plan.sources.map((node) => new SourceNode(node, { plan, probe, delivery: this.delivery, buffers }));
    this.operators = plan.nodes.map((planned, index) =>
      planned.kind.startsWith('source.') ? null : new OperatorNode(planned, index, context),
    );
    deferColumns(plan, this.operators);
    this.sinks = new Map(
      sinks.map((index) => [index, new BufferingSink((batch) => this.delivery.committed(index, batch))]),
    );
    this.watermarks = plan.nodes.map(() => NO_WATERMARK);
  }

  /** Number of the entry that comes next: how many entries of the log were taken. */
  get position(): number {
    return this.nextSeq;
  }

  /** Processing time of the last entry; -∞ before the first. */
  get processingTimeMs(): ProcessingTimeMs {
    return this.nowMs;
  }

  /** The watermark of a node's outputs. */
  watermarkOf(node: number): WatermarkMs {
    return this.watermarks[node]!;
  }

  /** Takes a slice of the log as one round; as several where control entries stand in it, as none where it is left out. */
  run(slice: LogSlice): void {
    assert(slice.firstSeq === this.nextSeq, () => `the log goes on at ${this.nextSeq}, not at ${slice.firstSeq}`);
    if (isSkipped(slice)) {
      this.nextSeq += slice.length;
      return;
    }
    this.buffers.nextRound();
    let from = 0;
    for (let control = nextControl(slice, 0); control >= 0; control = nextControl(slice, from)) {
      this.runRound(cutSlice(slice, from, control + 1));
      if (slice.payload[control] === CONTROL_CHECKPOINT) this.completeCheckpoint();
      else {
        this.commitEpoch();
        if (slice.payload[control]! < CONTROL_EDIT) this.crashAndRestore();
      }
      from = control + 1;
    }
    if (from === slice.length) return;
    this.runRound(cutSlice(slice, from, slice.length));
    this.commitEpoch();
  }

  private runRound(slice: LogSlice): void {
    const { firstSeq, length, kinds, at } = slice;
    const round: Round = { firstSeq, length, kinds, at };
    this.probe.round?.(round);
    const outputs: NodeOutput[] = [];
    this.sources.forEach((source, s) => {
      const output = source.run(slice, s);
      outputs[source.node] = output;
      this.watermarks[source.node] = lastWatermark(output.curve);
    });
    this.operators.forEach((operator, index) => {
      if (operator === null) return;
      const inputs = this.inputsOf(operator, outputs);
      outputs[index] = operator.run(round, inputs);
      this.watermarks[index] = lastWatermark(outputs[index].curve);
      const sink = this.sinks.get(index);
      if (sink !== undefined) for (const { batches } of inputs) for (const batch of batches) sink.write(batch);
    });
    this.nextSeq = firstSeq + length;
    this.nowMs = at[length - 1]!;
    this.weigh(length);
  }

  private weigh(entries: number): void {
    const emitted = this.emittedRows();
    const { most: mostCaused, by: causedBy } = this.mostCaused();
    const outputs = emitted - this.emittedBefore;
    const load = { entries, outputs, mostCaused, causedBy, stateBytes: this.stateBytes() };
    this.emittedBefore = emitted;
    this.sizer.observe(load);
    this.reached ??= this.sizer.check(load, () => this.heaviest()) ?? this.stopped();
  }

  /** Most rows that one operator brought forth for one entry of the round; looked for only where it can matter. */
  private mostCaused(): { readonly most: number; readonly by: string | null } {
    let most = 0;
    let by: string | null = null;
    for (const operator of this.operators) {
      if (operator === null || operator.caused <= most) continue;
      const rows = operator.caused * 2 < this.limits.outputsPerEntry ? operator.caused : operator.mostCaused();
      if (rows <= most) continue;
      most = rows;
      by = operator.planned.id;
    }
    return { most, by };
  }

  /** Why an operator asks the run to stop. */
  private stopped(): Problem | null {
    for (const operator of this.operators) {
      const problem = operator?.kernel.stop?.() ?? null;
      if (problem !== null) return { ...problem, nodeId: operator!.planned.id };
    }
    return null;
  }

  /** The operator with the most state. */
  private heaviest(): string | null {
    let id: string | null = null;
    let most = -1;
    for (const operator of this.operators) {
      const bytes = operator?.kernel.stateSize().bytes ?? -1;
      if (bytes > most) {
        most = bytes;
        id = operator?.planned.id ?? null;
      }
    }
    return id;
  }

  /** How many entries the next round should have at most, 1 to `ROUND_ENTRIES`. */
  get roundEntries(): number {
    return this.sizer.nextEntries((entries) => this.outputBound.most(this.operators, entries));
  }

  /** The limit that the run went over: the caller stops after this round. Null while there is none. */
  get limit(): Problem | null {
    return this.reached;
  }

  private inputsOf(operator: OperatorNode, outputs: readonly NodeOutput[]): readonly KernelInput[] {
    return operator.planned.inputs.map(({ port, type, fromNode, fromPort }) => {
      const output = outputs[fromNode]!;
      return { port, type, batches: output.batches[fromPort], curve: output.curve };
    });
  }

  /** Without checkpoints every round is an epoch of its own. */
  private commitEpoch(): void {
    for (const sink of this.sinks.values()) sink.preCommit(this.epoch);
    this.commitPrepared();
  }

  /** Trigger, snapshot of each node in order, pre-commit, complete, commit. */
  private completeCheckpoint(): void {
    const bytes = this.snapshot();
    for (const sink of this.sinks.values()) sink.preCommit(this.epoch);
    this.checkpoint = bytes;
    this.commitPrepared();
  }

  private commitPrepared(): void {
    const epoch = this.epoch++;
    for (const sink of this.sinks.values()) {
      sink.commit(epoch);
      sink.begin();
    }
    this.delivery.flush();
  }

  /** Throws all running state away and builds it anew from a snapshot taken at this very entry. */
  private crashAndRestore(): void {
    const bytes = this.snapshot();
    this.build();
    this.restore(bytes);
  }

  /** The last checkpoint that the log asked for. */
  get lastCheckpoint(): Uint8Array | null {
    return this.checkpoint;
  }

  /** Adds rows that a source's reader refused: they count as come in and rejected. */
  countRejected(source: number, rows: number): void {
    const { counters } = this.sources[source]!;
    counters.in += rows;
    counters.fates.rejected += rows;
  }

  /** Every node's counters, by node id in the document's words. */
  ledger(): ReadonlyMap<string, NodeLedger> {
    const sourceCounters = new Map(this.sources.map((source) => [source.node, source.counters]));
    return new Map(
      this.plan.nodes.map((planned, index) => {
        const operator = this.operators[index];
        if (operator === null || operator === undefined) {
          return [planned.id, defined(sourceCounters.get(index), 'a source').read({ rows: 0, bytes: 0 })];
        }
        return [planned.id, operator.counters.read(operator.kernel.stateSize())];
      }),
    );
  }

  /** What the state of a node holds, as far as its kernel can say; null where it says no more than the size. */
  look(node: number, most: number): StateLook | null {
    return this.operators[node]?.kernel.look?.(most) ?? null;
  }

  /** How much an operator keeps; null for a source, which keeps no row. */
  stateSize(node: number): StateSize | null {
    return this.operators[node]?.kernel.stateSize() ?? null;
  }

  /** The watermarks of a source's partitions, in the order in which they came to be known. */
  partitionsOf(source: number): readonly PartitionMark[] {
    return this.sources[source]?.partitions() ?? [];
  }

  /** Bytes of state that all operators hold. */
  stateBytes(): number {
    let bytes = 0;
    for (const operator of this.operators) if (operator !== null) bytes += operator.kernel.stateSize().bytes;
    return bytes;
  }

  /**
   * Processing time of the last timer that waits for the clock in any operator; -∞ when none does. Where a run is drained,
   * the log goes on with one clock entry at this time.
   */
  pendingClockMs(): ProcessingTimeMs {
    let latest = -Infinity;
    for (const operator of this.operators) {
      const pendingMs = operator?.kernel.pendingClockMs?.() ?? -Infinity;
      if (pendingMs > latest) latest = pendingMs;
    }
    return latest;
  }

  /** Ids of the operators with timers that wait for the clock, in the order of the plan. */
  waitingForClock(): readonly string[] {
    return this.operators.flatMap((operator) => {
      const pendingMs = operator?.kernel.pendingClockMs?.() ?? -Infinity;
      return operator !== null && pendingMs > -Infinity ? [operator.planned.id] : [];
    });
  }

  /** Rows that all nodes have emitted since the run began. */
  emittedRows(): number {
    let rows = 0;
    for (const operator of this.operators) if (operator !== null) rows += operator.counters.emittedRows;
    return rows;
  }

  /**
   * Lets this engine, which has not run yet, go on from where `before` stands, an engine of another plan: nodes that both
   * have keep all that they hold, others, and those in `begins`, begin here. It is for the caller to know which can go on so.
   */
  goOnFrom(before: Engine, begins: ReadonlySet<string>): void {
    assert(this.nextSeq === 0, 'an engine that has not run yet');
    this.nextSeq = before.nextSeq;
    this.nowMs = before.nowMs;
    this.plan.nodes.forEach(({ id, kind }, index) => {
      const old = before.plan.nodes.findIndex((node) => node.id === id && node.kind === kind);
      if (old < 0 || begins.has(id)) return;
      this.watermarks[index] = before.watermarks[old]!;
      const writer = new StateWriter({});
      before.nodeAt(old).snapshot(writer);
      this.nodeAt(index).restore(new StateReader(writer.finish()));
    });
    this.emittedBefore = this.emittedRows();
  }

  private nodeAt(index: number): OperatorNode | SourceNode {
    return this.operators[index] ?? defined(this.sources[this.plan.sources.indexOf(index)], 'a source');
  }

  /**
   * Everything that the rest of the run depends on: position, clock, curves, counters, state. The same point of the same
   * run gives the same bytes.
   */
  snapshot(): Uint8Array {
    const writer = new StateWriter({ bytes: this.snapshotBytes });
    writer.u32(SNAPSHOT_VERSION);
    writer.f64(this.nextSeq);
    writer.f64(this.nowMs);
    for (const source of this.sources) source.snapshot(writer);
    for (const operator of this.operators) operator?.snapshot(writer);
    for (const watermark of this.watermarks) writer.f64(watermark);
    const bytes = writer.finish();
    this.snapshotBytes = Math.ceil(bytes.length * 1.1);
    return bytes;
  }

  /** Puts an engine that has not run yet, of the same plan, to the point of a snapshot. */
  restore(bytes: Uint8Array): void {
    const reader = new StateReader(bytes);
    assert(reader.u32() === SNAPSHOT_VERSION, 'a snapshot of this version');
    this.nextSeq = reader.f64();
    this.nowMs = reader.f64();
    for (const source of this.sources) source.restore(reader);
    for (const operator of this.operators) operator?.restore(reader);
    this.watermarks = this.watermarks.map(() => reader.f64());
    this.emittedBefore = this.emittedRows();
    assert(reader.atEnd(), 'a snapshot that ends where it should');
  }
}

/** Index of the first control entry from `from` on, -1 when there is none. */
function nextControl(slice: LogSlice, from: number): number {
  return slice.onlyRows === true ? -1 : slice.kinds.indexOf(ENTRY_CONTROL, from);
}
