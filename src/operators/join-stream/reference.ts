import type { Fates } from '../operator.ts';
import { compareKeyBytes } from '../reference-key-order.ts';
import type { Side } from '../reference-match.ts';
import { ReferenceMatch, otherSide, sameValues } from '../reference-match.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { StreamJoinBound } from './definition.ts';

interface Kept {
  readonly row: ReferenceRow;
  readonly side: Side;
  wasGiven: boolean;
}

/**
 * Kafka 4.0, `KStreamKStreamJoin`. Both sides share one stream time and one store of rows that wait for a partner; each has a
 * window store, which shows what is newer than its own newest row less the retention.
 */
export function streamJoinReference(request: ReferenceRequest<StreamJoinBound>): Reference {
  return new StreamJoin(request);
}

class StreamJoin implements Reference {
  private readonly bound: StreamJoinBound;
  private readonly match: ReferenceMatch;
  private readonly isKsqldb: boolean;
  private readonly counted: Fates = noFates();
  /** The window stores: every row by time, then arrival. */
  private stores: [Kept[], Kept[]] = [[], []];
  private readonly storeTimes: [number, number] = [-1, -1];
  /** Rows that may still come out padded. */
  private waiting: Kept[] = [];
  private streamTime = -1;
  /** Where the last look at the waiting rows ended; the least time that came to wait since. */
  private minTime = Infinity;
  private nextTimeToEmit = 0;

  constructor({ bound, inputs, dialect }: ReferenceRequest<StreamJoinBound>) {
    this.bound = bound;
    this.match = new ReferenceMatch(bound, inputs);
    this.isKsqldb = dialect === 'ksqldb';
  }

  /** Time moves with records alone. */
  watermark(): readonly ReferenceResult[] {
    return [];
  }

  fates(): Fates {
    return this.counted;
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    const side: Side = input === 0 ? 0 : 1;
    const lacksKey = this.match.lacksKey(side, row.values);
    const value = this.bound.valueColumns[side];
    const lacksValue = value !== null && row.values[value] === null;
    // RecordQueue skips negative times; ksqlDB's Kafka drops records without key or value before they are seen.
    const isUnseen = this.isKsqldb && (lacksKey || lacksValue);
    if (Number.isNaN(row.ts) || row.ts < 0 || isUnseen) return this.reject(side, row);
    const own: Kept = { row, side, wasGiven: false };
    const hits = lacksKey || lacksValue ? [] : this.hitsOf(own);
    if (hits === null) return this.reject(side, row);
    this.streamTime = Math.max(this.streamTime, row.ts);
    if (lacksValue) return this.reject(side, row);
    if (lacksKey) {
      if (!this.pads(side)) return this.reject(side, row);
      this.counted.used++;
      return [this.padded(own, row)];
    }
    const results = row.ts === this.streamTime ? this.expired(side, row) : [];
    for (const other of hits) {
      this.waiting = this.waiting.filter((kept) => !this.isOneWait(kept, other));
      results.push(this.joined(own, other));
    }
    if (hits.length === 0 && this.pads(side)) {
      if (this.bound.padding === 'eager' || Math.max(0, row.ts + this.after(side)) < this.streamTime) {
        results.push(this.padded(own, row));
      } else {
        this.minTime = Math.min(this.minTime, row.ts);
        this.waiting.push(own);
      }
    }
    this.storeTimes[side] = Math.max(this.storeTimes[side], row.ts);
    this.stores[side].push(own);
    this.counted.held++;
    this.sweep();
    return results;
  }

  private pads(side: Side): boolean {
    return this.bound.kind === 'full' || this.bound.kind === (side === 0 ? 'left' : 'right');
  }

  /** How long after a row of this side one of the other may be. */
  private after(side: Side): number {
    return side === 0 ? this.bound.afterMs : this.bound.beforeMs;
  }

  private isVisible({ row, side }: Kept): boolean {
    return row.ts > this.storeTimes[side] - this.bound.retentionMs;
  }

