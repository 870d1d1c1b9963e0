import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { JoinRow } from './side-buffer.ts';
import { WaitingRows } from './waiting-rows.ts';

export interface OuterStoreRules {
  /** How long after its own time a row of the left and of the right side may find a partner. */
  readonly aheadMs: readonly [left: DurationMs, right: DurationMs];
  readonly graceMs: DurationMs;
  readonly emitIntervalMs: DurationMs;
}

/** A row that came, as far as it makes others come out. */
export interface Look {
  readonly side: 0 | 1;
  readonly streamTimeMs: EventTimeMs;
  readonly nowMs: ProcessingTimeMs;
}

export interface DueRow {
  readonly side: 0 | 1;
  readonly row: JoinRow;
}

/**
 * The rows without partner of both sides, in the order of Kafka's outer store: by time, right before left, bytes of the key,
 * arrival. `KStreamKStreamJoin.emitNonJoinedOuterRecords`.
 */
export class OuterStore {
  private readonly sides: readonly [WaitingRows, WaitingRows] = [new WaitingRows(), new WaitingRows()];
  private readonly rules: OuterStoreRules;
  /**
   * The engine's guess of the earliest time in the store, by which it saves looks. A look leaves it at the time of the entry
   * that it read last, which may be behind others that wait: those then come out later than they could.
   */
  private guessMs: EventTimeMs = Infinity;
  private nextLookAtMs: ProcessingTimeMs = 0;

  constructor(rules: OuterStoreRules) {
    this.rules = rules;
  }

  add(side: 0 | 1, row: JoinRow): void {
    this.guessMs = Math.min(this.guessMs, row.timeMs);
    this.wait(side, row);
  }

  private wait(side: 0 | 1, row: JoinRow): void {
    row.isWaiting = true;
    this.sides[side].add(row);
  }

  /** A partner came for the rows of this time and key. */
  remove(side: 0 | 1, { timeMs, key }: JoinRow): void {
    for (const row of this.sides[side].take(timeMs, key)) row.isWaiting = false;
  }

  /** Takes out the rows whose time is over, as far as the engine looks for them now. */
  due({ side, streamTimeMs, nowMs }: Look): readonly DueRow[] {
    const { aheadMs, graceMs, emitIntervalMs } = this.rules;
    const waitMs = aheadMs[side] + graceMs;
    // The guess of an empty store is Long.MAX_VALUE, and the sum flows over unless the wait is 0.
    const isOver = this.guessMs === Infinity ? waitMs > 0 : this.guessMs + waitMs < streamTimeMs;
    if (!isOver || nowMs < this.nextLookAtMs) return [];
    this.nextLookAtMs = nowMs + emitIntervalMs;
    const due: DueRow[] = [];
    for (;;) {
      const first = this.firstDue(streamTimeMs);
      if (first === null) break;
      for (const row of this.sides[first].takeFirst()) {
        row.isWaiting = false;
        due.push({ side: first, row });
      }
    }
    this.guessMs = this.lastRead(due.at(-1)?.row.timeMs ?? -Infinity);
    return due;
  }

  /** The side whose rows come out next; null when no row's time is over. */
  private firstDue(streamTimeMs: EventTimeMs): 0 | 1 | null {
    const [left, right] = this.sides.map(({ firstTimeMs }, side) => {
      const isOver = firstTimeMs + this.rules.aheadMs[side === 0 ? 0 : 1] + this.rules.graceMs < streamTimeMs;
      return isOver ? firstTimeMs : Infinity;
    }) as [EventTimeMs, EventTimeMs];
    if (left === Infinity && right === Infinity) return null;
    return right <= left ? 1 : 0;
  }

  /** The time of the entry at which a look ends: the one behind the first entries of both sides that still wait, or the last. */
  private lastRead(lastDueMs: EventTimeMs): EventTimeMs {
    const [left, right] = this.sides;
    const leftMs = left.firstTimeMs;
    const rightMs = right.firstTimeMs;
    if (leftMs === Infinity || rightMs === Infinity) {
      const lastMs = Math.max(lastDueMs, left.lastTimeMs, right.lastTimeMs);
      return lastMs === -Infinity ? Infinity : lastMs;
    }
    const nextMs =
      leftMs >= rightMs
        ? Math.min(left.secondFrom(leftMs), right.firstFrom(leftMs + 1))
        : Math.min(right.secondFrom(rightMs), left.firstFrom(rightMs));
    return nextMs === Infinity ? Math.max(leftMs, rightMs) : nextMs;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.guessMs);
    writer.f64(this.nextLookAtMs);
  }

  /** Rows come back by `readd`, in order of arrival. */
  restore(reader: StateReader): void {
    this.guessMs = reader.f64();
    this.nextLookAtMs = reader.f64();
  }

  /** Puts a row of a snapshot back. */
  readd(side: 0 | 1, row: JoinRow): void {
    this.wait(side, row);
  }
}
