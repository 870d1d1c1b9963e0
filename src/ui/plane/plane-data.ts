import type { LineSteps, PanePatches, PlaneCounts, PlaneFacts, PlaneKey, PlaneLine } from '../../app/plane-updates.ts';
import type { PlanePairs, PlanePoints, PlaneUpdate } from '../../app/plane-updates.ts';
import { FATE_ON_TIME } from '../../app/plane-updates.ts';
import { finestCellMs } from './density.ts';
import { growingBytes, growingFloats, growingShorts, growingSigned, growingWords } from './growing.ts';
import { PaneBlocks } from './pane-blocks.ts';
import { PointCells } from './point-cells.ts';

/** From so many points on, those on time are drawn as density. */
export const DENSE_POINTS = 100_000;

export class Points {
  // Sizes of their own: columns that grew at the same moment would take several milliseconds of it.
  readonly seq = growingFloats(1_024);
  readonly tsMs = growingFloats(1_218);
  readonly atMs = growingFloats(1_448);
  readonly judgedMs = growingFloats(1_722);
  readonly fate = growingBytes(1_117);
  readonly side = growingBytes(1_328);
  readonly key = growingShorts(1_579);
  readonly lane = growingSigned(1_878);
  /** Places of the points that are not on time. */
  readonly others = growingWords();
  /** Of the first `counted` points; null before any was counted. */
  cells: PointCells | null = null;
  counted = 0;
  /** Largest weight so far: for how many rows on time one of the newest points stands. */
  weight = 1;
  /** From which place on points on time stand for how many rows. */
  private readonly weights: { readonly from: number; readonly weight: number }[] = [{ from: 0, weight: 1 }];
  firstAtMs = Number.NaN;
  /** Places of the least and the greatest event time; -1 while there is none. */
  extremes = { first: -1, last: -1 };

  get length(): number {
    return this.seq.length;
  }

  append(points: PlanePoints): void {
    const from = this.seq.length;
    this.seq.append(points.seq);
    this.tsMs.append(points.tsMs);
    this.atMs.append(points.atMs);
    this.judgedMs.append(points.judgedMs);
    this.fate.append(points.fate);
    this.side.append(points.side);
    this.key.append(points.key);
    this.lane.append(points.lane);
    if (points.weight !== this.weight) this.weights.push({ from, weight: points.weight });
    this.weight = points.weight;
    if (from === 0) this.firstAtMs = points.atMs[0] ?? Number.NaN;
    this.noteExtremes(points.tsMs, from);
    const { fate } = points;
    for (let i = 0; i < points.length; i++) {
      if (fate[i] !== FATE_ON_TIME) this.others.set(this.others.length, from + i);
    }
  }

  private noteExtremes(times: Float64Array, from: number): void {
    let { first, last } = this.extremes;
    let least = this.tsMs.at(first);
    let most = this.tsMs.at(last);
    for (let i = 0; i < times.length; i++) {
      const time = times[i] ?? Number.NaN;
      if (time < least || (first < 0 && !Number.isNaN(time))) {
        least = time;
        first = from + i;
      }
      if (time > most || (last < 0 && !Number.isNaN(time))) {
        most = time;
        last = from + i;
      }
    }
    this.extremes = { first, last };
  }

  /** Whether points on time are drawn as density where many of them are in view. */
  get isDense(): boolean {
    return this.length >= DENSE_POINTS;
  }

  /** Counts the next points into the cells, at most so many; false while there are more. */
  count(most: number): boolean {
    const { length } = this;
    const [times, ats, fates, sides] = [this.tsMs.values, this.atMs.values, this.fate.values, this.side.values];
    const to = Math.min(length, this.counted + most);
    const spanMs = this.atMs.at(length - 1) - this.firstAtMs;
    const cells = (this.cells ??= new PointCells(finestCellMs(length, spanMs)));
    for (const { from, to: end, weight } of this.stretches(this.counted, to)) {
      for (let i = from; i < end; i++) {
        const time = times[i] ?? Number.NaN;
        if (Number.isNaN(time)) continue;
        const fate = fates[i] ?? FATE_ON_TIME;
        const at = ats[i] ?? Number.NaN;
        if (fate === FATE_ON_TIME) cells.addOnTime(time, at, weight);
        else cells.add(fate, sides[i] ?? 0, time, at);
      }
    }
    this.counted = to;
    return to === length;
  }

