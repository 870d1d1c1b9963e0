import { axisTime } from '../charts/axis-labels.ts';
import { timeTicks } from '../charts/chart-rows.ts';
import { formatDateTime } from '../theme/format.ts';
import type { Track } from './use-track.ts';

const TICK_PX = 84;
/** Over so much a day of the month says nothing without its year. */
const YEARS_MS = 2 * 366 * 86_400_000;

export interface TrackTick {
  readonly place: number;
  readonly text: string;
}

/** Times along what was read. Where stretches are cut out of it, those at which it begins and goes on. */
export function trackTicks({ overview, scale }: Track, width: number): readonly TrackTick[] {
  const { fromMs, toMs } = overview;
  const { placeOf, readTo, cuts, resumesMs } = scale;
  const count = Math.max(1, Math.floor((width * readTo) / TICK_PX));
  const isCut = cuts.length > 0;
  const times = isCut ? [fromMs, ...resumesMs] : timeTicks(fromMs, toMs, count);
  const isLong = toMs - fromMs > YEARS_MS;
  const text =
    isCut || isLong
      ? (timeMs: number) => formatDateTime(timeMs).slice(0, isCut ? 16 : 7)
      : axisTime(toMs - fromMs, times);
  const ticks: TrackTick[] = [];
  for (const timeMs of times) {
    const place = placeOf(timeMs);
    const before = ticks.at(-1);
    if (before === undefined || (place - before.place) * width >= TICK_PX / 1.5)
      ticks.push({ place, text: text(timeMs) });
  }
  return ticks;
}
