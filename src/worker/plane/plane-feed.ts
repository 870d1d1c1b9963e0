import type { PartitionMove, Probe } from '../../engine/probe.ts';
import type { RoundListener } from '../feeds/round-listener.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import { PANE_LATE } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Field } from '../../stream/types.ts';
import type { PlaneCounts, PlaneFacts, PlaneUpdate } from '../plane-protocol.ts';
import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
} from '../plane-protocol.ts';
import { planFacts } from '../feeds/plan-facts.ts';
import { columnsAt, RowKeys } from './row-keys.ts';
import { FiringReader } from './firing-reader.ts';
import { PairFinder } from './pair-finder.ts';
import { paneTracker } from './pane-trackers.ts';
import type { PaneFiring } from './pane-stretches.ts';
import { PaneStretches } from './pane-stretches.ts';
import type { PaneTracker } from './pane-tracker.ts';
import { PlaneLines } from './plane-lines.ts';
import { keyColumnsOf, planeFacts } from './plane-facts.ts';
import { PointList } from './point-list.ts';
import type { RoundClock } from './round-clock.ts';
import type { InputRows } from './round-rows.ts';
import { eachRow } from './round-rows.ts';
import { RowTimes } from './row-times.ts';

type Drop = Parameters<NonNullable<Probe['drop']>>[1];
type Rejection = Parameters<NonNullable<Probe['rejected']>>[1];

/** What becomes of rows of one entry beside being taken. */
interface Trouble {
  readonly tsMs: number;
  readonly fate: number;
  readonly judgedMs: number;
}

/**
 * Listens to a run and gathers what the plane shows of one node: its rows with their fates, the lines of watermarks, its
 * windows and pairs. What was gathered is handed over and not kept. Entries that were told of before, as after a seek back,
 * are passed over. Changes nothing of the run.
 */
export class PlaneFeed implements RoundListener {
  readonly keepsRounds = 0;
  readonly sinksApart = true;
  readonly facts: PlaneFacts;
  readonly plan: Plan;
  private readonly node: PlannedNode;
  private readonly index: number;
  private readonly source: number;
  private readonly sides: readonly number[];
  private readonly keyColumns: readonly (readonly number[])[];
  private readonly keys = new RowKeys();
  private readonly points = new PointList();
  private readonly stretches = new PaneStretches();
  private readonly panes: PaneTracker | null;
  private readonly firings: FiringReader;
  private readonly pairs: PairFinder | null;
  private readonly lines: PlaneLines;
  private readonly times: RowTimes;
  private readonly byFate = [0, 0, 0, 0, 0, 0];
  private timeless = 0;
  private slice: LogSlice | null = null;
  private rows: InputRows[] = [];
  private outputs: Batch[] = [];
  private judging: Curve | null = null;
  private troubles = new Map<number, Trouble[]>();
  /** Entries that were told of. */
  toldSeq = 0;
  private hasToldFacts = false;
  /** What was told is of no use any more: the log went on in another way. */
  isStale = false;

  constructor(plan: Plan, index: number) {
    this.index = index;
    this.plan = plan;
    this.node = defined(plan.nodes[index], 'node');
    this.facts = planeFacts(plan, index);
    this.source = plan.sources.indexOf(index);
    this.sides = this.node.inputs.map(({ port }) => this.facts.sides.indexOf(port));
    this.keyColumns = keyColumnsOf(this.node);
    this.panes = paneTracker(plan, this.node, this.stretches);
    const isMerging = this.facts.window?.isMerging === true;
    const additive = planFacts(plan)[index]?.additive ?? new Set<string>();
    this.firings = new FiringReader({ node: this.node, isMerging, additive }, this.keys);
    this.pairs = pairFinder(this.node);
    this.lines = new PlaneLines(plan, index);
    this.times = new RowTimes(plan, this.node);
  }

  /** To be called before the engine takes `slice`. */
  begin(slice: LogSlice): void {
    this.slice = slice;
    this.outputs = [];
    this.judging = null;
    this.troubles.clear();
    const count = this.source >= 0 ? 1 : this.node.inputs.length;
    this.rows = Array.from({ length: count }, (_, input) => ({ input, batches: [] }));
    const own = slice.rows[this.source] ?? null;
    if (own !== null) this.rows[0]?.batches.push(own);
    this.lines.begin(slice, this.toldSeq);
  }

