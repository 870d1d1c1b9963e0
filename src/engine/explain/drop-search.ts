import type { Drop } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_ROW, ENTRY_STATUS, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';
import { rowToJson } from '../../stream/value.ts';
import type { EventRef, StepKind, WatermarkStep } from './drop-evidence.ts';
import { indexOf } from './plan-eras.ts';
import type { SliceProbe } from './replaying.ts';
import { TimeRecords } from './time-records.ts';

const KIND_NAMES: readonly StepKind[] = ['event', 'watermark', 'status', 'clock', 'end', 'control'];

export interface DropWanted {
  /** Index in the plan. */
  readonly node: number;
  readonly seq: number;
  readonly nth: number;
  /** Indices of the nodes that state the watermark it hears. */
  readonly givers: readonly number[];
}

/** A dropped row and what it was judged by, with all that is lent for a round copied out. */
export interface FoundDrop {
  readonly reason: Drop['reason'];
  readonly row: Readonly<Record<string, Json>>;
  readonly tsMs: number;
  readonly atMs: ProcessingTimeMs;
  readonly watermarkMs: WatermarkMs;
  readonly windows: Drop['windows'];
  readonly event: EventRef | null;
  readonly closedBy: WatermarkStep | null;
  /** Rows with the same values that were dropped before it with the same entry, for the same reason. */
  readonly alikeBefore: number;
  /** By giver, what it stated before the row came. */
  readonly given: ReadonlyMap<number, WatermarkMs>;
}

/** Looks for a dropped row while a log is replayed, and for the entry that had moved the watermark to where it stood. */
export class DropSearch implements SliceProbe {
  readonly keepsRounds = 0;
  found: FoundDrop | null = null;
  /** Whether watermarks or statuses were stated by hand before the row came. */
  hasStated = false;
  private plan: Plan;
  private wanted: DropWanted;
  private readonly nodeId: string;
  private readonly giverIds: readonly string[];
  private readonly goesByRows: boolean;
  private readonly records = new TimeRecords();
  private slice: LogSlice | null = null;
  private step: WatermarkStep | null = null;
  private stepMs: WatermarkMs = NO_WATERMARK;
  /** Whether what comes first may come behind other entries, and the newest time among the rows of these. */
  private isBehind: boolean;
  private passedMs: EventTimeMs = -Infinity;
  private seen = 0;
  private readonly earlier: Drop[] = [];
  private pending: Drop | null = null;
  /** A slice is several rounds where control entries stand in it. */
  private clocks: Curve[] = [];
  private readonly curves = new Map<number, Curve>();
  private arrivals: { readonly seq: number; readonly tsMs: number }[] = [];

  constructor(plan: Plan, wanted: DropWanted, isBehind = false) {
    this.isBehind = isBehind;
    this.plan = plan;
    this.wanted = wanted;
    const idOf = (index: number): string => plan.nodes[index]?.id ?? '';
    this.nodeId = idOf(wanted.node);
    this.giverIds = wanted.givers.map(idOf);
    // Kafka's operators go by the rows that reach them.
    this.goesByRows = plan.dialect.windows.machine === 'stores' && !plan.sources.includes(wanted.node);
  }

  era(plan: Plan): void {
    this.plan = plan;
    const givers = this.giverIds.map((id) => indexOf(plan, id)).filter((index) => index >= 0);
    this.wanted = { ...this.wanted, node: indexOf(plan, this.nodeId), givers };
  }

  /** Whether a replay from the first entry on would have found the same; the row has been come to. */
  get isSettled(): boolean {
    if (this.found === null) return true;
    if (this.goesByRows) return this.stepMs > this.passedMs;
    return this.step !== null || this.stepMs === NO_WATERMARK || this.found.watermarkMs !== this.stepMs;
  }

  passed(slice: LogSlice): void {
    this.slice = slice;
    this.plan.sources.forEach((node, source) => this.recordSource(slice, source, node));
    this.noteStated(slice, slice.firstSeq + slice.length);
    if (!this.goesByRows) return;
    for (const batch of slice.rows) {
      for (let row = 0; row < (batch?.length ?? 0); row++) {
        const tsMs = batch?.ts[row] ?? Number.NaN;
        if (tsMs > this.passedMs) this.passedMs = tsMs;
      }
    }
  }

