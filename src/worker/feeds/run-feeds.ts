import type { Probe } from '../../engine/probe.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { LatenessChart } from '../chart-protocol.ts';
import type { Waiting } from '../protocol.ts';
import { LatenessHistogram } from './lateness-histogram.ts';
import { latenessChart } from './lateness-chart.ts';
import type { Drop } from './newest-drops.ts';
import type { Rejection } from './newest-rejections.ts';
import { NEWEST_ROWS, WATCHED_ROWS } from './newest-rows.ts';
import { NodeFeed } from './node-feed.ts';
import { OpenWindows } from './open-windows.ts';
import type { NodeFacts } from './plan-facts.ts';
import { planFacts } from './plan-facts.ts';
import { SourceClock } from './source-clock.ts';
import { waitingFor } from './waiting.ts';

/** Listens to the engine and keeps, for every node, what the screen may ask for. Changes nothing of the run. */
export class RunFeeds implements Probe {
  readonly sinksApart = true;
  readonly nodes: readonly NodeFeed[];
  readonly sources: readonly SourceClock[];
  private readonly plan: Plan;
  private readonly facts: readonly NodeFacts[];
  private readonly open: readonly (OpenWindows | null)[];
  /** Nodes with open windows that an edge of this node ends at, by port. */
  private readonly windowsAfter: readonly ReadonlyMap<OutputPortName, readonly OpenWindows[]>[];
  private slice: LogSlice | null = null;
  /** Slices that were taken. */
  rounds = 0;
  private curves: (Curve | null)[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.facts = planFacts(plan);
    this.nodes = this.facts.map((facts) => new NodeFeed(facts));
    this.sources = plan.sources.map(() => new SourceClock());
    const { fireAt } = plan.dialect.windows;
    this.open = this.facts.map(({ grid, graceMs }) =>
      grid === null ? null : new OpenWindows(grid, (endMs) => fireAt(endMs) + graceMs),
    );
    this.windowsAfter = plan.nodes.map((_, from) => this.openAfter(from));
    this.curves = plan.nodes.map(() => null);
  }

  /** To be called before the engine takes `slice`. */
  begin(slice: LogSlice): void {
    this.slice = slice;
    this.curves = this.plan.nodes.map(() => null);
    const span = { firstSeq: slice.firstSeq, length: slice.length, at: slice.at };
    this.sources.forEach((source, s) => {
      source.startRound(span);
      const rows = slice.rows[s] ?? null;
      if (rows !== null) source.add(span, rows);
    });
  }

  /** To be called after the engine took it. */
  end(): void {
    const slice = defined(this.slice, 'slice');
    const newest = new Map<string, Float64Array>();
    this.nodes.forEach((node, index) => {
      const curve = this.curves[index] ?? null;
      const names = node.facts.sources.join(' ');
      let times = newest.get(names);
      if (times === undefined) newest.set(names, (times = this.newestTimes(node.facts.sources, slice.length)));
      node.endRound(curve, slice.at, times);
      this.open[index]?.advance(node.watermark);
    });
    this.slice = null;
    this.rounds++;
  }

  /** Id of the node that the engine has not come back from: nodes tell their curve when they are through. */
  nodeAtWork(): string | null {
    const isThrough = (index: number): boolean => this.curves[index] !== null;
    const sources = this.plan.sources.find((index) => !isThrough(index));
    const index = sources ?? this.plan.nodes.findIndex((_, i) => !isThrough(i));
    return this.plan.nodes[index]?.id ?? null;
  }

  curve(node: number, curve: Curve): void {
    this.curves[node] = curve;
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    if (port === 'out') this.nodes[node]?.addResults(batch);
    else this.nodes[node]?.addOther(port, batch);
    for (const windows of this.windowsAfter[node]?.get(port) ?? []) windows.add(batch);
  }

  committed(node: number, batch: Batch): void {
    this.nodes[node]?.addResults(batch);
  }

  drop(node: number, drop: Drop): void {
    const slice = defined(this.slice, 'slice');
    const entry = (drop.batch.seq[drop.row] ?? slice.firstSeq) - slice.firstSeq;
    const source = this.plan.sources[slice.source[entry] ?? -1];
    const sourceId = source === undefined ? '' : (this.plan.nodes[source]?.id ?? '');
    const newestMs = this.sources[slice.source[entry] ?? -1]?.newestAt(entry) ?? Number.NaN;
    const latenessMs = newestMs - (drop.batch.ts[drop.row] ?? Number.NaN);
    this.nodes[node]?.addDrop(drop, { sourceId, atMs: slice.at[entry] ?? Number.NaN, latenessMs });
  }

  rejected(node: number, rejection: Rejection): void {
    this.nodes[node]?.addRejection(rejection);
  }

  /** From now on more rows are kept of a node and of those right before it, since somebody looks through them. */
  watch(nodeId: string | null): void {
    const watched = this.plan.nodes.find(({ id }) => id === nodeId);
    const looked = new Set([nodeId, ...(watched?.inputs.map(({ fromNode }) => this.plan.nodes[fromNode]?.id) ?? [])]);
    for (const node of this.nodes) node.keepRows(looked.has(node.facts.node.id) ? WATCHED_ROWS : NEWEST_ROWS);
  }

  /** Newest event time over the sources that a node hears of; null before the first row. */
  maxEventTimeMs(node: number): EventTimeMs | null {
    let max: EventTimeMs | null = null;
    for (const s of this.facts[node]?.sources ?? []) {
      const mine = this.sources[s]?.maxEventTimeMs ?? null;
      if (mine !== null && (max === null || mine > max)) max = mine;
    }
    return max;
  }

  /** Null while none of its sources gave a row. */
  lateness(node: number): LatenessChart | null {
    const facts = defined(this.facts[node], 'node');
    const all = new LatenessHistogram();
    for (const s of facts.sources) all.addAll(defined(this.sources[s], 'source').lateness);
    const delays = facts.sources.flatMap((s) => this.facts[this.plan.sources[s] ?? -1]?.delayMs ?? []);
    const dropped = defined(this.nodes[node], 'node').droppedLateness;
    return latenessChart({ all, dropped }, delays, facts.latenessMs);
  }

  waiting(node: number): Waiting | null {
    const endMs = this.open[node]?.firstEndMs() ?? null;
    return endMs === null ? null : waitingFor({ plan: this.plan, facts: this.facts, nodes: this.nodes }, node, endMs);
  }

  private openAfter(from: number): ReadonlyMap<OutputPortName, readonly OpenWindows[]> {
    const after = new Map<OutputPortName, OpenWindows[]>();
    this.plan.nodes.forEach((node, index) => {
      const windows = this.open[index] ?? null;
      if (windows === null) return;
      for (const { fromNode, fromPort } of node.inputs) {
        if (fromNode === from) after.set(fromPort, [...(after.get(fromPort) ?? []), windows]);
      }
    });
    return after;
  }

  private newestTimes(sources: readonly number[], length: number): Float64Array {
    const times = new Float64Array(length).fill(Number.NaN);
    for (const s of sources) this.sources[s]?.raise(times);
    return times;
  }
}