  curve(node: number, curve: Curve): void {
    if (node === this.index && this.source >= 0) this.judging = joined(this.judging, curve);
    this.lines.curve(node, curve);
  }

  clock(node: number, curve: Curve): void {
    if (node === this.index) this.judging = joined(this.judging, curve);
  }

  partition(node: number, move: PartitionMove): void {
    this.lines.partition(node, move);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    this.node.inputs.forEach(({ fromNode, fromPort }, input) => {
      if (fromNode === node && fromPort === port) this.rows[input]?.batches.push(batch);
    });
    if (node === this.index && port === 'out') this.outputs.push(batch);
  }

  drop(node: number, { batch, row, reason, watermark }: Drop): void {
    if (node !== this.index) return;
    this.trouble(batch, row, reason === 'late' ? FATE_DROPPED : FATE_REFUSED, watermark);
  }

  rejected(node: number, { batch, row }: Rejection): void {
    if (node === this.index) this.trouble(batch, row, FATE_REJECTED, Number.NaN);
  }

  /** To be called after the engine took the slice. */
  end(): void {
    const slice = defined(this.slice, 'slice');
    const endSeq = slice.firstSeq + slice.length;
    if (endSeq > this.toldSeq) {
      const clock = this.times.roundClock(slice, this.judging, (visit) => this.eachUsable(visit));
      const windowClock = this.times.windowClock(slice, clock);
      const firings = this.firings.read(this.outputs, this.toldSeq, slice);
      this.takeRows({ slice, clock, windowClock }, firings);
      // Windows of the clock end with what fires them: a row alone does not move their timers.
      if (this.facts.window?.isByClock !== true) this.panes?.advance(windowClock);
      for (const batch of this.outputs) this.pairs?.results(batch, this.toldSeq, (seq) => atOf(slice, seq));
      this.lines.end(clock);
      this.toldSeq = endSeq;
    }
    this.slice = null;
    this.rows = [];
    this.outputs = [];
  }

  logChanged(seq: number): void {
    if (seq < this.toldSeq) this.isStale = true;
  }

  /** What came since the last call. */
  take(): Omit<PlaneUpdate, 'filling' | 'runSeq' | 'runAtMs'> {
    const facts = this.hasToldFacts ? null : this.facts;
    this.hasToldFacts = true;
    const { lines, steps } = this.lines.take();
    return {
      nodeId: this.node.id,
      facts,
      toldSeq: this.toldSeq,
      points: this.points.take(),
      lines,
      steps,
      panes: this.stretches.take(),
      pairs: this.pairs?.take() ?? null,
      keys: this.keys.takeUntold(),
      counts: this.counts(),
    };
  }

  counts(): PlaneCounts {
    return {
      byFate: [...this.byFate],
      timeless: this.timeless,
      pairs: this.pairs?.found ?? 0,
      pairsNotTold: this.pairs?.notTold ?? 0,
    };
  }

  private trouble(batch: Batch, row: number, fate: number, judgedMs: number): void {
    const seq = batch.seq[row] ?? 0;
    const trouble = { tsMs: batch.ts[row] ?? Number.NaN, fate, judgedMs };
    const known = this.troubles.get(seq);
    if (known === undefined) this.troubles.set(seq, [trouble]);
    else known.push(trouble);
  }

  /** Rows that move the stream time: all but those without key or time, and those that an expression failed for. */
  private eachUsable(visit: (seq: number, tsMs: number) => void): void {
    eachRow(this.rows, (_, batch, row) => {
      const seq = batch.seq[row] ?? 0;
      const tsMs = batch.ts[row] ?? Number.NaN;
      const isUnusable = (one: Trouble): boolean => one.fate >= FATE_REFUSED && Object.is(one.tsMs, tsMs);
      if (seq >= this.toldSeq && this.troubles.get(seq)?.some(isUnusable) !== true) visit(seq, tsMs);
    });
  }

  private takeRows({ slice, clock, windowClock }: RoundClocks, firings: readonly PaneFiring[]): void {
    const refired = lateFirings(firings);
    let next = 0;
    const fireUpTo = (seq: number): void => {
      for (let firing = firings[next]; firing !== undefined && firing.seq < seq; firing = firings[++next]) {
        this.panes?.fired(firing, windowClock);
      }
    };
    eachRow(this.rows, (input, batch, row) => {
      const seq = batch.seq[row] ?? 0;
      if (seq < this.toldSeq) return;
      fireUpTo(seq);
      this.takeRow({ slice, clock, refired, input, batch, row, seq });
    });
    fireUpTo(Infinity);
  }

