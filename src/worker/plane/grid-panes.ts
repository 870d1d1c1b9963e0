import { windowStartMs } from '../../stream/time.ts';
import { DueList } from './due-list.ts';
import type { WindowFigures } from './plane-facts.ts';
import type { PaneFiring, PaneStretches } from './pane-stretches.ts';
import type { PaneTracker, TakenRow } from './pane-tracker.ts';
import type { RoundClock } from './round-clock.ts';
import { WindowLife } from './window-life.ts';

/** A row that is in more windows than this opens only the newest of them. */
const MOST_WINDOWS = 64;

/** Windows of fixed places: one stretch of the plane for all keys together. */
export class GridPanes implements PaneTracker {
  private readonly figures: WindowFigures;
  private readonly goneAt: (endMs: number) => number;
  private readonly stretches: PaneStretches;
  private readonly lives = new Map<string, number>();
  private readonly byNumber = new Map<number, WindowLife>();
  private readonly due = new DueList();
  private numbers = 0;
  private lastStartMs = Number.NaN;

  /** `goneAt`: what the clock must have come to for a window to be let go of. */
  constructor(figures: WindowFigures, goneAt: (endMs: number) => number, stretches: PaneStretches) {
    this.figures = figures;
    this.goneAt = goneAt;
    this.stretches = stretches;
  }

  row(row: TakenRow): void {
    const { kind, sizeMs, advanceMs, stepMs, offsetMs } = this.figures;
    const { timeMs } = row;
    if (kind === 'inherited') this.open(row.startMs, row.endMs, row);
    else if (kind === 'tumbling') {
      const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
      if (startMs === this.lastStartMs) return;
      this.lastStartMs = startMs;
      this.open(startMs, startMs + sizeMs, row);
    } else if (kind === 'hopping') {
      let startMs = windowStartMs(timeMs, advanceMs, offsetMs);
      for (let i = 0; i < MOST_WINDOWS && startMs > timeMs - sizeMs; i++, startMs -= advanceMs) {
        this.open(startMs, startMs + sizeMs, row);
      }
    } else if (kind === 'cumulate') {
      const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
      const firstEndMs = windowStartMs(timeMs, stepMs, offsetMs) + stepMs;
      for (let endMs = firstEndMs, i = 0; i < MOST_WINDOWS && endMs <= startMs + sizeMs; i++, endMs += stepMs) {
        this.open(startMs, endMs, row);
      }
    }
  }

  fired(firing: PaneFiring, clock: RoundClock): void {
    const number = this.lives.get(nameOf(firing.startMs, firing.endMs));
    const life = number === undefined ? undefined : this.byNumber.get(number);
    if (number === undefined || life === undefined) return;
    if (this.goneAt(life.endMs) > clock.after(firing.seq)) life.fire(firing);
    else {
      life.fireLast(firing);
      this.forget(number, life);
    }
  }

  advance(clock: RoundClock): void {
    const { last } = clock;
    while (this.due.firstMs <= last) {
      const goneMs = this.due.firstMs;
      const number = this.due.pop();
      const life = this.byNumber.get(number);
      if (life === undefined) continue;
      life.end(clock.momentOf(goneMs));
      this.forget(number, life);
    }
  }

  private open(startMs: number, endMs: number, row: TakenRow): void {
    const name = nameOf(startMs, endMs);
    const goneMs = this.goneAt(endMs);
    if (Number.isNaN(startMs) || this.lives.has(name) || goneMs <= row.judgedMs) return;
    const number = this.numbers++;
    this.lives.set(name, number);
    this.byNumber.set(number, new WindowLife({ startMs, endMs, key: 0 }, this.stretches, row));
    this.due.add(goneMs, number);
  }

  private forget(number: number, life: WindowLife): void {
    this.byNumber.delete(number);
    this.lives.delete(nameOf(life.startMs, life.endMs));
    this.lastStartMs = Number.NaN;
  }
}

function nameOf(startMs: number, endMs: number): string {
  return `${String(startMs)} ${String(endMs)}`;
}
