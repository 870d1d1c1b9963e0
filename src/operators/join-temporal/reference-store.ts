import type { Fates } from '../operator.ts';
import { compareKeyBytes } from '../reference-key-order.ts';
import { sameValues } from '../reference-match.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import type { TemporalJoinBound } from './definition.ts';
import type { Kept } from './reference-sides.ts';
import { Sides } from './reference-sides.ts';

/**
 * The version that was valid at the row's time, of Kafka 4.0: `KStreamKTableJoinProcessor`, its buffer
 * `RocksDBTimeOrderedKeyValueBuffer`, and `RocksDBVersionedStore`, which takes no change and shows no version older than its
 * newest change less the retention, but for the latest of a key.
 */
export class StoreJoin implements Reference {
  private readonly sides: Sides;
  private buffer: Kept[] = [];
  private leftTime = -1;
  private versions: Kept[] = [];
  private tableTime = -1;

  constructor(request: ReferenceRequest<TemporalJoinBound>) {
    this.sides = new Sides(request);
  }

  /** Time moves with records alone. */
  watermark(): readonly ReferenceResult[] {
    return [];
  }

  fates(): Fates {
    return this.sides.counted;
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    const side = input === 0 ? 0 : 1;
    if (Number.isNaN(row.ts) || row.ts < 0) return this.sides.reject(side, row);
    if (side === 1) return this.right(row);
    if (!this.sides.lacksKey(0, row)) return this.left(row);
    if (this.sides.bound.kind === 'inner') return this.sides.reject(0, row);
    this.sides.ends(true);
    return this.sides.given({ row, isOwn: true, wasGiven: false }, null, row);
  }

  private left(row: ReferenceRow): readonly ReferenceResult[] {
    const { graceMs, match } = this.sides.bound;
    const own: Kept = { row, isOwn: true, wasGiven: false };
    if (row.ts < this.leftTime - graceMs || graceMs === 0) {
      const found = this.versionAt(row);
      const holds = found === null ? false : this.sides.match.residualHolds(row.values, found.row.values);
      if (holds === null) return this.sides.reject(0, row);
      const results = this.sides.given(own, holds ? found : null, row);
      this.sides.ends(results.length > 0);
      return results;
    }
    this.leftTime = Math.max(this.leftTime, row.ts);
    this.sides.counted.held++;
    this.buffer.push(own);
    const due = this.buffer.filter((kept) => kept.row.ts <= this.leftTime - graceMs);
    this.buffer = this.buffer.filter((kept) => !due.includes(kept));
    due.sort(
      (a, b) =>
        a.row.ts - b.row.ts ||
        compareKeyBytes(match.leftKey.fields, this.sides.keyOf(0, a.row), this.sides.keyOf(0, b.row)),
    );
    return due.flatMap((kept) => {
      const found = this.versionAt(kept.row);
      const holds = found !== null && this.sides.match.residualHolds(kept.row.values, found.row.values) === true;
      const results = this.sides.given(kept, holds ? found : null, row);
      this.sides.leaves(kept);
      return results;
    });
  }

  /** The versions of the key of a left or right row, the newest first. */
  private versionsOf(side: 0 | 1, row: ReferenceRow): readonly Kept[] {
    const key = this.sides.keyOf(side, row);
    return this.versions
      .filter((version) => sameValues(this.sides.keyOf(1, version.row), key))
      .sort((a, b) => b.row.ts - a.row.ts);
  }

  private versionAt(row: ReferenceRow): Kept | null {
    const versions = this.versionsOf(0, row);
    const isExpired = row.ts < this.tableTime - this.sides.bound.historyRetentionMs;
    const found = (isExpired ? versions.slice(0, 1) : versions).find((version) => version.row.ts <= row.ts);
    return found === undefined || found.row.op === '-D' ? null : found;
  }

  private right(row: ReferenceRow): readonly ReferenceResult[] {
    if (this.sides.lacksKey(1, row)) return this.sides.reject(1, row);
    if (row.ts < this.tableTime - this.sides.bound.historyRetentionMs) {
      this.sides.counted.late++;
      return [this.sides.alone(1, row, 'late')];
    }
    this.tableTime = Math.max(this.tableTime, row.ts);
    for (const version of this.versionsOf(1, row)) if (version.row.ts === row.ts) this.drop(version);
    this.versions.push({ row, isOwn: true, wasGiven: false });
    this.sides.counted.held++;
    this.sweep();
    return [];
  }

  /** Versions that another one has followed for longer than the retention are shown to nobody. */
  private sweep(): void {
    const oldest = this.tableTime - this.sides.bound.historyRetentionMs;
    for (const version of [...this.versions]) {
      const followers = this.versionsOf(1, version.row).filter(({ row }) => row.ts > version.row.ts);
      const until = Math.min(...followers.map(({ row }) => row.ts));
      if (until <= oldest) this.drop(version);
    }
  }

  private drop(version: Kept): void {
    this.versions.splice(this.versions.indexOf(version), 1);
    this.sides.leaves(version);
  }
}
