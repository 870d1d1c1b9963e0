import type { ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';

/**
 * Timers of panes, each pane with any number of times, equal times of a pane being one timer. Flink:
 * `InternalTimerServiceImpl`, whose timers are unique by time, key and window.
 *
 * The heap may still hold a pane for a time that was taken back; it is passed over when its time comes.
 */
export class PaneTimers {
  private readonly heap = new TimerHeap();
  /** By pane number, ascending. */
  private readonly times: number[][] = [];
  /** By pane number: the earliest time at which the heap brings the pane up; NaN for none. */
  private readonly scheduled: number[] = [];

  /** No timer is due before this; +∞ also where there is none. */
  get firstTime(): number {
    return this.heap.firstTime;
  }

  get isEmpty(): boolean {
    return this.heap.size === 0;
  }

  add(pane: number, time: number): void {
    const times = (this.times[pane] ??= []);
    let at = times.length;
    while (at > 0 && times[at - 1]! > time) at--;
    if (at > 0 && times[at - 1] === time) return;
    times.splice(at, 0, time);
    this.schedule(pane);
  }

  remove(pane: number, time: number): void {
    const times = this.timesOf(pane);
    const at = times.indexOf(time);
    if (at >= 0) (times as number[]).splice(at, 1);
  }

  clear(pane: number): void {
    const times = this.times[pane];
    if (times !== undefined) times.length = 0;
  }

  /** Ascending. */
  timesOf(pane: number): readonly number[] {
    return this.times[pane] ?? [];
  }

  /** Takes the timers of the earliest time that is due at `now`, their panes into `panes`. NaN when none is due. */
  takeDue(now: number, panes: number[]): number {
    panes.length = 0;
    while (this.heap.size > 0 && this.heap.firstTime <= now) {
      const time = this.heap.firstTime;
      while (this.heap.size > 0 && this.heap.firstTime === time) {
        const pane = this.heap.pop();
        if (this.scheduled[pane] === time) this.scheduled[pane] = Number.NaN;
        const times = this.times[pane]!;
        if (times[0] === time) {
          times.shift();
          panes.push(pane);
        }
        this.schedule(pane);
      }
      if (panes.length > 0) return time;
    }
    return Number.NaN;
  }

  private schedule(pane: number): void {
    const first = this.times[pane]![0];
    if (first === undefined || this.scheduled[pane]! <= first) return;
    this.scheduled[pane] = first;
    this.heap.push(first, pane);
  }
}

/** Where time stands for the panes of an operator, and what they wait for. */
export class PaneTime {
  watermark: WatermarkMs = NO_WATERMARK;
  clockMs: ProcessingTimeMs = -Infinity;
  readonly eventTimers = new PaneTimers();
  readonly clockTimers = new PaneTimers();
}
