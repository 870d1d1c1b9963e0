import { drainEntry } from '../../engine/drain.ts';
import { Engine } from '../../engine/engine.ts';
import type { PlanEra } from '../../engine/explain/plan-eras.ts';
import type { Limits } from '../../engine/limits.ts';
import type { Probe } from '../../engine/probe.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { LogCursor, RecordedLog } from '../../sources/log/recorded-log.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK, isSkipped } from '../../stream/log-slice.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import { RunFeeds } from '../feeds/run-feeds.ts';
import type { Turns } from '../travel/turns.ts';
import { ResultProbe } from './result-probe.ts';

/** Few, so that a round stays within the time that messages may wait. */
const ENTRIES_MAX = 512;

/**
 * Where a run beside the one on the screen is to stand: where so many entries were taken, Infinity for its end; or, in a log
 * whose clock ticks otherwise, where so many entries that are no ticks were, and the ticks up to a time.
 */
export type SideTarget =
  | { readonly by: 'entries'; readonly count: number }
  | { readonly by: 'events'; readonly count: number; readonly untilMs: ProcessingTimeMs };

export interface SideRunOptions {
  readonly plan: Plan;
  /** Where other plans take the place of `plan`, in order. */
  readonly eras?: readonly PlanEra[];
  /** One of its own: what drains the run is put in. */
  readonly log: RecordedLog;
  readonly limits: Limits;
  /** Nodes whose results are kept. */
  readonly compared: ReadonlySet<string>;
}

/** A run that nobody watches: it goes forward only, and keeps what it can be compared by. */
export class SideRun {
  readonly results: ResultProbe;
  private planNow: Plan;
  private feedsNow: RunFeeds;
  private erasLeft: readonly PlanEra[];
  private readonly options: SideRunOptions;
  private readonly cursor: LogCursor;
  private engine: Engine;
  private events = 0;
  private rejected: readonly number[];
  private hasEnded = false;
  private isDrained = false;

  constructor(options: SideRunOptions) {
    const { plan, log, limits, compared, eras = [] } = options;
    this.options = options;
    this.planNow = plan;
    this.erasLeft = eras;
    this.feedsNow = new RunFeeds(plan);
    this.results = new ResultProbe(eras.at(-1)?.plan ?? plan, compared);
    this.results.goOnWith(plan);
    this.engine = new Engine(plan, this.probe(), undefined, limits);
    this.rejected = plan.sources.map(() => 0);
    this.cursor = log.cursor(this.engine.position);
  }

  /** As it is in force where the run stands. */
  get plan(): Plan {
    return this.planNow;
  }

  get feeds(): RunFeeds {
    return this.feedsNow;
  }

  get seq(): number {
    return this.engine.position;
  }

  /** Entries taken that are no ticks of the clock. */
  get eventsTaken(): number {
    return this.events;
  }

  get isAtEnd(): boolean {
    return this.hasEnded;
  }

  get processingTimeMs(): number | null {
    return this.engine.position === 0 ? null : this.engine.processingTimeMs;
  }

  get limit(): Engine['limit'] {
    return this.engine.limit;
  }

  ledger(): ReturnType<Engine['ledger']> {
    return this.engine.ledger();
  }

  /** False when it was given up on the way; another time it goes on from there. */
  async goTo(target: SideTarget, turns: Turns): Promise<boolean> {
    while (!this.hasEnded && this.limit === null) {
      const entriesLeft = target.by === 'entries' ? target.count - this.seq : Infinity;
      if (entriesLeft <= 0) break;
      this.enterEra();
      const most = Math.min(ENTRIES_MAX, this.engine.roundEntries, entriesLeft, this.entriesOfEra);
      const slice = await this.nextSlice(most);
      if (slice === null) this.hasEnded = true;
      const end = slice === null || target.by === 'entries' ? slice?.length : eventsEnd(slice, this.events, target);
      if (slice !== null && end !== undefined && end > 0)
        this.take(end < slice.length ? cutSlice(slice, 0, end) : slice);
      this.countRejects();
      if (slice !== null && end !== slice.length) {
        this.cursor.moveTo(this.seq);
        break;
      }
      if (!(await turns.goOn())) return false;
    }
    return turns.goOn();
  }

  /** Lets the plan of the next era go on from here, where it begins here. */
  private enterEra(): void {
    const [era, ...later] = this.erasLeft;
    if (era === undefined || era.fromSeq > this.seq) return;
    const { engine, feedsNow } = this;
    this.erasLeft = later;
    this.planNow = era.plan;
    this.feedsNow = new RunFeeds(era.plan);
    this.feedsNow.goOnFrom(feedsNow, era.begins);
    this.results.goOnWith(era.plan);
    this.engine = new Engine(era.plan, this.probe(), undefined, this.options.limits);
    this.engine.goOnFrom(engine, era.begins);
    this.enterEra();
  }

  private get entriesOfEra(): number {
    return (this.erasLeft[0]?.fromSeq ?? Infinity) - this.seq;
  }

  private async nextSlice(most: number): Promise<LogSlice | null> {
    const slice = await this.cursor.nextSlice(most);
    if (slice !== null || this.isDrained) return slice;
    const drain = drainEntry(this.plan, this.engine);
    if (drain === null) return null;
    this.isDrained = true;
    this.options.log.insert(drain, this.seq, this.engine.processingTimeMs);
    return this.cursor.nextSlice(most);
  }

  private take(slice: LogSlice): void {
    if (!isSkipped(slice)) this.feeds.begin(slice);
    this.results.begin(slice);
    this.engine.run(slice);
    if (!isSkipped(slice)) this.feeds.end(this.engine);
    this.events += eventsIn(slice);
  }

  private countRejects(): void {
    const { rejected } = this.cursor;
    if (rejected === null) return;
    rejected.forEach((count, s) => {
      const fresh = count - (this.rejected[s] ?? 0);
      if (fresh > 0) this.engine.countRejected(s, fresh);
    });
    this.rejected = rejected;
  }

  private probe(): Probe {
    const { feedsNow: feeds, results } = this;
    return {
      sinksApart: true,
      curve: (node, curve) => feeds.curve(node, curve),
      output: (node, port, batch) => {
        feeds.output(node, port, batch);
        if (port === 'out') results.output(node, batch);
      },
      committed: (node, batch) => feeds.committed(node, batch),
      drop: (node, drop) => {
        feeds.drop(node, drop);
        results.drop(node, drop);
      },
      rejected: (node, rejection) => feeds.rejected(node, rejection),
    };
  }
}

function eventsIn({ kinds, length, onlyRows }: LogSlice): number {
  if (onlyRows === true) return length;
  let events = 0;
  for (const kind of kinds) if (kind !== ENTRY_CLOCK) events++;
  return events;
}

/** How many entries of a slice stand before the target, of which `taken` events lie before the slice. */
function eventsEnd(slice: LogSlice, taken: number, { count, untilMs }: SideTarget & { readonly by: 'events' }): number {
  let events = taken;
  for (let i = 0; i < slice.length; i++) {
    if (slice.kinds[i] === ENTRY_CLOCK ? (slice.at[i] ?? 0) > untilMs : ++events > count) return i;
  }
  return slice.length;
}
