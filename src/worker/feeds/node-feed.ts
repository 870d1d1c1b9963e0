import type { Batch, StreamType } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { lastIdle, lastWatermark } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { ClockChart, ClockPart, WindowChart } from '../chart-protocol.ts';
import { DropCounts } from './drop-counts.ts';
import { IntervalCounts } from './interval-counts.ts';
import { LatenessHistogram } from './lateness-histogram.ts';
import type { RoundTimes } from './latency-feed.ts';
import { LatencyFeed } from './latency-feed.ts';
import type { Drop, DropArrival } from './newest-drops.ts';
import { NewestDrops } from './newest-drops.ts';
import type { Rejection } from './newest-rejections.ts';
import { NewestRejections } from './newest-rejections.ts';
import { NewestRows } from './newest-rows.ts';
import type { NodeFacts } from './plan-facts.ts';
import type { ClockReading } from './step-series.ts';
import { SizeFeed } from './size-feed.ts';
import { StepSeries } from './step-series.ts';
import { TableFeed } from './table-feed.ts';
import { WindowFeed } from './window-feed.ts';

/** Whether the results stand for windows with a start and an end; those of one batch are alike. */
function hasBounds({ origin }: Batch): boolean {
  return origin !== null && !Number.isNaN(origin.windowStartMs[0] ?? Number.NaN);
}

function otherPorts({ node }: NodeFacts): readonly (readonly [OutputPortName, StreamType])[] {
  const ports: readonly OutputPortName[] = ['late', 'rejected'];
  return ports.flatMap((port) => {
    const type = node.outputs[port];
    return type === undefined ? [] : [[port, type] as const];
  });
}

function hasColumnsOf(type: StreamType | null, other: StreamType | null): boolean {
  const columns = [type, other].map((one) => JSON.stringify([one?.schema, one?.changes, one?.key]));
  return columns[0] === columns[1];
}

/** Everything that charts and tables may ask of one node. Bounded, whatever the run brings. */
export class NodeFeed {
  static readonly sharedFields = ['facts', 'resultType'];
  readonly facts: NodeFacts;
  readonly drops = new DropCounts();
  /** How far behind the newest event of their source the dropped rows came. */
  readonly droppedLateness = new LatenessHistogram();
  readonly newestDrops: NewestDrops;
  readonly newestRejections = new NewestRejections();
  /** Results: what leaves by `out`, at a sink what arrives. Null for a node that has neither. */
  readonly newest: NewestRows | null;
  /** What leaves by the other ports, as far as an edge begins there. */
  readonly others: ReadonlyMap<OutputPortName, NewestRows>;
  /** The table that the results stand for; null where rows are only ever added. */
  readonly table: TableFeed | null;
  windows: WindowFeed | null = null;
  /** Null for a node whose results leave as they come. */
  readonly latency: LatencyFeed | null;
  readonly size = new SizeFeed();
  private readonly intervals = new IntervalCounts();
  watermark: WatermarkMs = NO_WATERMARK;
  idle = false;
  private readonly resultType: StreamType | null;
  private readonly recent = new StepSeries(false);
  private readonly whole = new StepSeries(true);

  constructor(facts: NodeFacts) {
    this.facts = facts;
    this.resultType = (facts.isSink ? facts.node.inputs[0]?.type : facts.node.outputs.out) ?? null;
    this.newest = this.resultType === null ? null : new NewestRows(facts.node.id, this.resultType);
    this.others = new Map(otherPorts(facts).map(([port, type]) => [port, new NewestRows(facts.node.id, type)]));
    const hasTable = this.resultType !== null && this.resultType.changes !== 'append';
    this.table = hasTable ? new TableFeed(facts.node.id, this.resultType) : null;
    this.newestDrops = new NewestDrops(facts.node.id);
    this.latency = facts.isWaitedFor ? new LatencyFeed() : null;
  }

