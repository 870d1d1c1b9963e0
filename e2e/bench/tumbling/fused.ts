import type { Contender } from '../job.ts';
import type { Workload } from '../workload.ts';
import { DISORDER_MS, KEYS } from '../workload.ts';
import { PLACES, placeOf } from '../windows/key-places.ts';
import type { WindowRows } from '../windows/window-sums.ts';
import { WindowSums } from '../windows/window-sums.ts';

const SIZE_MS = 10_000;
/** Windows that may be open at once, a power of two. */
const WINDOWS = 4;

interface State {
  /** The key at each place, -1 where there is none. */
  readonly keyAt: Int32Array;
  /** Count and sum of each place of each window, next to each other. */
  readonly cells: Float64Array;
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
    cells: new Float64Array(WINDOWS * PLACES * 2),
    out: { key: new Int32Array(PLACES), startMs: doubles(), endMs: doubles(), count: doubles(), sum: doubles() },
  };
}

/** Writes the rows of the window that begins at `from` and empties it. The return value is how many rows there are. */
function fire({ keyAt, cells, out }: State, window: number, from: number): number {
  const { key, startMs, endMs, count, sum } = out;
  let length = 0;
  let cell = (window & (WINDOWS - 1)) * PLACES * 2;
  for (let place = 0; place < PLACES; place++, cell += 2) {
    const rows = cells[cell]!;
    if (rows === 0) continue;
    key[length] = keyAt[place]!;
    startMs[length] = from;
    endMs[length] = from + SIZE_MS;
    count[length] = rows;
    sum[length++] = cells[cell + 1]!;
    cells[cell] = 0;
    cells[cell + 1] = 0;
  }
  return length;
}

/** Where a run stands. Windows are numbered from `baseMs` on. */
interface Progress {
  /** The next event. */
  event: number;
  /** The last window that was fired: rows of it and of those before come too late. */
  closed: number;
  newest: number;
  readonly baseMs: number;
}

/** Takes events up to the first that lets the watermark fire a window. */
function fill({ length, key, value, ts }: Workload, { keyAt, cells }: State, progress: Progress): void {
  const { baseMs, closed } = progress;
  const fireAtMs = baseMs + (closed + 2) * SIZE_MS + DISORDER_MS;
  const perMs = 1 / SIZE_MS;
  let { event, newest } = progress;
  for (; event < length; event++) {
    const t = ts[event]!;
    if (t >= fireAtMs) break;
    // Whole milliseconds lie at least half of one off the borders then, so a product is as good as a division.
    const window = ((t - baseMs + 0.5) * perMs) | 0;
    if (window <= closed) continue;
    if (window > newest) newest = window;
    const place = placeOf(keyAt, key[event]!);
    const cell = ((window & (WINDOWS - 1)) * PLACES + place) * 2;
    cells[cell]!++;
    cells[cell + 1]! += value[event]!;
  }
  progress.event = event;
  progress.newest = newest;
}

type KeysOf = (rows: WindowRows, length: number) => Int32Array;

function run(workload: Workload, state: State, keysOf: KeysOf): string {
  const sums = new WindowSums();
  state.keyAt.fill(-1);
  state.cells.fill(0);
  const { out } = state;
  const baseMs = Math.floor((workload.ts[0]! - DISORDER_MS) / SIZE_MS) * SIZE_MS;
  const progress: Progress = { event: 0, closed: -1, newest: -1, baseMs };
  while (progress.event < workload.length || progress.closed < progress.newest) {
    fill(workload, state, progress);
    progress.closed++;
    const length = fire(state, progress.closed, baseMs + progress.closed * SIZE_MS);
    sums.addFirst({ ...out, key: keysOf(out, length) }, length);
  }
  return sums.checksum();
}

/** `keysOf`: what the first `length` keys of the results stand for in the checksum. */
export function fusedTumbling(workload: Workload, keysOf: KeysOf): () => string {
  if (KEYS > PLACES) throw new Error(`no place for ${KEYS} keys`);
  const state = makeState();
  return () => run(workload, state, keysOf);
}

/** By hand, over typed arrays: keys interned by open addressing, a ring of windows, late rows dropped. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => fusedTumbling(workload, ({ key }) => key),
};
