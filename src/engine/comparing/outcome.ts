import type { Drop } from '../../operators/operator.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_END } from '../../stream/log-slice.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import type { Probe } from '../probe.ts';
import type { ResultRecord } from '../result-records.ts';
import { droppedResult, resultRecords } from '../result-records.ts';
import { ResultSet } from './result-set.ts';

/** Results and drops of a node that are kept, each; what comes later is counted alone. */
const KEPT_MAX = 100_000;

/** How a result was given out: of a window and key, a key of a table, or rows that are alike. */
export interface Emissions {
  readonly key: Readonly<Record<string, Json>> | null;
  /** As the dialect states it; its end may belong to it. */
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  /** How often it was given out, as new or as changed. */
  emissions: number;
  /** How many of these said the same again. */
  repeats: number;
  hasLatePane: boolean;
  /** Whether the last emission came with the end of the input. */
  isAtEnd: boolean;
  /** What it said last; null after it was taken back. */
  last: string | null;
}

export interface NodeOutcome {
  readonly node: PlannedNode;
  /** What stands in the end, by the names of `emissions`. */
  readonly results: ResultSet;
  readonly emissions: ReadonlyMap<string, Emissions>;
  readonly drops: ResultSet;
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
    this.nodes = plan.nodes.map(() => ({
      results: new ResultSet('append'),
      emissions: new Map(),
      drops: new ResultSet('drops', KEPT_MAX),
      uncompared: 0,
    }));
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
      const { results, emissions, drops, uncompared } = defined(this.nodes[i], 'what a node gave');
      if (node.kind === 'sink' || node.kind.startsWith('source.')) return [];
      return [{ node, results, emissions, drops, uncompared: uncompared + drops.uncompared }];
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
    const { key, window, op, row, seq } = record;
    const { name, isTold } = matchOf(this.plan, node, record);
    let own = collected.emissions.get(name);
    if (own === undefined) {
      if (collected.emissions.size >= KEPT_MAX) {
        collected.uncompared++;
        return;
      }
      own = { key, window, emissions: 0, repeats: 0, hasLatePane: false, isAtEnd: false, last: null };
      collected.emissions.set(name, own);
    }
    collected.results.addNamed(record, name, isTold);
    const isTaken = op === '-D' || op === '-U';
    const text = isTaken ? null : JSON.stringify(row);
    if (!isTaken) own.emissions++;
    if (window !== null && text !== null && own.last === text) own.repeats++;
    own.last = text;
    own.hasLatePane ||= record.pane?.timing === 'late';
    own.isAtEnd = seq >= this.endsFrom;
  }

  private drop(index: number, drop: Drop): void {
    const node = this.plan.nodes[index];
    if (node !== undefined) this.nodes[index]?.drops.add(droppedResult(node.id, drop));
  }
}

interface Collected {
  readonly results: ResultSet;
  readonly emissions: Map<string, Emissions>;
  readonly drops: ResultSet;
  uncompared: number;
}

/**
 * What a result is known by in every dialect: its key and window, the end of a session a gap behind its last event; of a
 * table its key. Such a result takes the place of the one before. Other rows are known by all that they hold.
 */
function matchOf(
  plan: Plan,
  node: PlannedNode,
  { key, window, row }: ResultRecord,
): { readonly name: string; readonly isTold: boolean } {
  if (window === null) {
    // A table without key columns has one row.
    const { changes = 'append', key: columns = null } = node.outputs.out ?? {};
    const isTable = changes !== 'append' && columns !== null;
    return { name: JSON.stringify(isTable ? key : row), isTold: isTable };
  }
  const [startMs, endMs] = window;
  return { name: `${JSON.stringify(key)} ${startMs} ${endMs + sessionTailMs(plan, node)}`, isTold: true };
}

/** How much later a session would end by the rule that it ends a gap behind its last event. */
export function sessionTailMs({ dialect }: Plan, node: PlannedNode): number {
  if (node.kind !== 'window' || dialect.windows.sessionEndsWith === 'gap') return 0;
  const { kind, gapMs } = node.bound as WindowBound;
  return kind === 'session' ? gapMs : 0;
}
