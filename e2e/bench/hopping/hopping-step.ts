import type { RowStep } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import type { EventRow } from '../workload.ts';
import { DISORDER_MS } from '../workload.ts';
import { ADVANCE_MS, SIZE_MS } from './windows.ts';

interface Totals {
  count: number;
  sum: number;
}

/** Windows of keys in nested Maps; each row goes into every window that holds it. */
export class HoppingStep implements RowStep {
  private readonly windows = new Map<number, Map<number, Totals>>();
  private maxMs = -Infinity;
  private watermark = -Infinity;
  private fireAt = Infinity;
  private readonly emit: (row: WindowRow) => void;

  constructor(emit: (row: WindowRow) => void) {
    this.emit = emit;
  }

  next(row: EventRow): void {
    const { ts } = row;
    if (ts > this.maxMs) {
      this.maxMs = ts;
      this.watermark = ts - DISORDER_MS - 1;
      if (this.watermark >= this.fireAt) this.fire();
    }
    for (let startMs = Math.floor(ts / ADVANCE_MS) * ADVANCE_MS; startMs > ts - SIZE_MS; startMs -= ADVANCE_MS) {
      if (startMs + SIZE_MS - 1 > this.watermark) this.add(startMs, row);
    }
  }

  end(): void {
    this.watermark = Infinity;
    this.fire();
  }

  private add(startMs: number, { key, value }: EventRow): void {
    let window = this.windows.get(startMs);
    if (window === undefined) {
      window = new Map();
      this.windows.set(startMs, window);
      this.fireAt = Math.min(this.fireAt, startMs + SIZE_MS - 1);
    }
    const totals = window.get(key);
    if (totals === undefined) window.set(key, { count: 1, sum: value });
    else {
      totals.count++;
      totals.sum += value;
    }
  }

  private fire(): void {
    this.fireAt = Infinity;
    for (const [startMs, window] of [...this.windows].sort(([a], [b]) => a - b)) {
      const endMs = startMs + SIZE_MS;
      if (endMs - 1 > this.watermark) {
        this.fireAt = Math.min(this.fireAt, endMs - 1);
        continue;
      }
      this.windows.delete(startMs);
      for (const [key, { count, sum }] of window) this.emit({ key, startMs, endMs, count, sum });
    }
  }
}
