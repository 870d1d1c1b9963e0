import type { Fates } from '../operator.ts';
import { ReferenceMatch, otherSide, sameValues } from '../reference-match.ts';
import type { Side } from '../reference-match.ts';
import type { Reference, ReferenceProgress, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { IntervalJoinBound } from './definition.ts';

interface Kept {
  readonly row: ReferenceRow;
  /** By which the row is matched: its event time, or when it came. */
  readonly time: number;
  matched: boolean;
}

/** What is kept of one key. A side's timer is when its rows are next looked through for those to forget. */
interface Cell {
  readonly key: ReferenceRow;
  readonly side: Side;
  readonly kept: [Kept[], Kept[]];
  readonly timers: [Timer | null, Timer | null];
}

interface Timer {
  readonly time: number;
  /** The how-many-eth it was to be set: of those for one time the first goes first. */
  readonly order: number;
}

interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/**
 * Flink SQL, `TimeIntervalJoin` with `RowTimeIntervalJoin` and `ProcTimeIntervalJoin`. Each side keeps its rows by time, as
 * long as a partner may come: until the time of the operator, its watermark but never below 0, or the clock, has passed
 * the end of what the row matches. A row joins with all that is still kept, however late it is. A row that is not kept, and
 * one that is forgotten, comes out with NULLs if it has met nobody and its side is outer.
 *
 * Rows are forgotten when a row of the other side with the same key comes by, and by a timer a clean-up interval later. Up
 * to where each side was last forgotten is known of all keys together; a row whose partners would all lie there
 * does not look for any.
 */
export class SqlIntervalJoin implements Reference {
  private readonly bound: IntervalJoinBound;
  private readonly match: ReferenceMatch;
  private readonly counted: Fates = noFates();
  private readonly cells: Cell[] = [];
  /** Up to which time the rows of each side were forgotten when that was last worked out. */
  private readonly expiration: [number, number] = [0, 0];
  private timersSet = 0;

  constructor({ bound, inputs }: ReferenceRequest<IntervalJoinBound>) {
    this.bound = bound;
    this.match = new ReferenceMatch(bound, inputs);
  }

  private get isByClock(): boolean {
    return this.bound.timeDomain === 'processing';
  }

  private isOuter(side: Side): boolean {
    return this.bound.kind === 'full' || this.bound.kind === (side === 0 ? 'left' : 'right');
  }

  /** How long after its own time a row may still match one of the other side. */
  private reach(side: Side): number {
    return side === 0 ? this.bound.upperMs : -this.bound.lowerMs;
  }

  row(input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const side: Side = input === 0 ? 0 : 1;
    const time = this.isByClock ? row.at : row.ts;
    if (Number.isNaN(time)) return this.reject(side, row);
    if (this.match.lacksKey(side, row.values) && !this.isOuter(side)) {
      this.counted.unmatched++;
      return [];
    }
    // StreamExecIntervalJoin.createNegativeWindowSizeJoin: nothing is kept, every row is without partner
    if (this.bound.upperMs < this.bound.lowerMs) return this.gone({ row, time, matched: false }, side, row);
    const cell = this.cellOf(side, row);
    const now = this.isByClock ? row.at : Math.max(0, watermark);
    const other = otherSide(side);
    const [from, to] = [time - this.reach(other), time + this.reach(side)];
    const looks = this.expiration[other] < to;
    const partners: Kept[] = [];
    for (const kept of looks ? cell.kept[other] : []) {
      if (kept.time < from || kept.time > to || this.match.lacksKey(side, row.values)) continue;
      const [left, right] = side === 0 ? [row, kept.row] : [kept.row, row];
      const holds = this.match.residualHolds(left.values, right.values);
      if (holds === null) return this.reject(side, row);
      if (holds) partners.push(kept);
    }
    const own: Kept = { row, time, matched: partners.length > 0 };
    const results: ReferenceResult[] = [];
    if (looks) {
      this.expiration[other] = this.expiredUpTo(now, other);
      for (const kept of [...cell.kept[other]]) {
        if (partners.includes(kept)) {
          kept.matched = true;
          results.push(this.joined(side, row, kept.row, row));
        }
        if (kept.time <= this.expiration[other]) results.push(...this.forget(cell, other, kept, row));
      }
    }
    if (now >= to) return [...results, ...this.gone(own, side, row)];
    this.counted.held++;
    cell.kept[side].push(own);
    cell.kept[side].sort((a, b) => a.time - b.time);
    cell.timers[side] ??= this.timerFor(side, time);
    return results;
  }

  watermark(watermark: number, seq: number): readonly ReferenceResult[] {
    return this.isByClock ? [] : this.timersUpTo(watermark, { seq, phase: 1 });
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    return this.isByClock ? this.timersUpTo(now, { seq, phase: 1 }) : [];
  }

  /** KeyedCoProcessOperatorWithWatermarkDelay: by the longest that a row waits for its partners. */
  shows({ watermark, idle }: ReferenceProgress): ReferenceProgress {
    const isHeldBack = !this.isByClock && this.bound.upperMs >= this.bound.lowerMs;
    const byMs = isHeldBack ? Math.max(this.reach(0), this.reach(1)) + this.bound.latenessMs : 0;
    return { watermark: watermark - byMs, idle };
  }

  fates(): Fates {
    return this.counted;
  }

  private timersUpTo(now: number, place: Place): readonly ReferenceResult[] {
    const results: ReferenceResult[] = [];
    for (;;) {
      const due = this.cells.flatMap((cell) => {
        return cell.timers.flatMap((timer) => (timer !== null && timer.time <= now ? [{ cell, ...timer }] : []));
      });
      due.sort((a, b) => a.time - b.time || a.order - b.order);
      const [first] = due;
      if (first === undefined) return results;
      const { cell, time } = first;
      // The timer of the right rows is looked at first.
      for (const side of [1, 0] as const) {
        if (cell.timers[side]?.time !== time) continue;
        this.expiration[side] = this.expiredUpTo(this.isByClock ? now : Math.max(0, now), side);
        for (const kept of [...cell.kept[side]])
          if (kept.time <= this.expiration[side]) results.push(...this.forget(cell, side, kept, place));
        const [earliest] = cell.kept[side];
        cell.timers[side] = earliest === undefined ? null : this.timerFor(side, earliest.time);
      }
    }
  }

  private timerFor(side: Side, time: number): Timer {
    this.timersSet++;
    const dueAt = time + this.reach(side) + this.bound.minCleanupMs + this.bound.latenessMs + 1;
    return { time: dueAt, order: this.timersSet };
  }

  private expiredUpTo(now: number, side: Side): number {
    return now - this.reach(side) - this.bound.latenessMs - 1;
  }

  private forget(cell: Cell, side: Side, kept: Kept, place: Place): readonly ReferenceResult[] {
    cell.kept[side].splice(cell.kept[side].indexOf(kept), 1);
    this.counted.held--;
    return this.gone(kept, side, place);
  }

  /** What becomes of a row that no partner can meet any more. */
  private gone({ row, matched }: Kept, side: Side, place: Place): readonly ReferenceResult[] {
    if (matched || this.isOuter(side)) this.counted.used++;
    else this.counted.unmatched++;
    return matched || !this.isOuter(side) ? [] : [this.joined(side, row, null, place)];
  }

  private joined(side: Side, row: ReferenceRow, other: ReferenceRow | null, { seq, phase }: Place): ReferenceResult {
    const values = this.match.joined(side, row.values, other?.values ?? null);
    const times = side === 0 ? [row.ts, other?.ts] : [other?.ts, row.ts];
    const larger = Math.max(...times.filter((time) => time !== undefined));
    const { resultTime } = this.bound;
    const ts = resultTime === 'larger' ? larger : (times[resultTime === 'left' ? 0 : 1] ?? Number.NaN);
    return { port: 'out', seq, phase, ts, values, window: null, pane: null };
  }

  private reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    const values = this.match.joined(side, row.values, null);
    return [{ port: 'rejected', seq: row.seq, phase: row.phase, ts: row.ts, values, window: null, pane: null }];
  }

  /** Where rows of the key are kept; NULL is a key like others here. */
  private cellOf(side: Side, row: ReferenceRow): Cell {
    const key = this.match.keyOf(side, row.values);
    let cell = this.cells.find((other) => sameValues(this.match.keyOf(other.side, other.key.values), key));
    if (cell === undefined) this.cells.push((cell = { key: row, side, kept: [[], []], timers: [null, null] }));
    return cell;
  }
}
