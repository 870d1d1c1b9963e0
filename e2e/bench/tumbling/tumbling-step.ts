import type { RowStep } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import type { KeyedRow } from '../workload.ts';
import { DISORDER_MS } from '../workload.ts';

const SIZE_MS = 10_000;

interface Totals {
  count: number;
  sum: number;
}

/** Windows of keys in nested Maps. */
export class TumblingStep<Key> implements RowStep<KeyedRow<Key>> {
  private readonly windows = new Map<number, Map<Key, Totals>>();
  private maxMs = -Infinity;
  private watermark = -Infinity;
  private fireAt = Infinity;
  private readonly emit: (row: WindowRow<Key>) => void;

  constructor(emit: (row: WindowRow<Key>) => void) {
    this.emit = emit;
  }

  next({ key, value, ts }: KeyedRow<Key>): void {
    if (ts > this.maxMs) {
      this.maxMs = ts;
      this.watermark = ts - DISORDER_MS - 1;
      if (this.watermark >= this.fireAt) this.fire();
    }
    const startMs = Math.floor(ts / SIZE_MS) * SIZE_MS;
    if (startMs + SIZE_MS - 1 <= this.watermark) return;
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

  end(): void {
    this.watermark = Infinity;
    this.fire();
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
