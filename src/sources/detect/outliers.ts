import type { Finding } from './findings.ts';

const DAY_MS = 86_400_000;
/** Events ahead of all others, and days that events fall on, at most: beyond that nothing is an outlier. */
const MOST_AHEAD = 64;
const MOST_DAYS = 65_536;

/** The events of one day. */
interface Day {
  readonly startMs: number;
  count: number;
  leastMs: number;
  mostMs: number;
  /** Of its events the first in the file. */
  readonly first: { readonly timeMs: number; readonly line: number; readonly row: number };
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
  private readonly days = new Map<number, Day>();
  private today: Day | null = null;
  private rows = 0;

  /** Looks at the next events of the file. */
  look(times: Float64Array, lines: Float64Array): void {
    if (this.days.size > MOST_DAYS) return;
    let { today } = this;
    for (let i = 0; i < times.length; i++) {
      const timeMs = times[i] ?? 0;
      if (today === null || !(timeMs >= today.startMs && timeMs < today.startMs + DAY_MS)) {
        today = this.dayOf(timeMs, lines[i] ?? 0, this.rows + i);
      }
      today.count++;
      if (timeMs < today.leastMs) today.leastMs = timeMs;
      if (timeMs > today.mostMs) today.mostMs = timeMs;
    }
    this.rows += times.length;
    this.today = today;
  }

  private dayOf(timeMs: number, line: number, row: number): Day {
    const number = Math.floor(timeMs / DAY_MS);
    let day = this.days.get(number);
    if (day === undefined) {
      const first = { timeMs, line, row };
      day = { startMs: number * DAY_MS, count: 0, leastMs: timeMs, mostMs: timeMs, first };
      this.days.set(number, day);
    }
    return day;
  }

  /** The first such event in the file, null when there is none. */
  find(): Outlier | null {
    if (this.days.size > MOST_DAYS) return null;
    // The latest day first: what is ahead of a gap between two days is ahead of all the rest.
    const days = [...this.days.values()].sort((a, b) => b.startMs - a.startMs);
    const leastMs = days[days.length - 1]?.leastMs ?? 0;
    let ahead = 0;
    let first: Day['first'] | null = null;
    for (const [i, day] of days.entries()) {
      ahead += day.count;
      if (first === null || day.first.row < first.row) ({ first } = day);
      const next = days[i + 1];
      if (next === undefined || ahead >= MOST_AHEAD || ahead * 4 > this.rows) return null;
      const gapMs = day.leastMs - next.mostMs;
      if (gapMs < DAY_MS || gapMs < 100 * (next.mostMs - leastMs)) continue;
      const laterEvents = this.rows - 1 - first.row - (ahead - 1);
      return laterEvents > 0 ? { line: first.line, timeMs: first.timeMs, laterEvents } : null;
    }
    return null;
  }
}

export const OUTLIER_FIX = 'Reject it, or correct it, before the run.';

/** What a user has to know about such an event time in `column`. */
export function outlierFinding({ line, timeMs, laterEvents }: Outlier, column: string): Required<Finding> {
  const shown = Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : `${timeMs} ms`;
  const message = `Column ${column}, line ${line}: ${shown} is far ahead of all other times. It would move the watermark so far that ${laterEvents} later events would be late.`;
  return { code: 'timestamp-outlier', message, line };
}