  private takeRow({ slice, clock, refired, input, batch, row, seq }: ComingRow): void {
    const { times } = this;
    const tsMs = batch.ts[row] ?? Number.NaN;
    const atMs = atOf(slice, seq);
    const trouble = this.troubleOf(seq, tsMs);
    const judgedMs = trouble === null ? times.judgeOf(clock, seq) : trouble.judgedMs;
    const isRefired = (refired.get(seq) ?? []).some(({ startMs, endMs }) => startMs <= tsMs && tsMs <= endMs);
    let fate = trouble?.fate ?? FATE_ON_TIME;
    if (trouble === null && isRefired) fate = FATE_REFIRED;
    else if (trouble === null && times.isLate(tsMs, judgedMs)) fate = FATE_LATE_KEPT;
    this.byFate[fate] = (this.byFate[fate] ?? 0) + 1;
    if (Number.isNaN(tsMs)) this.timeless++;
    const columns = columnsAt(batch, this.keyColumns[input] ?? []);
    const key = this.keys.numberOf(this.keyFields(input), columns, row);
    const side = this.sides[input] ?? 0;
    const lane = this.lines.laneOf(slice, seq);
    const shown = fate === FATE_ON_TIME || !Number.isFinite(judgedMs) ? Number.NaN : judgedMs;
    const place = this.points.add({ seq, tsMs, atMs, fate, side, key, lane, judgedMs: shown });
    if (this.pairs !== null && place >= 0) this.pairs.row(side === 0 ? 0 : 1, batch, row, place);
    if (this.panes === null || fate >= FATE_DROPPED) return;
    const [startMs, endMs] = times.boundsOf(batch, row, input);
    const timeMs = times.windowTime(tsMs, atMs);
    this.panes.row({ seq, atMs, timeMs, key, judgedMs: times.goneJudge(clock, seq), startMs, endMs });
  }

  private keyFields(input: number): readonly Field[] {
    const fields = this.node.inputs[input]?.type.schema.fields ?? [];
    return (this.keyColumns[input] ?? []).flatMap((column) => fields[column] ?? []);
  }

  private troubleOf(seq: number, tsMs: number): Trouble | null {
    const troubles = this.troubles.get(seq);
    const place = troubles?.findIndex((one) => Object.is(one.tsMs, tsMs)) ?? -1;
    return place < 0 ? null : (troubles?.splice(place, 1)[0] ?? null);
  }
}

interface RoundClocks {
  readonly slice: LogSlice;
  /** What rows are judged by, and what windows go by. */
  readonly clock: RoundClock;
  readonly windowClock: RoundClock;
}

interface ComingRow {
  readonly slice: LogSlice;
  readonly clock: RoundClock;
  readonly refired: ReadonlyMap<number, readonly PaneFiring[]>;
  readonly input: number;
  readonly batch: Batch;
  readonly row: number;
  readonly seq: number;
}

/** A round that control entries cut has a curve for each part. */
function joined(before: Curve | null, curve: Curve): Curve {
  if (before === null || before.firstSeq + before.watermarks.length !== curve.firstSeq) return curve;
  const watermarks = new Float64Array(before.watermarks.length + curve.watermarks.length);
  watermarks.set(before.watermarks);
  watermarks.set(curve.watermarks, before.watermarks.length);
  return { ...before, firstSeq: before.firstSeq, watermarks };
}

function atOf(slice: LogSlice, seq: number): number {
  return slice.at[seq - slice.firstSeq] ?? Number.NaN;
}

function lateFirings(firings: readonly PaneFiring[]): ReadonlyMap<number, readonly PaneFiring[]> {
  const late = new Map<number, PaneFiring[]>();
  for (const firing of firings) {
    if (firing.timing === PANE_LATE) late.set(firing.seq, [...(late.get(firing.seq) ?? []), firing]);
  }
  return late;
}

function pairFinder(node: PlannedNode): PairFinder | null {
  const [left, right] = node.inputs;
  const results = node.outputs.out?.schema.fields.length ?? 0;
  if (!node.kind.startsWith('join.') || left === undefined || right === undefined) return null;
  const width = left.type.schema.fields.length + right.type.schema.fields.length;
  return node.inputs.length === 2 && results === width
    ? new PairFinder(left.type.schema.fields, right.type.schema.fields)
    : null;
}
