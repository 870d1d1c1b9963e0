import type { RowStep } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import type { EventRow } from '../workload.ts';
import { DISORDER_MS } from '../workload.ts';
import { GAP_MS } from './gap.ts';

/** How far the watermark moves on between two looks for sessions of keys of which nothing comes. */
const SWEEP_MS = 1000;

interface Session {
  startMs: number;
  endMs: number;
  count: number;
  sum: number;
}

/** Open sessions of each key in a Map. A row bridges those it touches; a session fires when its key is met or by a sweep. */
export class SessionStep implements RowStep {
  private readonly sessions = new Map<number, Session[]>();
  private maxMs = -Infinity;
  private watermark = -Infinity;
  private sweepAt = -Infinity;
  private readonly emit: (row: WindowRow) => void;

  constructor(emit: (row: WindowRow) => void) {
    this.emit = emit;
  }

  next({ key, value, ts }: EventRow): void {
    if (ts > this.maxMs) {
      this.maxMs = ts;
      this.watermark = ts - DISORDER_MS - 1;
      if (this.watermark >= this.sweepAt) this.sweep();
    }
    let open = this.sessions.get(key);
    if (open === undefined) {
      open = [];
      this.sessions.set(key, open);
    }
    this.fire(key, open);
    const met = open.filter(({ startMs, endMs }) => ts <= endMs && ts + GAP_MS >= startMs);
    const [first, ...others] = met;
    if (first === undefined) {
      const endMs = ts + GAP_MS;
      if (endMs - 1 > this.watermark) open.push({ startMs: ts, endMs, count: 1, sum: value });
      return;
    }
    first.startMs = Math.min(first.startMs, ts);
    first.endMs = Math.max(first.endMs, ts + GAP_MS);
    first.count++;
    first.sum += value;
    for (const other of others) {
      first.startMs = Math.min(first.startMs, other.startMs);
      first.endMs = Math.max(first.endMs, other.endMs);
      first.count += other.count;
      first.sum += other.sum;
      open.splice(open.indexOf(other), 1);
    }
  }

  end(): void {
    this.watermark = Infinity;
    this.sweep();
  }

  private sweep(): void {
    this.sweepAt = this.watermark + SWEEP_MS;
    for (const [key, open] of this.sessions) this.fire(key, open);
  }

  private fire(key: number, open: Session[]): void {
    for (let i = open.length - 1; i >= 0; i--) {
      const session = open[i]!;
      if (session.endMs - 1 > this.watermark) continue;
      open.splice(i, 1);
      this.emit({ key, ...session });
    }
  }
}
