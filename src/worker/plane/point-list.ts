import type { PlanePoints } from '../plane-protocol.ts';
import { FATE_ON_TIME } from '../plane-protocol.ts';
import { bytes, floats, shorts, signedShorts } from './number-list.ts';

/** So many rows on time are told one by one; of as many more every second, and so on. */
export const ALL_POINTS = 1_500_000;
/** Rows that are not on time are told one by one up to here. */
const MOST_OTHERS = 1_000_000;

export interface Point {
  readonly seq: number;
  readonly tsMs: number;
  readonly atMs: number;
  readonly fate: number;
  readonly side: number;
  readonly key: number;
  readonly lane: number;
  readonly judgedMs: number;
}

/** Gathers rows as points of the plane. */
export class PointList {
  private readonly seq = floats();
  private readonly tsMs = floats();
  private readonly atMs = floats();
  private readonly fate = bytes();
  private readonly side = bytes();
  private readonly key = shorts();
  private readonly lane = signedShorts();
  private readonly judgedMs = floats();
  private kept = 0;
  private others = 0;
  private onTime = 0;
  /** For how many rows on time one point stands. */
  private weight = 1;

  /** How many points were kept so far: the place of the next. */
  get length(): number {
    return this.kept;
  }

  /** Whether a point more of the weight it has would stand for fewer rows than the next: then what was gathered is told first. */
  get isFull(): boolean {
    return this.seq.length >= 65_536;
  }

  /** The place of the point; -1 where it is not kept. */
  add(point: Point): number {
    if (point.fate === FATE_ON_TIME) {
      const isKept = this.onTime++ % this.weight === 0;
      if (!isKept) return -1;
    } else if (this.others++ >= MOST_OTHERS) return -1;
    this.seq.push(point.seq);
    this.tsMs.push(point.tsMs);
    this.atMs.push(point.atMs);
    this.fate.push(point.fate);
    this.side.push(point.side);
    this.key.push(point.key);
    this.lane.push(point.lane);
    this.judgedMs.push(point.judgedMs);
    return this.kept++;
  }

  take(): PlanePoints | null {
    const { length } = this.seq;
    if (length === 0) return null;
    const { weight } = this;
    // Rows on time become rarer between two takings, so that all points of one have the same weight.
    if (this.kept - this.others >= ALL_POINTS * (1 + this.doublings())) this.weight *= 2;
    return {
      length,
      seq: this.seq.take(),
      tsMs: this.tsMs.take(),
      atMs: this.atMs.take(),
      fate: this.fate.take(),
      side: this.side.take(),
      key: this.key.take(),
      lane: this.lane.take(),
      judgedMs: this.judgedMs.take(),
      weight,
    };
  }

  private doublings(): number {
    return Math.log2(this.weight) / 4;
  }
}