  /** What the other side shows of the key in the row's interval; null where the condition fails. */
  private hitsOf({ row, side }: Kept): readonly Kept[] | null {
    const other = otherSide(side);
    const from = Math.max(0, row.ts - this.after(other));
    const to = Math.max(0, row.ts + this.after(side));
    const hits: Kept[] = [];
    for (const kept of this.stores[other].toSorted((a, b) => a.row.ts - b.row.ts)) {
      const [left, right] = side === 0 ? [row, kept.row] : [kept.row, row];
      if (!this.isVisible(kept) || kept.row.ts < from || kept.row.ts > to) continue;
      if (!this.match.keysMatch(left.values, right.values)) continue;
      const holds = this.match.residualHolds(left.values, right.values);
      if (holds === null) return null;
      if (holds) hits.push(kept);
    }
    return hits;
  }

  /** Rows of one side, key and time wait as one. */
  private isOneWait(a: Kept, b: Kept): boolean {
    return a.side === b.side && a.row.ts === b.row.ts && sameValues(this.keyOf(a), this.keyOf(b));
  }

  private keyOf({ row, side }: Kept): ReturnType<ReferenceMatch['keyOf']> {
    return this.match.keyOf(side, row.values);
  }

  /** `emitNonJoinedOuterRecords`: by time, right before left, by key; until an open one of each side was seen. */
  private expired(side: Side, cause: ReferenceRow): ReferenceResult[] {
    const { graceMs, padding, emitIntervalMs, kind, leftKey } = this.bound;
    if (kind === 'inner' || padding === 'eager') return [];
    const waitMs = this.after(side) + graceMs;
    // The engine's least time of an empty store is Long.MAX_VALUE, and a sum with it is a negative number.
    const mayLook = this.minTime === Infinity ? waitMs > 0 : this.minTime + waitMs < this.streamTime;
    if (!mayLook || cause.at < this.nextTimeToEmit) return [];
    this.nextTimeToEmit = cause.at + emitIntervalMs;
    this.minTime = Infinity;
    const results: ReferenceResult[] = [];
    const open = new Set<Side>();
    const ordered = this.waiting.toSorted(
      (a, b) => a.row.ts - b.row.ts || b.side - a.side || compareKeyBytes(leftKey.fields, this.keyOf(a), this.keyOf(b)),
    );
    for (const kept of ordered) {
      this.minTime = kept.row.ts;
      if (open.size === 2) break;
      if (kept.row.ts + this.after(kept.side) + graceMs >= this.streamTime) {
        open.add(kept.side);
        continue;
      }
      this.waiting.splice(this.waiting.indexOf(kept), 1);
      results.push(this.padded(kept, cause));
    }
    return results;
  }

  private joined(own: Kept, other: Kept): ReferenceResult {
    own.wasGiven = other.wasGiven = true;
    const { seq, phase, ts } = own.row;
    const values = this.match.joined(own.side, own.row.values, other.row.values);
    return { port: 'out', seq, phase, ts: Math.max(ts, other.row.ts), values, window: null, pane: null };
  }

  private padded(kept: Kept, { seq, phase }: ReferenceRow): ReferenceResult {
    kept.wasGiven = true;
    const values = this.match.joined(kept.side, kept.row.values, null);
    return { port: 'out', seq, phase, ts: kept.row.ts, values, window: null, pane: null };
  }

  /** Rows that neither store shows any more meet their end. */
  private sweep(): void {
    for (const side of [0, 1] as const) {
      this.stores[side] = this.stores[side].filter((kept) => {
        if (this.isVisible(kept) || this.waiting.includes(kept)) return true;
        this.counted.held--;
        if (kept.wasGiven) this.counted.used++;
        else this.counted.unmatched++;
        return false;
      });
    }
  }

  private reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    const values = this.match.joined(side, row.values, null);
    return [{ port: 'rejected', seq: row.seq, phase: row.phase, ts: row.ts, values, window: null, pane: null }];
  }
}
