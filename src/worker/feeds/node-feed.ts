import type { Batch, StreamType } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { lastIdle, lastWatermark } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { ClockChart, ClockPart, WindowChart } from '../chart-protocol.ts';
import { DropCounts } from './drop-counts.ts';
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
import { ResultFeed } from './result-feed.ts';
import { SizeFeed } from './size-feed.ts';
import { StepSeries } from './step-series.ts';
import type { TableFeed } from './table-feed.ts';

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
  /** Null like `newest`. Those of the node before where that one follows them. */
  results: ResultFeed | null;
  isMirror = false;
  /** Null for a node whose results leave as they come. */
  readonly latency: LatencyFeed | null;
  readonly size = new SizeFeed();
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
    this.results = this.resultType === null ? null : new ResultFeed(this.resultType, facts);
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
    if (!this.isMirror) this.results?.add(batch, times);
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
    this.results?.settle();
    for (const newest of this.others.values()) newest.settle();
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

  /** The table that the results stand for; null where rows are only ever added. */
  get table(): TableFeed | null {
    return this.results?.table ?? null;
  }

  /** Results over event time, by window where they stand for some. */
  resultChart(column: string | null): WindowChart | null {
    return this.results?.chart(column, this.watermark) ?? null;
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
