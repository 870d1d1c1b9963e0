import { inOne } from '../engine/byte-pieces.ts';
import { drainEntry } from '../engine/drain.ts';
import { Engine } from '../engine/engine.ts';
import type { Watch } from '../engine/hits/hit.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import type { Limits } from '../engine/limits.ts';
import { DEFAULT_LIMITS, ROUND_ENTRIES } from '../engine/limits.ts';
import type { LiveEdit, PlannedDocument } from '../pipeline/live-edit.ts';
import type { Plan } from '../pipeline/plan.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { ManualEntry } from '../sources/log/log.ts';
import type { InsertedEntry, LogCursor, RecordedLog } from '../sources/log/recorded-log.ts';
import type { Reject } from '../sources/rejects.ts';
import { assert } from '../stream/assert.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { CONTROL_EDIT, ENTRY_CONTROL, isSkipped } from '../stream/log-slice.ts';
import type { Problem } from '../stream/problem.ts';
import type { StateLook } from '../stream/state-look.ts';
import type { ProcessingTimeMs } from '../stream/time.ts';
import type { Advance } from './advance.ts';
import { UNWRITTEN } from './advance.ts';
import { allowedEnd, countRows } from './allowed-end.ts';
import { NodeFailure } from './failures.ts';
import { copyState } from './feeds/copy-state.ts';
import type { RoundListener } from './feeds/round-listener.ts';
import { RunFeeds } from './feeds/run-feeds.ts';
import type { Era } from './edits/run-edits.ts';
import { RunEdits, editAt, isEdit } from './edits/run-edits.ts';
import { beginEra } from './edits/begin-era.ts';
import { editOf } from './edits/edit-of.ts';
import type { Pacing, RealClock } from './pacing.ts';
import { RoundSize } from './round-size.ts';
import type { RunOptions } from './run-options.ts';
import { RunRejects } from './run-rejects.ts';
import { slicesOf, sourceProblems } from './run-log.ts';
import { RunPoints } from './travel/run-points.ts';
import { TravelProbe } from './travel/travel-probe.ts';

/** One run of a plan over its log: takes from the log what pacing allows, a round at a time, and goes back in it. */
export class Run {
  readonly edits: RunEdits;
  readonly log: RecordedLog;
  private readonly clock: RealClock;
  readonly limits: Limits;
  /** Where the run can go back to, also for whoever runs a stretch once more beside it. */
  readonly points: RunPoints;
  private readonly cursor: LogCursor;
  readonly travel: TravelProbe;
  private feedsNow: RunFeeds;
  private engine: Engine;
  private takenRows: readonly number[];
  private readonly rejected: RunRejects;
  private watched: string | null = null;
  private listener: RoundListener | null = null;
  private buffer: LogSlice | null = null;
  private from = 0;
  private readonly roundSize = new RoundSize();
  private readonly writtenTo: () => number;
  private hasEnded = false;
  /** Number of the entry that drains the run, once its log has ended. */
  private drainSeq: number | null = null;
  /** A round that was not finished leaves an engine that cannot go on. */
  private isBroken = false;
  /** Number of the edit in force. */
  private edit: number | null = null;
  /** The run as the next edit has it from its first entry on, on its way to where this one stands. */
  private rebuilt: Run | null = null;

  constructor(plan: Plan, log: RecordedLog, options: RunOptions) {
    const { clock, limits = DEFAULT_LIMITS, pointBytes, points, edits, writtenTo = () => Infinity } = options;
    this.writtenTo = writtenTo;
    this.edits = edits ?? new RunEdits({ document: { nodes: [] }, plan });
    this.log = log;
    this.clock = clock;
    this.limits = limits;
    this.points = points ?? new RunPoints(pointBytes);
    this.cursor = log.cursor();
    this.feedsNow = new RunFeeds(plan);
    this.travel = new TravelProbe(plan);
    this.engine = new Engine(plan, this.travel.beside(plan, this.feedsNow), undefined, limits);
    this.takenRows = plan.sources.map(() => 0);
    this.rejected = new RunRejects(log, plan.sources.length);
  }

  /** As it is in force where the run stands. */
  get plan(): Plan {
    return this.edits.at(this.edit).document.plan;
  }

