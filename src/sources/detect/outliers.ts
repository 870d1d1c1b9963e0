const DAY_MS = 86_400_000;
const KEPT = 64;

interface Late {
  readonly timeMs: number;
  readonly line: number;
  readonly row: number;
}

/** An event so far ahead of all others that every later one would be late. */
export interface Outlier {
  readonly line: number;
  readonly timeMs: number;
  /** Events behind it in the file. */
  readonly laterEvents: number;
}

/**
 * Watches event times for the few that are far ahead of all others: at least a day, and a hundred times the span of the
 * rest, and no more than a quarter of the events. One of them moves the watermark past everything that follows.
 */
export class OutlierWatch {
  private readonly highest: Late[] = [];
  private leastMs = Infinity;
  private rows = 0;

  look(timeMs: number, line: number): void {
    this.leastMs = Math.min(this.leastMs, timeMs);
    const row = this.rows++;
    const { highest } = this;
    const last = highest[highest.length - 1];
    if (highest.length === KEPT && last !== undefined && timeMs <= last.timeMs) return;
    let at = highest.length;
    while (at > 0 && (highest[at - 1]?.timeMs ?? Infinity) < timeMs) at--;
    highest.splice(at, 0, { timeMs, line, row });
    if (highest.length > KEPT) highest.pop();
  }

  /** The first such event in the file, null when there is none. */
  find(): Outlier | null {
    const { highest } = this;
    for (let count = 1; count < highest.length && count * 4 <= this.rows; count++) {
      const least = highest[count - 1];
      const next = highest[count];
      if (least === undefined || next === undefined) return null;
      const gapMs = least.timeMs - next.timeMs;
      if (gapMs < DAY_MS || gapMs < 100 * (next.timeMs - this.leastMs)) continue;
      const ahead = highest.slice(0, count);
      const first = ahead.reduce((a, b) => (b.row < a.row ? b : a));
      const laterEvents = this.rows - 1 - first.row - (count - 1);
      return laterEvents > 0 ? { line: first.line, timeMs: first.timeMs, laterEvents } : null;
    }
    return null;
  }
}
