import type { Overview } from '../../app/travel/overview-store.ts';
import type { TrackScale } from './track-scale.ts';

/** What comes to lie together in one bar of the track. */
export interface TrackBars {
  /** Rows by bar, from the left, as shares of the most. */
  readonly rows: readonly number[];
  /** The same of rows that were dropped. */
  readonly drops: readonly number[];
}

/** Counts of intervals shared out over `count` bars of equal width; an interval over several is split by how much each has of it. */
export function trackBars({ atMs, rows, drops, intervalMs }: Overview, scale: TrackScale, count: number): TrackBars {
  const sums = new Array<number>(count).fill(0);
  const dropped = new Array<number>(count).fill(0);
  const last = count - 1;
  atMs.forEach((startMs, i) => {
    const from = scale.placeOf(startMs) * count;
    const to = Math.max(from, Math.min(scale.placeOf(startMs + intervalMs), scale.readTo) * count);
    const first = Math.min(last, Math.floor(from));
    const middle = Math.min(last, Math.floor((from + to) / 2));
    dropped[middle] = (dropped[middle] ?? 0) + (drops[i] ?? 0);
    if (to - from < 1e-9) {
      sums[first] = (sums[first] ?? 0) + (rows[i] ?? 0);
      return;
    }
    for (let bar = first; bar <= last && bar < to; bar++) {
      const overlap = Math.min(to, bar + 1) - Math.max(from, bar);
      sums[bar] = (sums[bar] ?? 0) + ((rows[i] ?? 0) * Math.max(0, overlap)) / (to - from);
    }
  });
  return { rows: sharesOfMost(sums), drops: sharesOfMost(dropped) };
}

function sharesOfMost(sums: readonly number[]): readonly number[] {
  const most = Math.max(...sums);
  return sums.map((sum) => (most === 0 ? 0 : sum / most));
}

/** Of a tick, at least: one drop is seen, too. */
const TICK_LEAST = 0.4;

/** As paths of an SVG, `width` × `height` px: bars of rows, which stand on the floor, and ticks of drops, which hang from the top. */
export function barPaths({ rows, drops }: TrackBars, width: number, height: number): readonly [string, string] {
  const step = width / rows.length;
  const bar = Math.max(1, step - 0.75);
  const own = rows.map((share, i) => {
    const tall = Math.max(1.5, share * (height - 2));
    return share === 0 ? '' : rect(i * step, height - tall, bar, tall);
  });
  const ticks = drops.map((share, i) =>
    share === 0 ? '' : rect(i * step + step / 2 - 1, 0, 2, height * Math.max(TICK_LEAST, share)),
  );
  return [own.join(''), ticks.join('')];
}

function rect(x: number, y: number, width: number, height: number): string {
  return `M${x.toFixed(2)} ${y.toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}h${(-width).toFixed(2)}z`;
}
