import { formatDate, formatDateTime, formatTime, formatTimeExact } from '../theme/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** From so many days on the year has to be told. */
const MOST_DAYS = 300;

/** Writes the times of one axis no longer than they must be: what is the same for all of them goes. */
export function axisTime(spanMs: number, ticks: readonly number[] = []): (timeMs: number) => string {
  const stepMs = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const isOf = (unitMs: number): boolean => stepMs % unitMs === 0;
  if (spanMs >= MOST_DAYS * DAY_MS && (stepMs === 0 || stepMs >= 31 * DAY_MS)) {
    return (timeMs) => formatDate(timeMs).slice(0, -3);
  }
  if (spanMs >= MOST_DAYS * DAY_MS && isOf(DAY_MS)) return formatDate;
  if (spanMs >= 2 * DAY_MS && isOf(DAY_MS)) return (timeMs) => formatDate(timeMs).slice(-5);
  if (spanMs >= 12 * HOUR_MS && isOf(MINUTE_MS)) return (timeMs) => formatDateTime(timeMs).slice(-16, -5);
  if (spanMs >= 30 * MINUTE_MS && isOf(MINUTE_MS)) return (timeMs) => formatTime(timeMs).slice(0, 5);
  if (spanMs >= 3_000 && isOf(1_000)) return (timeMs) => formatTime(timeMs).slice(3, 8);
  if (isOf(100)) return (timeMs) => formatTime(timeMs).slice(3);
  return (timeMs) => formatTimeExact(timeMs).slice(6);
}

/** Durations on an axis: `0`, `5 s`, `10 min`. */
export function axisDuration(ms: number): string {
  if (ms === 0) return '0';
  const units = [
    [DAY_MS, 'd'],
    [HOUR_MS, 'h'],
    [MINUTE_MS, 'min'],
    [1_000, 's'],
    [1, 'ms'],
  ] as const;
  const [size, unit] = units.find(([unitMs]) => Math.abs(ms) >= unitMs) ?? [1, 'ms'];
  return `${String(Math.round((10 * ms) / size) / 10)}\u00a0${unit}`;
}

/** Sizes on an axis: `0`, `512 B`, `4 KiB`. */
export function axisBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return bytes === 0 ? '0' : `${String(Math.round(10 * size) / 10)}\u00a0${units[unit] ?? ''}`;
}

/** Counts on an axis: `0`, `500`, `2 k`. */
export function axisCount(value: number): string {
  if (Math.abs(value) >= 1e6) return `${String(Math.round(value / 1e5) / 10)}\u00a0M`;
  if (Math.abs(value) >= 1e4) return `${String(Math.round(value / 100) / 10)}\u00a0k`;
  return String(Math.round(value * 1_000) / 1_000);
}
