import type { Engine } from '../../engine/engine.ts';
import type { PartitionMark } from '../../engine/progress/source-progress.ts';
import type { PartitionMove, Probe } from '../../engine/probe.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { ClockChart, LatenessChart } from '../chart-protocol.ts';
import type { Waiting } from '../protocol.ts';
import { LatenessHistogram } from './lateness-histogram.ts';
import { latenessChart } from './lateness-chart.ts';
import type { Drop } from './newest-drops.ts';
import type { Rejection } from './newest-rejections.ts';
import { NEWEST_ROWS, WATCHED_ROWS } from './newest-rows.ts';
import { NodeFeed } from './node-feed.ts';
import { OpenWindows } from './open-windows.ts';
import type { NodeFacts } from './plan-facts.ts';
import { PartitionFeed } from './partition-feed.ts';
import { planFacts } from './plan-facts.ts';
import type { RoundListener } from './round-listener.ts';
import { SourceClock } from './source-clock.ts';
import { waitingFor } from './waiting.ts';

/** Listens to the engine and keeps, for every node, what the screen may ask for. Changes nothing of the run. */
export class RunFeeds implements Probe {
  static readonly sharedFields = ['plan', 'facts', 'slice', 'curves', 'listener'];
  readonly sinksApart = true;
  readonly nodes: readonly NodeFeed[];
  readonly sources: readonly SourceClock[];
  private readonly partitions: PartitionFeed[];
  private readonly plan: Plan;
  private readonly facts: readonly NodeFacts[];
  private readonly open: readonly (OpenWindows | null)[];
  /** Nodes with open windows that an edge of this node ends at, by port. */
  private readonly windowsAfter: readonly ReadonlyMap<OutputPortName, readonly OpenWindows[]>[];
  private slice: LogSlice | null = null;
  /** Slices that were taken. */
  rounds = 0;
  private curves: (Curve | null)[];
  private listener: RoundListener | null = null;

  constructor(plan: Plan) {
    this.plan = plan;
    this.facts = planFacts(plan);
    this.nodes = this.facts.map((facts) => new NodeFeed(facts));
    for (const [sink, before] of this.sinks()) sink.results = before?.results ?? sink.results;
    this.mirrorSinks();
    this.sources = plan.sources.map((node) => new SourceClock(this.facts[node]?.delayMs ?? Number.NaN));
    this.partitions = plan.sources.map(() => new PartitionFeed());
    const { fireAt } = plan.dialect.windows;
    this.open = this.facts.map(({ grid, graceMs }) =>
      grid === null ? null : new OpenWindows(grid, (endMs) => fireAt(endMs) + graceMs),
    );
    this.windowsAfter = plan.nodes.map((_, from) => this.openAfter(from));
    this.curves = plan.nodes.map(() => null);
  }

  /** Goes on from where the feeds of another plan stand, which are not used any more. Nodes in `begins` begin here. */
  goOnFrom(before: RunFeeds, begins: ReadonlySet<string>): void {
    this.rounds = before.rounds;
    this.nodes.forEach((node, index) => {
      const { id, kind } = node.facts.node;
      const old = before.nodes.findIndex(({ facts }) => facts.node.id === id && facts.node.kind === kind);
      const feed = begins.has(id) ? undefined : before.nodes[old];
      if (feed === undefined) return;
      node.goOnFrom(feed);
      this.open[index]?.goOnFrom(before.open[old] ?? null);
    });
    this.mirrorSinks();
    this.sources.forEach((source, s) => {
      const old = before.sources[s];
      if (old !== undefined) source.goOnFrom(old);
      this.partitions[s] = before.partitions[s] ?? new PartitionFeed();
    });
  }

  /** `listener` hears all that is heard here, as long as it is about the plan of the run. */
  listen(listener: RoundListener | null, plan: Plan): void {
    this.listener = listener?.plan === plan ? listener : null;
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
    this.listener?.begin(slice);
  }

  /** To be called after the engine took it. */
  end(engine: Pick<Engine, 'stateSize' | 'partitionsOf'>): void {
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
    this.look(slice.at[slice.length - 1] ?? Number.NaN, engine);
    this.slice = null;
    this.rounds++;
    this.listener?.end();
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
    this.listener?.curve?.(node, curve);
  }

  clock(node: number, curve: Curve): void {
    this.listener?.clock?.(node, curve);
  }

  partition(node: number, move: PartitionMove): void {
    this.listener?.partition?.(node, move);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    if (port === 'out') this.nodes[node]?.addResults(batch, defined(this.slice, 'slice'));
    else this.nodes[node]?.addOther(port, batch);
    for (const windows of this.windowsAfter[node]?.get(port) ?? []) windows.add(batch);
    this.listener?.output?.(node, port, batch);
  }

