import type { EventTimeMs, Window } from '../../stream/time.ts';
import type { WindowBound } from './bound.ts';

/**
 * The slices that windows of one length or of growing length consist of: the longest stretches of time that no window
 * begins or ends inside. Slice n is [startMs(n), startMs(n + 1)); a window is told by the number of the slice that it
 * ends before.
 *
 * ```
 * hopping 6 every 4, slices of 2:    slice     0   1   2   3   4
 *                                    0---2---4---6---8--10
 * window 3                           [===========)
 * window 5                                   [===========)
 * ```
 */
export class SliceGrid {
  readonly sliceMs: number;
  private readonly offsetMs: number;
  /** Slices in a window; in the longest where they grow. */
  readonly length: number;
  /** Slices from one window to the next. */
  readonly step: number;
  private readonly isGrowing: boolean;

  constructor({ kind, sizeMs, advanceMs, stepMs, offsetMs }: WindowBound) {
    this.isGrowing = kind === 'cumulate';
    this.sliceMs = sliceLength(kind, { sizeMs, advanceMs, stepMs });
    this.offsetMs = offsetMs;
    this.length = sizeMs / this.sliceMs;
    this.step = kind === 'hopping' ? advanceMs / this.sliceMs : this.isGrowing ? 1 : this.length;
  }

  /** The slice of a time. */
  sliceAt(timeMs: EventTimeMs): number {
    // Floor, not truncation: times before 1970 are negative.
    return Math.floor((timeMs - this.offsetMs) / this.sliceMs);
  }

  startMs(slice: number): EventTimeMs {
    return slice * this.sliceMs + this.offsetMs;
  }

  /** The slice that a window begins with. */
  firstSlice(window: number): number {
    return this.isGrowing ? Math.floor((window - 1) / this.length) * this.length : window - this.length;
  }

  /** The first window that holds a slice. All from it to the last one do, a step apart. */
  firstWindow(slice: number): number {
    if (this.isGrowing) return slice + 1;
    return Math.floor(slice / this.step) * this.step + this.length - (this.windowsOf(slice) - 1) * this.step;
  }

  lastWindow(slice: number): number {
    if (this.isGrowing) return (Math.floor(slice / this.length) + 1) * this.length;
    return Math.floor(slice / this.step) * this.step + this.length;
  }

  /** How many windows hold a slice. */
  private windowsOf(slice: number): number {
    const into = slice - Math.floor(slice / this.step) * this.step;
    return Math.floor((this.length - 1 - into) / this.step) + 1;
  }

  /** Most windows that hold one slice. */
  get mostWindows(): number {
    return this.isGrowing ? this.length : Math.ceil(this.length / this.step);
  }

  /** Bounds of all windows that hold a slice. */
  allBoundsOf(slice: number): readonly (readonly [EventTimeMs, EventTimeMs])[] {
    const bounds: (readonly [EventTimeMs, EventTimeMs])[] = [];
    for (let window = this.firstWindow(slice); window <= this.lastWindow(slice); window += this.step) {
      const { startMs, endMs } = this.boundsOf(window);
      bounds.push([startMs, endMs]);
    }
    return bounds;
  }

  boundsOf(window: number): Window {
    return { startMs: this.startMs(this.firstSlice(window)), endMs: this.startMs(window) };
  }
}

type Figures = Pick<WindowBound, 'sizeMs' | 'advanceMs' | 'stepMs'>;

function sliceLength(kind: WindowBound['kind'], { sizeMs, advanceMs, stepMs }: Figures): number {
  if (kind === 'hopping') return greatestDivisor(sizeMs, advanceMs);
  return kind === 'cumulate' ? stepMs : sizeMs;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
