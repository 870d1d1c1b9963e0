import { drainEntry } from '../engine/drain.ts';
import { Engine } from '../engine/engine.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import type { Limits } from '../engine/limits.ts';
import { DEFAULT_LIMITS, ROUND_ENTRIES } from '../engine/limits.ts';
import { cutSlice } from '../engine/log-cut.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { Log } from '../sources/log/log.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { Problem } from '../stream/problem.ts';
import type { StateLook } from '../stream/state-look.ts';
import type { ProcessingTimeMs } from '../stream/time.ts';
import { allowedEnd, countRows } from './allowed-end.ts';
import { RunFeeds } from './feeds/run-feeds.ts';
import type { Pacing, RealClock } from './pacing.ts';

const FEWEST_ENTRIES = 16;
/** A round longer than this is followed by a shorter one, so that commands never wait for long. */
const LONG_ROUND_MS = 6;

export type Advance =
  | { readonly kind: 'ended' }
  /** The run went over one of the engine's limits with the entry taken last; it stands after it, nothing was lost. */
  | { readonly kind: 'limit'; readonly problem: Problem }
  /** Nothing is due for this long, in real time; 0 when there is more to take at once. */
  | { readonly kind: 'took'; readonly waitMs: number };

/** A failure inside the engine, with the node that was at work. */
export class NodeFailure extends Error {
  override name = 'NodeFailure';
  readonly nodeId: string | null;

  constructor(nodeId: string | null, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.nodeId = nodeId;
  }
}

/** One run of a plan over its log: takes from the log what pacing allows, a round at a time. */
export class Run {
  readonly plan: Plan;
  readonly feeds: RunFeeds;
  readonly log: Log;
  /** Rows taken from each source. */
  readonly taken: number[];
  private readonly engine: Engine;
  private readonly clock: RealClock;
  private readonly rejected: number[];
  private buffer: LogSlice | null = null;
  private from = 0;
  /** Most entries that a round may take for the clock's sake; the engine has a word of its own. */
  private entries = ROUND_ENTRIES;
  private hasEnded = false;
  private isDrained = false;

  constructor(plan: Plan, log: Log, clock: RealClock, limits: Limits = DEFAULT_LIMITS) {
    this.plan = plan;
    this.log = log;
    this.clock = clock;
    this.feeds = new RunFeeds(plan);
    this.engine = new Engine(plan, this.feeds, undefined, limits);
    this.taken = plan.sources.map(() => 0);
    this.rejected = plan.sources.map(() => 0);
  }

  /** Entries taken so far. */
  get seq(): number {
    return this.engine.position;
  }

  /** Null before the first entry. */
  get processingTimeMs(): ProcessingTimeMs | null {
    return this.engine.position === 0 ? null : this.engine.processingTimeMs;
  }

  get isAtEnd(): boolean {
    return this.hasEnded;
  }

  /** Reads until the next entry is at hand, or the end. */
  async readAhead(): Promise<void> {
    if (this.buffer !== null || this.hasEnded) return;
    let slice = await this.log.nextSlice(ROUND_ENTRIES);
    const drain = slice !== null || this.isDrained ? null : drainEntry(this.plan, this.engine);
    if (drain !== null) {
      this.isDrained = true;
      this.log.appendEntry(drain);
      slice = await this.log.nextSlice(ROUND_ENTRIES);
    }
    this.buffer = slice;
    this.from = 0;
    this.hasEnded = slice === null;
    this.countRejects();
  }

  /** Takes what `pacing` allows, until `deadline`. */
  async advance(pacing: Pacing, deadline: number): Promise<Advance> {
    for (;;) {
      // Most slices are at hand: no turn of the event loop for them.
      if (this.buffer === null && !this.hasEnded) await this.readAhead();
      const buffer = this.buffer;
      if (buffer === null) return { kind: 'ended' };
      const nextAtMs = buffer.at[this.from] ?? 0;
      const limit = Math.min(buffer.length, this.from + Math.min(this.entries, this.engine.roundEntries));
      const to = allowedEnd(buffer, this.from, limit, pacing.allow(nextAtMs));
      if (to === this.from) return { kind: 'took', waitMs: pacing.waitMs(nextAtMs) };
      const startedAt = this.clock();
      const rows = this.take(buffer, to);
      const endedAt = this.clock();
      pacing.took(rows, this.engine.processingTimeMs);
      this.resize(endedAt - startedAt, to === limit);
      const problem = this.limit;
      if (problem !== null) return { kind: 'limit', problem };
      if (endedAt >= deadline) {
        if (to === limit) pacing.fellBehind(this.engine.processingTimeMs);
        return { kind: 'took', waitMs: 0 };
      }
    }
  }

  /** Takes one entry. False when there is none. */
  async step(): Promise<boolean> {
    await this.readAhead();
    if (this.buffer === null) return false;
    this.take(this.buffer, this.from + 1);
    return true;
  }

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

  /** What is wrong with the sources; complete at the end. */
  problems(): readonly Problem[] {
    return this.plan.sources.flatMap((node, s) =>
      this.log
        .problems(s)
        .map((problem) => ({ ...problem, nodeId: problem.nodeId ?? this.plan.nodes[node]?.id ?? null })),
    );
  }

  private take(buffer: LogSlice, to: number): number {
    const slice = cutSlice(buffer, this.from, to);
    this.feeds.begin(slice);
    try {
      this.engine.run(slice);
    } catch (error) {
      throw new NodeFailure(this.feeds.nodeAtWork(), error);
    }
    this.feeds.end(this.engine);
    slice.rows.forEach((batch, s) => {
      this.taken[s] = (this.taken[s] ?? 0) + (batch?.length ?? 0);
    });
    if (to < buffer.length) this.from = to;
    else this.buffer = null;
    return countRows(slice);
  }

  private resize(tookMs: number, wasFull: boolean): void {
    if (tookMs > LONG_ROUND_MS) this.entries = Math.max(FEWEST_ENTRIES, this.entries >> 1);
    else if (wasFull && tookMs < LONG_ROUND_MS / 3) this.entries = Math.min(ROUND_ENTRIES, this.entries * 2);
  }

  private countRejects(): void {
    this.plan.sources.forEach((_, s) => {
      const count = this.log.rejects(s).count;
      const fresh = count - (this.rejected[s] ?? 0);
      if (fresh > 0) this.engine.countRejected(s, fresh);
      this.rejected[s] = count;
    });
  }
}