  /** Goes on from where the feed of the same node under another plan stands, which is not used any more. */
  goOnFrom(before: NodeFeed): void {
    const { facts } = this;
    const others = new Map(
      [...this.others].map(([port, rows]) => {
        const isAlike = hasColumnsOf(facts.node.outputs[port] ?? null, before.facts.node.outputs[port] ?? null);
        return [port, (isAlike ? before.others.get(port) : undefined) ?? rows];
      }),
    );
    if (hasColumnsOf(this.resultType, before.resultType)) {
      Object.assign(this, before, { facts, others });
      return;
    }
    const { drops, droppedLateness, newestDrops, newestRejections, size, watermark, idle, recent, whole } = before;
    const kept = {
      drops,
      droppedLateness,
      newestDrops,
      newestRejections,
      size,
      watermark,
      idle,
      recent,
      whole,
      others,
    };
    Object.assign(this, kept);
  }

  addResults(batch: Batch, times: RoundTimes): void {
    this.newest?.add(batch);
    this.latency?.add(batch, times);
    this.table?.add(batch);
    if (this.resultType === null || batch.origin === null || !hasBounds(batch)) {
      this.intervals.add(batch);
      return;
    }
    this.windows ??= new WindowFeed(
      this.resultType,
      batch.origin.keyFields.map((field) => field.name),
      this.facts,
    );
    this.windows.add(batch, times);
  }

  addOther(port: OutputPortName, batch: Batch): void {
    this.others.get(port)?.add(batch);
  }

  /** The newest rows that left by a port; of a sink those that arrived. */
  rowsAt(port: OutputPortName): NewestRows | null {
    return port === 'out' ? this.newest : (this.others.get(port) ?? null);
  }

  /** How many rows are to be kept of each port from now on. */
  keepRows(rows: number): void {
    this.newest?.keep(rows);
    for (const newest of this.others.values()) newest.keep(rows);
  }

  /** To be called before a copy is made. */
  settle(): void {
    this.newest?.settle();
    this.windows?.settle();
    for (const newest of this.others.values()) newest.settle();
  }

  /** Has in common with the feed of the node before it what is alike; both are settled. */
  shareWith(before: NodeFeed): void {
    if (before.table !== null) this.table?.shareWith(before.table);
    if (before.windows !== null) this.windows?.shareWith(before.windows);
  }

  addDrop(drop: Drop, arrival: DropArrival): void {
    this.drops.count(drop.reason);
    if (drop.reason === 'late') {
      this.drops.add(arrival.atMs, drop.windows);
      this.droppedLateness.add(arrival.latenessMs);
    }
    this.newestDrops.add(drop, arrival);
  }

  addRejection(rejection: Rejection): void {
    this.newestRejections.add(rejection);
  }

  endRound(curve: Curve | null, at: Float64Array, maxEventTimeMs: Float64Array): void {
    this.newestDrops.endRound();
    this.newestRejections.endRound();
    if (curve === null) return;
    this.watermark = lastWatermark(curve);
    this.idle = lastIdle(curve);
    const reading: ClockReading = { length: at.length, atMs: at, maxEventTimeMs, watermarkMs: curve.watermarks };
    this.recent.append(reading);
    this.whole.append(reading);
  }

  /** Results over event time, by window where they stand for some. */
  results(column: string | null): WindowChart | null {
    if (this.windows === null) return this.intervals.chart();
    this.windows.choose(column);
    return this.windows.chart(this.watermark);
  }

  /** `parts`: the watermarks that this node's is made from. */
  clocks(parts: readonly ClockPart[] = [], allParts = parts.length): ClockChart {
    return { recent: this.recent.points(), whole: this.whole.points(), parts, allParts };
  }

  /** The watermark over the whole run, as one of those that a node further down is made from. */
  clockPart(): ClockPart {
    const { atMs, watermarkMs } = this.whole.points();
    return { sourceId: this.facts.node.id, partition: null, isIdle: this.idle, atMs, watermarkMs };
  }
}