  /** What the run was from its first entry on, to do it again beside it. */
  get eras(): readonly Era[] {
    return this.edits.at(this.edit).eras;
  }

  /** What the screen may ask for, as the run stands; other ones after a seek. */
  get feeds(): RunFeeds {
    return this.feedsNow;
  }

  /** Rows taken from each source. */
  get taken(): readonly number[] {
    return this.takenRows;
  }

  /** Entries taken so far. */
  get seq(): number {
    return this.engine.position;
  }

  /** Null before the first entry that it reads. */
  get processingTimeMs(): ProcessingTimeMs | null {
    const { processingTimeMs } = this.engine;
    return processingTimeMs === -Infinity ? null : processingTimeMs;
  }

  /** Where it begins: the entries before are left out. */
  get firstSeq(): number {
    return this.log.start?.firstSeq ?? 0;
  }

  get isAtEnd(): boolean {
    return this.hasEnded;
  }

  /** What was put in by hand: not the entry that drains the run. */
  get manual(): readonly InsertedEntry[] {
    return this.log.inserted.filter(({ seq }) => seq !== this.drainSeq);
  }

  watch(nodeId: string | null): void {
    this.watched = nodeId;
    this.feedsNow.watch(nodeId);
  }

  listen(listener: RoundListener | null): void {
    this.listener = listener;
    this.feedsNow.listen(listener, this.plan);
  }

  /** Reads until the next entry is at hand, or the end. */
  async readAhead(): Promise<void> {
    if (this.buffer !== null || this.hasEnded) return;
    let slice = await this.cursor.nextSlice(ROUND_ENTRIES);
    const drain = slice !== null || this.drainSeq !== null ? null : drainEntry(this.plan, this.engine);
    if (drain !== null) {
      this.drainSeq = this.seq;
      this.log.insert(drain, this.seq, this.engine.processingTimeMs);
      slice = await this.cursor.nextSlice(ROUND_ENTRIES);
    }
    this.buffer = slice;
    this.from = 0;
    this.hasEnded = slice === null;
    if (this.hasEnded) this.travel.overview.end();
    if (this.seq === 0 || this.hasEnded) this.rejected.count(this.cursor, this.engine);
  }

  /** Takes what `pacing` allows, until `deadline`. */
  async advance(pacing: Pacing, deadline: number): Promise<Advance> {
    for (;;) {
      // Most slices are at hand: no turn of the event loop for them.
      if (this.buffer === null && !this.hasEnded) await this.readAhead();
      const buffer = this.buffer;
      if (buffer === null) return { kind: 'ended' };
      if (this.seq >= this.writtenTo()) return UNWRITTEN;
      if (!(await this.makeEdit(deadline))) return { kind: 'took', waitMs: 0 };
      if (this.buffer !== buffer) continue;
      const nextAtMs = buffer.at[this.from] ?? 0;
      const limit = this.roundEnd(buffer);
      const to = allowedEnd(buffer, this.from, limit, pacing.allow(nextAtMs));
      if (to === this.from) return { kind: 'took', waitMs: pacing.waitMs(nextAtMs) };
      const { rows, endedAt } = this.round(buffer, to, to === limit);
      pacing.took(rows, this.engine.processingTimeMs);
      const { hit } = this.travel;
      if (hit !== null) return { kind: 'hit', hit };
      const problem = this.limit;
      if (problem !== null) return { kind: 'limit', problem };
      if (endedAt >= deadline) {
        if (to === limit) pacing.fellBehind(this.engine.processingTimeMs);
        return { kind: 'took', waitMs: 0 };
      }
    }
  }

  /** What `advance` stops at from now on. */
  stopAt(watches: readonly Watch[]): void {
    this.travel.stopAt(watches);
  }

  /** Takes one entry. False when there is none. */
  async step(): Promise<boolean> {
    await this.readAhead();
    if (this.buffer === null || this.seq >= this.writtenTo()) return false;
    const { seq } = this;
    await this.makeEdit(Infinity);
    if (this.seq === seq) this.take(this.buffer, this.from + 1);
    return true;
  }