  begin(slice: LogSlice): void {
    this.slice = slice;
    this.pending = null;
    this.clocks = [];
    this.curves.clear();
    this.arrivals = [];
    this.plan.sources.forEach((node, source) => this.recordSource(slice, source, node));
  }

  clock(node: number, curve: Curve): void {
    if (node === this.wanted.node) this.clocks.push(curve);
  }

  curve(node: number, curve: Curve): void {
    if (this.wanted.givers.includes(node) && curve.firstSeq <= this.wanted.seq) this.curves.set(node, curve);
    if (node === this.wanted.node && this.plan.sources.includes(node)) this.clocks.push(curve);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const giver = this.wanted.givers.includes(node) && !this.plan.sources.includes(node);
    if (giver && port === 'out') {
      for (let i = 0; i < rowCount(batch); i++) this.record(batch, rowAt(batch, i), batch.seq[rowAt(batch, i)] ?? 0);
    }
    const inputs = this.plan.nodes[this.wanted.node]?.inputs ?? [];
    if (!this.goesByRows || !inputs.some(({ fromNode, fromPort }) => fromNode === node && fromPort === port)) return;
    for (let i = 0; i < rowCount(batch); i++) {
      const row = rowAt(batch, i);
      this.arrivals.push({ seq: batch.seq[row] ?? 0, tsMs: batch.ts[row] ?? Number.NaN });
    }
  }

  drop(node: number, drop: Drop): void {
    const { wanted } = this;
    if (node !== wanted.node || drop.batch.seq[drop.row] !== wanted.seq) return;
    if (this.seen === wanted.nth) this.pending = drop;
    else if (this.seen < wanted.nth) this.earlier.push(drop);
    this.seen++;
  }

  end(slice: LogSlice): void {
    const { pending } = this;
    const isLast = wantedIn(slice, this.wanted.seq);
    const until = isLast ? this.wanted.seq : slice.firstSeq + slice.length;
    this.followClock(slice, until);
    this.noteStated(slice, until);
    if (pending !== null) this.found = this.copyOf(pending, slice);
    this.pending = null;
    this.slice = null;
  }

  /** Remembers the entry before `until` with which the clock came to where it stands then. */
  private followClock(slice: LogSlice, until: number): void {
    if (this.goesByRows) {
      const rows = this.arrivals.sort((a, b) => a.seq - b.seq);
      // The row itself may be what moved stream time: it is judged by it all the same.
      for (const { seq, tsMs } of rows) if (seq <= until && tsMs > this.stepMs) this.reach(slice, seq, tsMs);
      return;
    }
    for (const curve of this.clocks) {
      // A node that begins with an edit may hear an earlier watermark than the one of its name before.
      if (this.isBehind || curve.before < this.stepMs) {
        this.stepMs = curve.before;
        this.step = null;
      }
      this.isBehind = false;
      const length = Math.min(curve.watermarks.length, until - curve.firstSeq);
      if (length <= 0) break;
      const watermark = curve.watermarks[length - 1] ?? NO_WATERMARK;
      if (!(watermark > this.stepMs)) continue;
      const index = curve.watermarks.indexOf(watermark);
      if (index >= 0) this.reach(slice, curve.firstSeq + index, watermark);
    }
  }

  private reach(slice: LogSlice, seq: number, watermark: WatermarkMs): void {
    const i = seq - slice.firstSeq;
    const kind = KIND_NAMES[slice.kinds[i] ?? 0] ?? 'event';
    const atMs = slice.at[i] ?? Number.NaN;
    this.stepMs = watermark;
    this.step = { seq, kind, atMs, event: kind === 'event' ? this.eventAt(slice, seq) : this.eventFor(watermark, seq) };
  }

  private noteStated(slice: LogSlice, until: number): void {
    const length = until - slice.firstSeq;
    for (let i = 0; i < length; i++) {
      const kind = slice.kinds[i];
      if (kind === ENTRY_WATERMARK || kind === ENTRY_STATUS) this.hasStated = true;
    }
  }

