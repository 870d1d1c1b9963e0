import type { BytePieces } from '../../engine/byte-pieces.ts';
import { inPieces } from '../../engine/byte-pieces.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Gap, Point } from '../../engine/points.ts';
import { Points } from '../../engine/points.ts';
import { copyState } from '../feeds/copy-state.ts';
import type { RunFeeds } from '../feeds/run-feeds.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { RealClock } from '../pacing.ts';
import { DEFAULT_POINT_BYTES } from './point-room.ts';

/** Work between two points: what a seek has to do over, at most, while there is room. */
const SPACING_MS = 40;
/** So many times its own cost of work lies between a point and the next while the run, or a seek, is under way. */
const COST_FACTOR = 12;
/** Points that fill in may cost as much as the work between them. */
const FILLING_FACTOR = 1;
/** How much what a point took counts in what the next one is expected to take. */
const NEWEST_SHARE = 0.3;

/** How a run stands at a point. */
export interface RunMoment {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly feeds: RunFeeds;
  readonly taken: readonly number[];
  readonly rejected: readonly number[];
  /** Number of the edit in force; null before the first. */
  readonly edit: number | null;
}

export interface RunPoint extends Point, Pick<RunMoment, 'taken' | 'rejected' | 'edit'> {
  readonly engine: BytePieces;
  /** Not to be changed: a run that goes on from here needs feeds of its own. */
  readonly feeds: RunFeeds;
}

/**
 * Where a run can go back to. While it goes, or a seek is on its way, a point is kept whenever enough work lies behind the
 * last one: 40 ms, or more where a point costs more than a twelfth of that, so that points take no more than that share of a
 * run at full speed. What is missing for an even spacing of 40 ms is filled in while the run stands, by a run beside it
 * (`PointFiller`). Over the room that there is for them, every other point goes, and none is kept that would go at once.
 */
export class RunPoints {
  private readonly points: Points<RunPoint>;
  private readonly factor: number;
  private readonly forgotten: number;
  /** State of so many bytes is too large for a point. */
  private tooManyBytes: number;
  /** Work that led to where the run stands, from its first entry on. */
  private costMs = 0;
  /** What a point takes, by the last ones. */
  private takesMs: number | null = null;

  private tookMs = 0;

  /** In room of its own, or beside the points of another. With no bytes nothing is kept. */
  constructor(room: number | RunPoints = DEFAULT_POINT_BYTES) {
    const isBeside = typeof room === 'object';
    this.tooManyBytes = isBeside ? room.tooManyBytes : room / 4;
    this.points = isBeside ? room.points : new Points(room);
    this.factor = isBeside ? FILLING_FACTOR : COST_FACTOR;
    this.forgotten = isBeside ? room.points.forgotten : Infinity;
  }

  worked(ms: number): void {
    this.costMs += ms;
  }

  nearest(seq: number): RunPoint | null {
    return this.points.nearest(seq);
  }

  /** The run goes on from a point, or from its start. */
  resume(point: RunPoint | null): void {
    this.costMs = point?.cost ?? 0;
  }

  isDue(seq: number, engine: Engine): boolean {
    const { costMs, points } = this;
    if (points.forgotten > this.forgotten) return false;
    const spacingMs = this.spacingMs();
    const before = points.nearest(seq);
    if (before?.seq === seq || costMs - (before?.cost ?? 0) < spacingMs) return false;
    const next = points.next(seq);
    if (next !== null && next.cost - costMs < spacingMs / 2) return false;
    return engine.stateBytes() < this.tooManyBytes;
  }

  private spacingMs(): number {
    return Math.max(SPACING_MS, this.factor * (this.takesMs ?? 0), this.points.leastCost);
  }

  keep({ plan, engine, feeds, taken, rejected, edit }: RunMoment, clock: RealClock): void {
    const startedAt = clock();
    feeds.settle();
    const before = this.nearest(engine.position);
    const kept = copyState(feeds, before?.edit === edit ? before.feeds : null);
    kept.copy.listen(null, plan);
    const state = inPieces(engine.snapshot(), before?.engine ?? null);
    const pieces = state.pieces.map((piece) => [piece, piece.length] as const);
    const isKept = this.points.add({
      seq: engine.position,
      cost: this.costMs,
      parts: new Map<object, number>([...kept.parts, ...pieces]),
      engine: state,
      feeds: kept.copy,
      taken,
      rejected,
      edit,
    });
    // What is shown of the run takes room, too.
    if (!isKept) this.tooManyBytes = Math.min(this.tooManyBytes, engine.stateBytes());
    const tookMs = clock() - startedAt;
    this.tookMs += tookMs;
    this.takesMs ??= tookMs;
    this.takesMs += NEWEST_SHARE * (tookMs - this.takesMs);
  }

  forgetAfter(seq: number): void {
    this.points.forgetAfter(seq);
  }

  /** The same points, for a run beside that fills in what is missing as long as this one does not go on in another way. */
  filling(): RunPoints {
    return new RunPoints(this);
  }

  /** Of the stretches that are too long, but not in `tried`, the longest; null when there is none. */
  widestGap(tried: Pick<WeakMap<RunPoint, RunPoint | null>, 'get'>): Gap<RunPoint> | null {
    const least = 2 * Math.max(SPACING_MS, this.points.leastCost);
    let widest: Gap<RunPoint> | null = null;
    for (const gap of this.points.gaps()) {
      if (gap.cost < Math.max(least, widest?.cost ?? 0) || tried.get(gap.to) === gap.from) continue;
      widest = gap;
    }
    return widest;
  }

  /** Bytes and number of what is kept, and what it took the run to keep them. */
  get size(): { readonly points: number; readonly bytes: number; readonly tookMs: number } {
    return { points: this.points.all.length, bytes: this.points.bytes, tookMs: this.tookMs };
  }
}