  /**
   * Goes to where the first `seq` entries were taken, or to the end: at once to the nearest point before it, from there
   * by `goOnTo`.
   */
  seek(seq: number): void {
    const isAhead = seq >= this.seq && !this.isBroken && this.limit === null;
    const point = this.points.nearest(seq);
    if (isAhead && (point === null || point.seq <= this.seq)) return;
    this.rebuilt = null;
    this.edit = point?.edit ?? null;
    this.feedsNow = point === null ? new RunFeeds(this.plan) : copyState(point.feeds).copy;
    this.engine = new Engine(this.plan, this.travel.beside(this.plan, this.feedsNow), undefined, this.limits);
    if (point !== null) this.engine.restore(inOne(point.engine));
    this.takenRows = point?.taken ?? this.plan.sources.map(() => 0);
    this.rejected.counted = point?.rejected ?? this.plan.sources.map(() => 0);
    this.points.resume(point);
    this.feedsNow.watch(this.watched);
    this.feedsNow.listen(this.listener, this.plan);
    this.cursor.moveTo(this.seq);
    this.buffer = null;
    this.hasEnded = false;
    this.isBroken = false;
  }

  /** Takes entries up to `seq` until `deadline`. True once the run stands there, at its end, or at a limit. */
  async goOnTo(seq: number, deadline: number): Promise<boolean> {
    for (;;) {
      if (this.seq >= Math.min(seq, this.writtenTo())) return true;
      await this.readAhead();
      const buffer = this.buffer;
      if (buffer === null || this.limit !== null) return true;
      if (!(await this.makeEdit(deadline))) return false;
      if (this.buffer !== buffer) continue;
      const end = this.roundEnd(buffer);
      const to = Math.min(end, this.from + seq - this.seq);
      if (this.round(buffer, to, to === end).endedAt >= deadline) return this.seq >= seq;
    }
  }

  /** Puts an entry in front of the one that comes next. The run goes on in another way from here. */
  insert(entry: ManualEntry): void {
    assert(!this.isBroken, 'a run that stands between two rounds');
    const { seq } = this;
    this.takeBackDrain();
    const firstAtMs = this.buffer?.at[this.from] ?? 0;
    this.log.insert(entry, seq, this.processingTimeMs ?? firstAtMs);
    this.goOnOtherwise();
  }

  /**
   * Makes the document another one from here on: the next entry is that edit. Edits further on are taken back. Says what it
   * comes to; an edit that begins another run leaves this one as it is.
   */
  change(document: PlannedDocument): LiveEdit {
    const edit = editOf(this.edits.at(this.edit).document, document);
    if (edit.reopen !== null) return edit;
    this.takeBackEdits();
    const number = this.edits.add(this.edit, document, edit);
    this.insert({ kind: ENTRY_CONTROL, source: -1, partition: 0, payload: CONTROL_EDIT + number });
    return edit;
  }

  /** Takes back the edits that the run has not come to. */
  takeBackEdits(): void {
    this.takeBackDrain();
    const later = this.log.inserted.filter((item) => isEdit(item.entry) && item.seq >= this.seq);
    for (const { seq } of later.toReversed()) this.log.remove(seq);
    this.rebuilt = null;
    this.goOnOtherwise();
  }

  private takeBackDrain(): void {
    if (this.drainSeq === null || this.drainSeq < this.seq) return;
    this.log.remove(this.drainSeq);
    this.drainSeq = null;
  }

  private goOnOtherwise(): void {
    this.listener?.logChanged?.(this.seq);
    this.points.forgetAfter(this.seq);
    const rows = this.takenRows.reduce((sum, count) => sum + count, 0);
    const total = { rows, drops: this.feedsNow.dropped };
    this.travel.overview.forgetFrom(this.seq, this.processingTimeMs ?? this.buffer?.at[this.from] ?? 0, total);
    this.cursor.moveTo(this.seq);
    this.buffer = null;
    this.hasEnded = false;
  }

  /** How much of the log was gone through for an edit that rebuilds nodes, 0..1; null while there is none. */
  get rebuiltShare(): number | null {
    return this.rebuilt === null || this.seq === 0 ? null : this.rebuilt.seq / this.seq;
  }

