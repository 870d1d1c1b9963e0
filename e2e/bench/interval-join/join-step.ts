import type { RowStep } from '../row-stream.ts';
import type { EventRow } from '../workload.ts';
import { DISORDER_MS } from '../workload.ts';

const SPAN_MS = 2000;

/** A left row and a right row of the same key. */
export interface Pair {
  readonly left: EventRow;
  readonly right: EventRow;
}

/** Rows of each side by key in Maps; what no partner can come for any more is let go when its key is touched. */
export class JoinStep implements RowStep {
  private readonly left = new Map<number, EventRow[]>();
  private readonly right = new Map<number, EventRow[]>();
  private leftMaxMs = -Infinity;
  private rightMaxMs = -Infinity;
  private watermark = -Infinity;
  private readonly emit: (pair: Pair) => void;

  constructor(emit: (pair: Pair) => void) {
    this.emit = emit;
  }

  next(row: EventRow): void {
    const { ts } = row;
    if (ts < this.watermark) return;
    if (row.side === 0) this.leftMaxMs = Math.max(this.leftMaxMs, ts);
    else this.rightMaxMs = Math.max(this.rightMaxMs, ts);
    this.watermark = Math.min(this.leftMaxMs, this.rightMaxMs) - DISORDER_MS - 1;
    if (row.side === 0) this.takeLeft(row);
    else this.takeRight(row);
  }

  end(): void {
    // Every pair was emitted when its second row came.
  }

  private takeLeft(left: EventRow): void {
    const others = this.right.get(left.key);
    if (others !== undefined) {
      letGo(others, this.watermark);
      for (const right of others) {
        if (right.ts >= left.ts && right.ts <= left.ts + SPAN_MS) this.emit({ left, right });
      }
    }
    keep(this.left, left);
  }

  private takeRight(right: EventRow): void {
    const others = this.left.get(right.key);
    if (others !== undefined) {
      letGo(others, this.watermark - SPAN_MS);
      for (const left of others) {
        if (right.ts >= left.ts && right.ts <= left.ts + SPAN_MS) this.emit({ left, right });
      }
    }
    keep(this.right, right);
  }
}

function keep(rows: Map<number, EventRow[]>, row: EventRow): void {
  const known = rows.get(row.key);
  if (known === undefined) rows.set(row.key, [row]);
  else known.push(row);
}

/** Drops the rows at the head that are older than `fromMs`. */
function letGo(rows: EventRow[], fromMs: number): void {
  let count = 0;
  while (count < rows.length && rows[count]!.ts < fromMs) count++;
  if (count > 0) rows.splice(0, count);
}
