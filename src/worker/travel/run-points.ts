import type { BytePieces } from '../../engine/byte-pieces.ts';
import { inPieces } from '../../engine/byte-pieces.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Point } from '../../engine/points.ts';
import { Points } from '../../engine/points.ts';
import { copyState } from '../feeds/copy-state.ts';
import type { RunFeeds } from '../feeds/run-feeds.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { RealClock } from '../pacing.ts';

/** Work between two points: what a seek has to do over, at most, while there is room. */
const SPACING_MS = 60;
/** So many times its own cost of work lies between a point and the next, where that is not too far for a seek. */
const COST_FACTOR = 30;
const FAR_MS = 100;
/** Where a point costs much, it costs no more than so large a part of the run. */
const DEAR_FACTOR = 3;
const MOST_BYTES = 128 * 1024 * 1024;

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

/** Where a run can go back to: points at a spacing of work, so that the way from one to the next takes the same time anywhere. */
export class RunPoints {
  private readonly points: Points<RunPoint>;
  /** State of so many bytes is too large for a point. */
  private tooManyBytes: number;
  /** Work that led to where the run stands, from its first entry on. */
  private costMs = 0;
  private spacingMs = SPACING_MS;

  /** With no bytes nothing is kept. */
  constructor(mostBytes = MOST_BYTES) {
    this.tooManyBytes = mostBytes / 4;
    if (mostBytes === 0) this.spacingMs = Infinity;
    this.points = new Points(mostBytes);
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
    const before = this.nearest(seq);
    if (before?.seq === seq || this.costMs - (before?.cost ?? 0) < this.spacingMs) return false;
    return engine.stateBytes() < this.tooManyBytes;
  }

  keep({ plan, engine, feeds, taken, rejected, edit }: RunMoment, clock: RealClock): void {
    const startedAt = clock();
    feeds.settle();
    const before = this.nearest(engine.position);
    const kept = copyState(feeds, before?.edit === edit ? before.feeds : null);
    kept.copy.listen(null, plan);
    const state = inPieces(engine.snapshot(), before?.engine ?? null);
    const isKept = this.points.add({
      seq: engine.position,
      cost: this.costMs,
      bytes: state.bytes + kept.bytes,
      sharedBytes: state.sharedBytes + kept.sharedBytes,
      engine: state,
      feeds: kept.copy,
      taken,
      rejected,
      edit,
    });
    // What is shown of the run takes room, too.
    if (!isKept) this.tooManyBytes = Math.min(this.tooManyBytes, engine.stateBytes());
    const tookMs = clock() - startedAt;
    this.spacingMs = Math.max(SPACING_MS, Math.min(COST_FACTOR * tookMs, FAR_MS), DEAR_FACTOR * tookMs);
  }

  forgetAfter(seq: number): void {
    this.points.forgetAfter(seq);
  }

  /** Bytes and number of what is kept. */
  get size(): { readonly points: number; readonly bytes: number } {
    return { points: this.points.all.length, bytes: this.points.bytes };
  }
}