  /** Where the next entry is an edit, makes it and takes that entry; works until `deadline`. False: it is not made yet. */
  private async makeEdit(deadline: number): Promise<boolean> {
    const number = this.buffer === null ? null : editAt(this.buffer, this.from);
    if (number === null) return true;
    const { eras, rebuilds } = this.edits.at(number);
    if (rebuilds) {
      const startedAt = this.clock();
      this.rebuilt ??= this.beside(RunEdits.through(eras));
      const isThere = await this.rebuilt.goOnTo(this.seq, deadline);
      this.points.worked(this.clock() - startedAt);
      if (!isThere) return false;
    }
    const { engine, feedsNow } = this.rebuilt ?? this;
    const running = beginEra({ engine, feeds: feedsNow }, this.edits.era(number), this);
    this.engine = running.engine;
    this.feedsNow = running.feeds;
    this.edit = number;
    this.rebuilt = null;
    this.feedsNow.listen(this.listener, this.plan);
    this.feedsNow.watch(this.watched);
    if (this.buffer !== null) this.take(this.buffer, this.from + 1);
    if (rebuilds) this.keepPoint();
    return true;
  }

  /** Another run over the log of this one, from its start. */
  beside(edits: RunEdits, points = new RunPoints(0)): Run {
    const { clock, limits, writtenTo } = this;
    const run = new Run(edits.at(null).document.plan, this.log, { clock, limits, points, edits, writtenTo });
    run.watch(this.watched);
    return run;
  }

  /** Entries [from, to) of this run, as they were taken or will be, to read beside it. */
  readonly slices = (from: number, to: number): AsyncGenerator<LogSlice, void> => slicesOf(this.log, from, to);

  /** The limit that the run went over; null while there is none. */
  get limit(): Problem | null {
    return this.engine.limit;
  }

  ledger(): ReadonlyMap<string, NodeLedger> {
    return this.engine.ledger();
  }

  /** What the state of a node holds, with at most `windows` open windows. */
  look(node: number, most: number): StateLook | null {
    return this.engine.look(node, most);
  }

  /** The first records that a source had rejected where the run stands. */
  rejects(nodeId: string): readonly Reject[] {
    return this.rejected.of(this.plan, nodeId);
  }

  /** What is wrong with the sources; complete at the end. */
  problems(): readonly Problem[] {
    return sourceProblems(this.plan, this.log);
  }

  /** A round ends behind a control entry, so that the engine takes it as one. */
  private roundEnd(buffer: LogSlice): number {
    const control = buffer.onlyRows === true ? -1 : buffer.kinds.indexOf(ENTRY_CONTROL, this.from);
    const most = control < 0 ? buffer.length : control + 1;
    const entries = Math.min(this.roundSize.entries, this.engine.roundEntries, this.writtenTo() - this.seq);
    return Math.min(most, this.from + entries);
  }

  private round(buffer: LogSlice, to: number, isFull: boolean): { readonly rows: number; readonly endedAt: number } {
    const startedAt = this.clock();
    const rows = this.take(buffer, to);
    const endedAt = this.clock();
    this.roundSize.took(endedAt - startedAt, isFull);
    this.points.worked(endedAt - startedAt);
    this.keepPoint();
    return { rows, endedAt };
  }

  keepPoint(): void {
    if (this.limit !== null || !this.points.isDue(this.seq, this.engine)) return;
    const { plan, engine, feedsNow: feeds, takenRows: taken, rejected, edit } = this;
    this.points.keep({ plan, engine, feeds, taken, rejected: rejected.counted, edit }, this.clock);
  }

  private take(buffer: LogSlice, to: number): number {
    const slice = cutSlice(buffer, this.from, to);
    if (to < buffer.length) this.from = to;
    else this.buffer = null;
    if (isSkipped(slice)) this.engine.run(slice);
    else this.takeRead(slice);
    return countRows(slice);
  }

  private takeRead(slice: LogSlice): void {
    this.feedsNow.begin(slice);
    this.travel.begin(slice);
    this.isBroken = true;
    try {
      this.engine.run(slice);
    } catch (error) {
      throw new NodeFailure(this.feedsNow.nodeAtWork(), error);
    }
    this.isBroken = false;
    this.feedsNow.end(this.engine);
    this.takenRows = this.takenRows.map((rows, s) => rows + (slice.rows[s]?.length ?? 0));
    this.rejected.count(this.cursor, this.engine);
    this.travel.end(slice, this.engine);
  }
}
