import type { Drop } from '../../operators/operator.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_END } from '../../stream/log-slice.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import type { Probe } from '../probe.ts';
import type { ResultRecord } from '../result-records.ts';
import { dropRecord, resultRecords } from '../result-records.ts';

/** Results and drops of a node that are kept, each; what comes later is counted alone. */
const KEPT_MAX = 100_000;

/** What all emissions of one result came to: of a window and key, a key of a table, or rows that are alike. */
export interface Outcome {
  readonly key: Readonly<Record<string, Json>> | null;
  /** As the dialect states it; its end may belong to it. */
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  /** The last one; null after it was taken back. */
  row: Readonly<Record<string, Json>> | null;
  tsMs: EventTimeMs | null;
  /** How often it was given out, as new or as changed. */
  emissions: number;
  /** How many of these said the same again. */
  repeats: number;
  hasLatePane: boolean;
  /** Whether the last emission came with the end of the input. */
  isAtEnd: boolean;
}

export interface DroppedRow {
  readonly row: Readonly<Record<string, Json>>;
  readonly tsMs: EventTimeMs | null;
  readonly reason: string;
  readonly windows: readonly (readonly [EventTimeMs, EventTimeMs])[];
  rows: number;
}

export interface NodeOutcome {
  readonly node: PlannedNode;
  readonly results: ReadonlyMap<string, Outcome>;
  readonly drops: ReadonlyMap<string, DroppedRow>;
  /** Results or drops that were too many to keep. */
  readonly uncompared: number;
}

/** What a run of a plan comes to, node by node. Rows are those of `out`; sinks say what the node before them says. */
export class OutcomeRecorder {
  readonly probe: Probe;
  private readonly plan: Plan;
  private readonly nodes: readonly Collected[];
  private endsFrom = Infinity;
  private ended = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.nodes = plan.nodes.map(() => ({ results: new Map(), drops: new Map(), uncompared: 0 }));
    const isCompared = plan.nodes.map(({ kind }) => kind !== 'sink' && !kind.startsWith('source.'));
    this.probe = {
      keepsRounds: 0,
      sinksApart: true,
      output: (node, port, batch) => {
        if (port === 'out' && isCompared[node] === true) this.take(node, batch);
      },
      drop: (node, drop) => this.drop(node, drop),
    };
  }

  /** To be told of a slice before the engine runs it. */
  begin({ firstSeq, kinds }: LogSlice): void {
    if (this.endsFrom < Infinity) return;
    // A source may end long before the others: what counts is the end of all.
    this.ended += kinds.filter((kind) => kind === ENTRY_END).length;
    if (this.ended === this.plan.sources.length) this.endsFrom = firstSeq + kinds.lastIndexOf(ENTRY_END);
  }

  outcomes(): readonly NodeOutcome[] {
    return this.plan.nodes.flatMap((node, i) => {
      const { results, drops, uncompared } = this.nodes[i] ?? NOTHING;
      return node.kind === 'sink' || node.kind.startsWith('source.') ? [] : [{ node, results, drops, uncompared }];
    });
  }

  private take(index: number, batch: Batch): void {
    const node = this.plan.nodes[index];
    const collected = this.nodes[index];
    const type = node?.outputs.out;
    if (node === undefined || collected === undefined || type === undefined) return;
    for (const record of resultRecords(node.id, batch, type)) this.add(node, collected, record);
  }

  private add(node: PlannedNode, collected: Collected, record: ResultRecord): void {
    const { key, window, op, row, ts, seq } = record;
    const name = matchName(this.plan, node, record);
    let outcome = collected.results.get(name);
    if (outcome === undefined) {
      if (collected.results.size >= KEPT_MAX) {
        collected.uncompared++;
        return;
      }
      outcome = { key, window, row: null, tsMs: null, emissions: 0, repeats: 0, hasLatePane: false, isAtEnd: false };
      collected.results.set(name, outcome);
    }
    const isTaken = op === '-D' || op === '-U';
    if (!isTaken) {
      outcome.emissions++;
      if (outcome.row !== null && window !== null && JSON.stringify(outcome.row) === JSON.stringify(row))
        outcome.repeats++;
    }
    outcome.row = isTaken ? null : row;
    outcome.tsMs = ts;
    outcome.hasLatePane ||= record.pane?.timing === 'late';
    outcome.isAtEnd = seq >= this.endsFrom;
  }

  private drop(index: number, drop: Drop): void {
    const node = this.plan.nodes[index];
    const collected = this.nodes[index];
    if (node === undefined || collected === undefined) return;
    const { row, ts, reason, windows } = dropRecord(node.id, '', drop);
    const name = `${String(ts)} ${JSON.stringify(row)}`;
    const known = collected.drops.get(name);
    if (known !== undefined) known.rows++;
    else if (collected.drops.size < KEPT_MAX) collected.drops.set(name, { row, tsMs: ts, reason, windows, rows: 1 });
    else collected.uncompared++;
  }
}

interface Collected {
  readonly results: Map<string, Outcome>;
  readonly drops: Map<string, DroppedRow>;
  uncompared: number;
}

const NOTHING: Collected = { results: new Map(), drops: new Map(), uncompared: 0 };

/**
 * What a result is known by in every dialect: its key and window, the end of a session a gap behind its last event; of a
 * table its key; of other rows all that they hold.
 */
function matchName(plan: Plan, node: PlannedNode, { key, window, row }: ResultRecord): string {
  if (window === null) {
    const isTable = node.outputs.out?.changes !== 'append' && key !== null;
    return JSON.stringify(isTable ? key : row);
  }
  const [startMs, endMs] = window;
  return `${JSON.stringify(key)} ${startMs} ${endMs + sessionTailMs(plan, node)}`;
}

/** How much later a session would end by the rule that it ends a gap behind its last event. */
export function sessionTailMs({ dialect }: Plan, node: PlannedNode): number {
  if (node.kind !== 'window' || dialect.windows.sessionEndsWith === 'gap') return 0;
  const { kind, gapMs } = node.bound as WindowBound;
  return kind === 'session' ? gapMs : 0;
}