  /** The places from `from` to before `to`, cut where the weight of points on time changes. */
  stretches(from: number, to: number): readonly Stretch[] {
    return this.weights.flatMap(({ from: start, weight }, i) => {
      const stretch = { from: Math.max(from, start), to: Math.min(to, this.weights[i + 1]?.from ?? Infinity), weight };
      return stretch.from < stretch.to ? [stretch] : [];
    });
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

export class Line {
  readonly about: PlaneLine;
  readonly seq = growingFloats();
  readonly atMs = growingFloats();
  readonly watermarkMs = growingFloats();
  readonly idle = growingBytes();
  spacingMs = 0;

  constructor(about: PlaneLine) {
    this.about = about;
  }

  append(steps: LineSteps): void {
    this.seq.append(steps.seq);
    this.atMs.append(steps.atMs);
    this.watermarkMs.append(steps.watermarkMs);
    this.idle.append(steps.idle);
    this.spacingMs = steps.spacingMs;
  }
}

export class Panes {
  readonly startMs = growingFloats();
  readonly endMs = growingFloats();
  readonly fromSeq = growingFloats();
  readonly fromAtMs = growingFloats();
  readonly toSeq = growingFloats();
  readonly toAtMs = growingFloats();
  readonly value = growingFloats();
  readonly results = growingWords();
  readonly key = growingShorts();
  readonly ends = growingBytes();
  readonly hasFired = growingBytes();
  readonly blocks = new PaneBlocks();
  areAll = true;

  get length(): number {
    return this.fromSeq.length;
  }

  apply(patches: PanePatches): void {
    this.areAll = patches.areAll;
    for (let i = 0; i < patches.length; i++) {
      const place = patches.index[i] ?? 0;
      this.startMs.set(place, patches.startMs[i] ?? 0);
      this.endMs.set(place, patches.endMs[i] ?? 0);
      this.fromSeq.set(place, patches.fromSeq[i] ?? 0);
      this.fromAtMs.set(place, patches.fromAtMs[i] ?? 0);
      this.toSeq.set(place, patches.toSeq[i] ?? Infinity);
      this.toAtMs.set(place, patches.toAtMs[i] ?? Infinity);
      this.value.set(place, patches.value[i] ?? Number.NaN);
      this.results.set(place, patches.results[i] ?? 0);
      this.key.set(place, patches.key[i] ?? 0);
      this.ends.set(place, patches.ends[i] ?? 0);
      this.hasFired.set(place, patches.hasFired[i] ?? 0);
      this.blocks.note(place, patches.fromAtMs[i] ?? 0, patches.toAtMs[i] ?? Infinity);
    }
  }
}

export class Pairs {
  readonly left = growingWords();
  readonly right = growingWords();
  readonly seq = growingFloats();
  readonly atMs = growingFloats();

  get length(): number {
    return this.seq.length;
  }

  append(pairs: PlanePairs): void {
    this.left.append(pairs.left);
    this.right.append(pairs.right);
    this.seq.append(pairs.seq);
    this.atMs.append(pairs.atMs);
  }
}

const NO_COUNTS: PlaneCounts = { byFate: [0, 0, 0, 0, 0, 0], timeless: 0, pairs: 0, pairsNotTold: 0 };

/** Everything that the plane of one node is drawn from. Grows with every update; what is drawn of it ends at `endSeq`. */
export class PlaneData {
  readonly filling: number;
  readonly facts: PlaneFacts;
  readonly points = new Points();
  readonly lines: Line[] = [];
  readonly panes = new Panes();
  readonly pairs = new Pairs();
  readonly keys: PlaneKey[] = [];
  /** Points of each key, by its number less one. */
  readonly keyCounts: number[] = [];
  counts: PlaneCounts = NO_COUNTS;
  toldSeq = 0;
  runSeq = 0;
  runAtMs = Number.NaN;

  constructor(facts: PlaneFacts, filling: number) {
    this.facts = facts;
    this.filling = filling;
  }

  /** Whether all that the run has taken is here. */
  get isFilled(): boolean {
    return this.toldSeq >= this.runSeq;
  }

  /** What is shown ends before this entry: the run may stand before what it has shown already. */
  get endSeq(): number {
    return Math.min(this.runSeq, this.toldSeq);
  }

  append(update: PlaneUpdate): void {
    this.lines.push(...update.lines.map((about) => new Line(about)));
    this.keys.push(...update.keys);
    if (update.points !== null) {
      this.points.append(update.points);
      for (const key of update.points.key) if (key > 0) this.keyCounts[key - 1] = (this.keyCounts[key - 1] ?? 0) + 1;
    }
    for (const steps of update.steps) this.lines[steps.line]?.append(steps);
    if (update.panes !== null) this.panes.apply(update.panes);
    if (update.pairs !== null) this.pairs.append(update.pairs);
    this.counts = update.counts;
    this.toldSeq = update.toldSeq;
    this.runSeq = update.runSeq;
    this.runAtMs = update.runAtMs;
  }
}