  committed(node: number, batch: Batch): void {
    this.nodes[node]?.addResults(batch, defined(this.slice, 'slice'));
  }

  drop(node: number, drop: Drop): void {
    const slice = defined(this.slice, 'slice');
    const entry = (drop.batch.seq[drop.row] ?? slice.firstSeq) - slice.firstSeq;
    const source = this.plan.sources[slice.source[entry] ?? -1];
    const sourceId = source === undefined ? '' : (this.plan.nodes[source]?.id ?? '');
    const newestMs = this.sources[slice.source[entry] ?? -1]?.newestAt(entry) ?? Number.NaN;
    const latenessMs = newestMs - (drop.batch.ts[drop.row] ?? Number.NaN);
    this.nodes[node]?.addDrop(drop, { sourceId, atMs: slice.at[entry] ?? Number.NaN, latenessMs });
    this.listener?.drop?.(node, drop);
  }

  rejected(node: number, rejection: Rejection): void {
    this.nodes[node]?.addRejection(rejection);
    this.listener?.rejected?.(node, rejection);
  }

  /** Rows that were dropped so far, at each node that dropped them. */
  get dropped(): number {
    return this.nodes.reduce((sum, { newestDrops }) => sum + newestDrops.seen, 0);
  }

  /** Lets go of what is held beside what counts, before a copy of the feeds is kept. */
  settle(): void {
    this.curves = this.plan.nodes.map(() => null);
    for (const node of this.nodes) node.settle();
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
    let withinDelay = 0;
    let delayedRows = 0;
    const delaysMs: DurationMs[] = [];
    for (const s of facts.sources) {
      const source = defined(this.sources[s], 'source');
      all.addAll(source.lateness);
      const delayMs = this.facts[this.plan.sources[s] ?? -1]?.delayMs ?? null;
      if (delayMs === null) continue;
      delaysMs.push(delayMs);
      withinDelay += source.withinDelay;
      delayedRows += source.lateness.total;
    }
    const dropped = defined(this.nodes[node], 'node').droppedLateness;
    return latenessChart({ all, dropped }, { delaysMs, withinDelay, delayedRows }, facts.latenessMs);
  }

  /** Watermarks of a source's partitions as they stood after the last round. */
  partitionMarks(source: number): readonly PartitionMark[] {
    return this.partitions[source]?.marks ?? [];
  }

  /** With the watermarks that the node's own is made from. */
  clocks(node: number): ClockChart {
    const facts = defined(this.facts[node], 'node');
    const feeds = facts.sources.flatMap((s) => {
      const id = this.plan.nodes[this.plan.sources[s] ?? -1]?.id;
      const partitions = this.partitions[s];
      const whole = this.nodes[this.plan.sources[s] ?? -1];
      if (id === undefined || partitions === undefined || whole === undefined) return [];
      const all = partitions.marks.length;
      if (all > 1) return [{ parts: partitions.parts(id), all }];
      return facts.sources.length > 1 ? [{ parts: [whole.clockPart()], all: 1 }] : [];
    });
    const own = defined(this.nodes[node], 'node');
    return own.clocks(
      feeds.flatMap(({ parts }) => parts),
      feeds.reduce((sum, { all }) => sum + all, 0),
    );
  }

  waiting(node: number): Waiting | null {
    const endMs = this.open[node]?.firstEndMs() ?? null;
    return endMs === null ? null : waitingFor({ plan: this.plan, facts: this.facts, nodes: this.nodes }, node, endMs);
  }

  /** What only the engine knows: how it stands between two rounds. */
  private look(atMs: ProcessingTimeMs, engine: Pick<Engine, 'stateSize' | 'partitionsOf'>): void {
    this.nodes.forEach((node, index) => {
      const size = engine.stateSize(index);
      if (size !== null) node.size.add(atMs, size);
    });
    this.partitions.forEach((partitions, s) => partitions.add(atMs, engine.partitionsOf(s)));
  }

  /** Sinks, each with the node that alone gives what arrives there; without one where several do. */
  private sinks(): readonly (readonly [NodeFeed, NodeFeed | undefined])[] {
    return this.nodes.flatMap((sink) => {
      const [only, ...others] = sink.facts.node.inputs;
      const isAlone = only?.fromPort === 'out' && others.length === 0;
      return sink.facts.isSink ? [[sink, isAlone ? this.nodes[only.fromNode] : undefined] as const] : [];
    });
  }

  /** What arrived at a sink is followed once, where it is all that the node before gave since its beginning. */
  private mirrorSinks(): void {
    for (const [sink, before] of this.sinks()) {
      sink.isMirror = sink.results !== null && sink.results === before?.results;
    }
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
