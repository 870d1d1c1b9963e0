import type { Contender } from '../job.ts';
import { PLACES, placeOf } from '../windows/key-places.ts';
import { WindowSums } from '../windows/window-sums.ts';
import type { Workload } from '../workload.ts';
import { DISORDER_MS, KEYS } from '../workload.ts';
import { ADVANCE_MS, SIZE_MS } from './windows.ts';

/** Slices of a window. Slice s and window w begin at the same multiple of `ADVANCE_MS`, so that w ends with slice w + 5. */
const SLICES = SIZE_MS / ADVANCE_MS;
/** Slices that may be kept at once, a power of two: those of a window, and what comes before it closes. */
const RING = 8;

interface State {
  readonly keyAt: Int32Array;
  /** Count and sum of each place of each slice, next to each other. */
  readonly cells: Float64Array;
  /** The same over all but the last slice of the next window to close. */
  readonly totals: Float64Array;
  readonly out: {
    readonly key: Int32Array;
    readonly startMs: Float64Array;
    readonly endMs: Float64Array;
    readonly count: Float64Array;
    readonly sum: Float64Array;
  };
}

function makeState(): State {
  const doubles = (): Float64Array => new Float64Array(PLACES);
  return {
    keyAt: new Int32Array(PLACES),
    cells: new Float64Array(RING * PLACES * 2),
    totals: new Float64Array(PLACES * 2),
    out: { key: new Int32Array(PLACES), startMs: doubles(), endMs: doubles(), count: doubles(), sum: doubles() },
  };
}

/** Writes the rows of the window that ends with `slice` at `endMs`, and lets its first slice go: how many rows. */
function fire({ keyAt, cells, totals, out }: State, slice: number, endMs: number): number {
  const { key, startMs, endMs: ends, count, sum } = out;
  const last = (slice & (RING - 1)) * PLACES * 2;
  const first = ((slice - SLICES + 1) & (RING - 1)) * PLACES * 2;
  let length = 0;
  for (let place = 0; place < PLACES; place++) {
    const at = place * 2;
    const rows = totals[at]! + cells[last + at]!;
    if (rows === 0) continue;
    const total = totals[at + 1]! + cells[last + at + 1]!;
    key[length] = keyAt[place]!;
    startMs[length] = endMs - SIZE_MS;
    ends[length] = endMs;
    count[length] = rows;
    sum[length++] = total;
    totals[at] = rows - cells[first + at]!;
    totals[at + 1] = total - cells[first + at + 1]!;
    cells[first + at] = 0;
    cells[first + at + 1] = 0;
  }
  return length;
}

/** Where a run stands. Slices are numbered from `baseMs` on. */
interface Progress {
  /** The next event. */
  event: number;
  /** The slice with which the last window that was fired ends. */
  closed: number;
  newest: number;
  readonly baseMs: number;
}

/** Takes events up to the first that lets the watermark fire a window. */
function fill({ length, key, value, ts }: Workload, { keyAt, cells, totals }: State, progress: Progress): void {
  const { baseMs, closed } = progress;
  const fireAtMs = baseMs + (closed + 2) * ADVANCE_MS + DISORDER_MS;
  const perMs = 1 / ADVANCE_MS;
  let { event, newest } = progress;
  for (; event < length; event++) {
    const t = ts[event]!;
    if (t >= fireAtMs) break;
    // Whole milliseconds lie at least half of one off the borders then, so a product is as good as a division.
    const slice = ((t - baseMs + 0.5) * perMs) | 0;
    if (slice > newest) newest = slice;
    const place = placeOf(keyAt, key[event]!);
    const v = value[event]!;
    if (slice <= closed) {
      // Behind the last window that fired: nothing takes it, or those that end later do.
      if (slice <= closed - SLICES + 1) continue;
      totals[place * 2]!++;
      totals[place * 2 + 1]! += v;
    }
    const cell = ((slice & (RING - 1)) * PLACES + place) * 2;
    cells[cell]!++;
    cells[cell + 1]! += v;
  }
  progress.event = event;
  progress.newest = newest;
}

function run(workload: Workload, state: State): string {
  const sums = new WindowSums();
  state.keyAt.fill(-1);
  state.cells.fill(0);
  state.totals.fill(0);
  const baseMs = Math.floor((workload.ts[0]! - DISORDER_MS) / ADVANCE_MS) * ADVANCE_MS;
  const progress: Progress = { event: 0, closed: -1, newest: -1, baseMs };
  while (progress.event < workload.length || progress.closed < progress.newest + SLICES - 1) {
    fill(workload, state, progress);
    progress.closed++;
    sums.addFirst(state.out, fire(state, progress.closed, baseMs + (progress.closed + 1) * ADVANCE_MS));
  }
  return sums.checksum();
}

/** By hand, over typed arrays: each row goes into one slice, and windows that follow each other share their slices' totals. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => {
    if (KEYS > PLACES) throw new Error(`no place for ${KEYS} keys`);
    const state = makeState();
    return () => run(workload, state);
  },
};
