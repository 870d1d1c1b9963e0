import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { IntervalJoinBound } from './definition.ts';

interface Kept {
  readonly row: ReferenceRow;
  readonly keptAt: number;
  matched: boolean;
}

/**
 * Keeps every row in one list a side and looks at all of them. Flink 2.0, `IntervalJoinOperator`: late when ts < W; a
 * left row is forgotten by the first later watermark W >= ts + upper (ts when upper <= 0), a right row by W >= ts - lower
 * (ts when lower >= 0).
 */
export function intervalJoinReference({ bound, inputs }: ReferenceRequest<IntervalJoinBound>): Reference {
  const fates: Fates = noFates();
  const sides: [Kept[], Kept[]] = [[], []];
  const keyColumns = [bound.leftKey.columns, bound.rightKey.columns] as const;
  const keyOf = (side: number, row: ReferenceRow): readonly unknown[] =>
    keyColumns[side === 0 ? 0 : 1].map((column) => row.values[column]!);
  const expiry = (side: number, ts: number): number =>
    side === 0 ? ts + Math.max(bound.upperMs, 0) : ts + Math.max(-bound.lowerMs, 0);

  const join = (side: 0 | 1, row: ReferenceRow, own: Kept): readonly ReferenceResult[] => {
    const key = keyOf(side, row);
    const partners = sides[side === 0 ? 1 : 0].filter((other) => {
      const [left, right] = side === 0 ? [row, other.row] : [other.row, row];
      const apart = right.ts - left.ts;
      return sameKey(key, keyOf(1 - side, other.row)) && apart >= bound.lowerMs && apart <= bound.upperMs;
    });
    partners.sort((a, b) => a.row.ts - b.row.ts);
    return partners.map((other) => {
      other.matched = own.matched = true;
      const [left, right] = side === 0 ? [row, other.row] : [other.row, row];
      const values = [...left.values, ...right.values];
      const { seq, phase } = row;
      return { port: 'out', seq, phase, ts: Math.max(left.ts, right.ts), values, window: null, pane: null };
    });
  };

  const pad = (side: 0 | 1, row: ReferenceRow): ReferenceResult => {
    const nulls = inputs[side === 0 ? 1 : 0]!.schema.fields.map(() => null);
    const values = side === 0 ? [...row.values, ...nulls] : [...nulls, ...row.values];
    return { ...row, port: 'late', values, window: null, pane: null };
  };

  return {
    row(input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
      const side = input === 0 ? 0 : 1;
      if (Number.isNaN(row.ts)) fates.rejected++;
      else if (row.ts < watermark) {
        fates.late++;
        fates.lateWindows++;
        return [pad(side, row)];
      } else if (keyOf(side, row).includes(null)) fates.unmatched++;
      else {
        const own = { row, keptAt: watermark, matched: false };
        const results = join(side, row, own);
        sides[side].push(own);
        return results;
      }
      return [];
    },
    watermark(watermark: number): readonly ReferenceResult[] {
      ([0, 1] as const).forEach((side) => {
        sides[side] = sides[side].filter((kept) => {
          if (expiry(side, kept.row.ts) > watermark || kept.keptAt >= watermark) return true;
          if (kept.matched) fates.used++;
          else fates.unmatched++;
          return false;
        });
      });
      return [];
    },
    fates: () => ({ ...fates, held: sides[0].length + sides[1].length }),
  };
}

function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
