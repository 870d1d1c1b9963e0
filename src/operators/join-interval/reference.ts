import type { Fates } from '../operator.ts';
import { ReferenceMatch, otherSide } from '../reference-match.ts';
import type { Side } from '../reference-match.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { IntervalJoinBound } from './definition.ts';
import { SqlIntervalJoin } from './reference-sql.ts';

interface Kept {
  readonly row: ReferenceRow;
  readonly keptAt: number;
  matched: boolean;
}

export function intervalJoinReference(request: ReferenceRequest<IntervalJoinBound>): Reference {
  return request.dialect === 'flink-sql' ? new SqlIntervalJoin(request) : new StreamIntervalJoin(request);
}

/**
 * Keeps every row in one list a side and looks at all of them. Flink 2.0, `IntervalJoinOperator`: late when ts < W; a
 * left row is forgotten by the first later watermark W >= ts + upper (ts when upper <= 0), a right row by W >= ts - lower
 * (ts when lower >= 0).
 */
class StreamIntervalJoin implements Reference {
  private readonly bound: IntervalJoinBound;
  private readonly match: ReferenceMatch;
  private readonly counted: Fates = noFates();
  private readonly sides: [Kept[], Kept[]] = [[], []];

  constructor({ bound, inputs }: ReferenceRequest<IntervalJoinBound>) {
    this.bound = bound;
    this.match = new ReferenceMatch(bound, inputs);
  }

  row(input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const side: Side = input === 0 ? 0 : 1;
    if (Number.isNaN(row.ts)) return this.reject(side, row);
    if (row.ts < watermark) {
      this.counted.late++;
      this.counted.lateWindows++;
      return [this.alone(side, row, 'late')];
    }
    if (this.match.lacksKey(side, row.values)) {
      this.counted.unmatched++;
      return [];
    }
    const partners: Kept[] = [];
    for (const other of this.sides[otherSide(side)]) {
      const [left, right] = side === 0 ? [row, other.row] : [other.row, row];
      const apart = right.ts - left.ts;
      if (!this.match.keysMatch(left.values, right.values)) continue;
      if (apart < this.bound.lowerMs || apart > this.bound.upperMs) continue;
      const holds = this.match.residualHolds(left.values, right.values);
      if (holds === null) return this.reject(side, row);
      if (holds) partners.push(other);
    }
    this.sides[side].push({ row, keptAt: watermark, matched: partners.length > 0 });
    partners.sort((a, b) => a.row.ts - b.row.ts);
    return partners.map((other) => {
      other.matched = true;
      const { seq, phase, ts } = row;
      const values = this.match.joined(side, row.values, other.row.values);
      return { port: 'out', seq, phase, ts: Math.max(ts, other.row.ts), values, window: null, pane: null };
    });
  }

  watermark(watermark: number): readonly ReferenceResult[] {
    for (const side of [0, 1] as const) {
      this.sides[side] = this.sides[side].filter(({ row, keptAt, matched }) => {
        const reach = side === 0 ? this.bound.upperMs : -this.bound.lowerMs;
        if (row.ts + Math.max(reach, 0) > watermark || keptAt >= watermark) return true;
        this.counted[matched ? 'used' : 'unmatched']++;
        return false;
      });
    }
    return [];
  }

  fates(): Fates {
    return { ...this.counted, held: this.sides[0].length + this.sides[1].length };
  }

  private reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    return [this.alone(side, row, 'rejected')];
  }

  private alone(side: Side, row: ReferenceRow, port: 'late' | 'rejected'): ReferenceResult {
    const { seq, phase, ts } = row;
    return { port, seq, phase, ts, values: this.match.joined(side, row.values, null), window: null, pane: null };
  }
}