  /** The event that a watermark follows from by the rule of its giver. */
  private eventFor(watermark: WatermarkMs, beforeSeq: number): EventRef | null {
    for (const giver of this.wanted.givers) {
      const { watermark: config } = this.plan.nodes[giver]?.bound as SourceTimes;
      const tsMs = watermark - this.plan.dialect.time.boundedWatermark(0, config.delayMs);
      const event = Number.isFinite(tsMs) ? this.records.at(tsMs, beforeSeq) : null;
      if (event !== null) return event;
    }
    return null;
  }

  private recordSource(slice: LogSlice, source: number, node: number): void {
    const batch = slice.rows[source] ?? null;
    if (batch === null || !this.wanted.givers.includes(node)) return;
    const { id: sourceId, bound } = defined(this.plan.nodes[node], 'source');
    const { maxAheadMs } = (bound as SourceTimes).watermark;
    for (let row = 0; row < batch.length; row++) {
      const seq = batch.seq[row] ?? 0;
      const tsMs = batch.ts[row] ?? Number.NaN;
      const partition = slice.partition?.[seq - slice.firstSeq] ?? 0;
      if (!this.records.isNewer({ sourceId, partition, tsMs })) continue;
      const aheadMs = tsMs - (slice.at[seq - slice.firstSeq] ?? Number.NaN);
      if (maxAheadMs === 0 || aheadMs <= maxAheadMs) this.record(batch, row, seq);
    }
  }

  private record(batch: Batch, row: number, seq: number): void {
    const slice = defined(this.slice, 'slice');
    const tsMs = batch.ts[row] ?? Number.NaN;
    const event = eventOf(this.plan, slice, seq, tsMs);
    if (event !== null && !Number.isNaN(tsMs)) this.records.add(event);
  }

  /** The row of the log that an entry is, with the time that the node which states the watermark gave it. */
  private eventAt(slice: LogSlice, seq: number): EventRef | null {
    const source = slice.source[seq - slice.firstSeq] ?? -1;
    const batch = slice.rows[source] ?? null;
    const row = batch?.seq.indexOf(seq) ?? -1;
    const isOwn = this.wanted.givers.includes(this.plan.sources[source] ?? -1);
    const assigned = isOwn ? null : this.records.ofEntry(seq);
    return assigned ?? eventOf(this.plan, slice, seq, batch?.ts[row] ?? Number.NaN);
  }

  private copyOf(drop: Drop, slice: LogSlice): FoundDrop {
    const { batch, row, type, reason, watermark, windows } = drop;
    const { seq } = this.wanted;
    const given = new Map(
      [...this.curves].map(([node, curve]): [number, WatermarkMs] => [node, watermarkBefore(curve, seq)]),
    );
    const tsMs = batch.ts[row] ?? Number.NaN;
    const own = rowText(drop);
    const alikeBefore = this.earlier.filter((other) => other.reason === reason && rowText(other) === own).length;
    return {
      ...{ reason, windows, tsMs, given, alikeBefore },
      row: rowToJson(batch.columns, type.schema, row),
      atMs: slice.at[seq - slice.firstSeq] ?? Number.NaN,
      watermarkMs: watermark,
      event: eventOf(this.plan, slice, seq, tsMs),
      closedBy: watermark === this.stepMs ? this.step : null,
    };
  }
}

function rowText({ batch, row, type }: Drop): string {
  return JSON.stringify(rowToJson(batch.columns, type.schema, row));
}

function wantedIn(slice: LogSlice, seq: number): boolean {
  return seq >= slice.firstSeq && seq < slice.firstSeq + slice.length;
}

function eventOf(plan: Plan, slice: LogSlice, seq: number, tsMs: number): EventRef | null {
  const i = seq - slice.firstSeq;
  if (slice.kinds[i] !== ENTRY_ROW) return null;
  const sourceId = plan.nodes[plan.sources[slice.source[i] ?? -1] ?? -1]?.id ?? '';
  const partition = slice.partition === null ? 0 : (slice.partition[i] ?? 0);
  return { seq, sourceId, partition, tsMs, atMs: slice.at[i] ?? Number.NaN };
}
