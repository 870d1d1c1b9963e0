import type { Dialect } from '../operators/dialects/dialect.ts';
import type {
  Drop,
  Fates,
  Kernel,
  KernelFactory,
  KernelInput,
  KernelOutput,
  KernelRequest,
  KernelTrace,
  OperatorKind,
  Rejection,
  Round,
} from '../operators/operator.ts';
import type { PlannedInput, PlannedNode } from '../pipeline/plan.ts';
import type { Batch } from '../stream/batch.ts';
import { PANE_ON_TIME, phaseAt, rowAt, rowCount } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';
import type { Curve } from '../stream/curve.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import type { StateReader, StateWriter } from '../stream/state-codec.ts';
import type { Delivery } from './delivery.ts';
import { NodeCounters } from './ledger.ts';
import type { Probe } from './probe.ts';
import { CombinedStatus } from './progress/combined-status.ts';
import type { CurveMerge } from './progress/merge.ts';
import { Valve } from './progress/valve.ts';

/** What a node left behind in the present round, for those downstream of it. */
export interface NodeOutput {
  readonly batches: Readonly<Record<OutputPortName, readonly Batch[]>>;
  readonly curve: Curve;
}

export type KernelRegistry = Readonly<Record<OperatorKind, KernelFactory<never>>>;

export interface NodeContext {
  readonly dialect: Dialect;
  readonly probe: Probe;
  readonly delivery: Delivery;
  readonly kernels: KernelRegistry;
  readonly buffers: Buffers;
}

/** One operator of a running dataflow: its kernel, its counters, the merge of its inputs' watermarks. */
export class OperatorNode implements KernelOutput {
  readonly planned: PlannedNode;
  readonly counters = new NodeCounters();
  readonly kernel: Kernel;
  readonly trace: KernelTrace | null;
  readonly buffers: Buffers;
  private readonly merge: CurveMerge | null;
  private readonly index: number;
  private readonly probe: Probe;
  private readonly delivery: Delivery;
  private batches: Record<OutputPortName, Batch[]> = { out: [], late: [], rejected: [] };
  private round: Pick<Round, 'firstSeq' | 'length'> = { firstSeq: 0, length: 0 };
  /** Rows that this round's entries brought forth by themselves: what a firing window emits does not count. */
  caused = 0;
  /** Whether windows are complete by stream time: their results then have the position of the row that moved it. */
  private readonly closesByRows: boolean;

  constructor(planned: PlannedNode, index: number, context: NodeContext) {
    this.planned = planned;
    this.index = index;
    this.closesByRows = context.dialect.windows.machine === 'stores';
    this.probe = context.probe;
    this.buffers = context.buffers;
    const { delivery } = context;
    this.delivery = delivery;
    this.trace = context.probe.firing === undefined ? null : { fired: (record) => delivery.fired(index, record) };
    this.merge = mergeOf(planned.inputs);
    const factory = context.kernels[planned.kind as OperatorKind] as (request: KernelRequest<unknown>) => Kernel;
    this.kernel = factory({
      bound: planned.bound,
      inputs: planned.inputs.map((input) => input.type),
      outputs: planned.outputs,
      dialect: context.dialect,
      connected: planned.connected,
    });
  }

  get fates(): Fates {
    return this.counters.fates;
  }

  run(round: Round, inputs: readonly KernelInput[]): NodeOutput {
    this.batches = { out: [], late: [], rejected: [] };
    this.round = round;
    this.caused = 0;
    for (const input of inputs) for (const batch of input.batches) this.counters.in += rowCount(batch);
    const curves = inputs.map((input) => input.curve);
    const clock = this.merge === null ? curves[0]! : this.merge.merge(curves, this.buffers);
    this.probe.clock?.(this.index, clock);
    const curve = this.kernel.run(round, inputs, clock, this);
    this.probe.curve?.(this.index, curve);
    return { batches: this.batches, curve };
  }

  emit(port: OutputPortName, batch: Batch): void {
    this.counters.countEmitted(port, batch);
    this.caused += this.causedRows(batch);
    this.batches[port].push(batch);
    this.probe.output?.(this.index, port, batch);
  }

  /** Most rows of phase 0 that one entry of this round brought forth here. */
  mostCaused(): number {
    const perEntry = new Int32Array(this.round.length);
    let most = 0;
    for (const batches of Object.values(this.batches)) {
      for (const batch of batches) {
        const count = rowCount(batch);
        for (let i = 0; i < count; i++) {
          const row = rowAt(batch, i);
          if (!this.isCaused(batch, row)) continue;
          const rows = ++perEntry[batch.seq[row]! - this.round.firstSeq]!;
          if (rows > most) most = rows;
        }
      }
    }
    return most;
  }

  private causedRows(batch: Batch): number {
    if (batch.phase === null && !this.closesByRows) return rowCount(batch);
    let rows = 0;
    for (let i = 0; i < rowCount(batch); i++) if (this.isCaused(batch, rowAt(batch, i))) rows++;
    return rows;
  }

  private isCaused(batch: Batch, row: number): boolean {
    if (phaseAt(batch, row) !== 0) return false;
    return !this.closesByRows || batch.origin?.timing[row] !== PANE_ON_TIME;
  }

  rejected(rejection: Rejection): void {
    if (this.probe.rejected !== undefined) this.delivery.rejected(this.index, rejection);
  }

  dropped(drop: Drop): void {
    if (this.probe.drop !== undefined) this.delivery.dropped(this.index, drop);
  }

  snapshot(writer: StateWriter): void {
    this.counters.snapshot(writer);
    this.merge?.snapshot(writer);
    this.kernel.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.counters.restore(reader);
    this.merge?.restore(reader);
    this.kernel.restore(reader);
  }
}

/** A port that takes many edges merges them as a valve; two ports combine their statuses; one edge needs no merge. */
function mergeOf(inputs: readonly PlannedInput[]): CurveMerge | null {
  if (inputs.length < 2) return null;
  const ports = new Set(inputs.map((input) => input.port));
  return ports.size === 1 ? new Valve(inputs.length) : new CombinedStatus(inputs.length);
}
