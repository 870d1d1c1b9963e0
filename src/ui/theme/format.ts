/**
 * Numbers, times and durations as the whole product writes them. What is absent is `–`, never `0`, `NaN` or blank.
 * A no-break space stands between a number and its unit. Times are epoch ms and shown in UTC.
 */

export const NOTHING = '–';
const GAP = '\u00a0';
const MINUS = '\u2212';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 365.2425 * DAY_MS;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

type Maybe = number | null | undefined;

function isMissing(value: Maybe): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

/** `12,482` up to 999,999, then `1.24 M`. */
export function formatCount(count: Maybe): string {
  if (isMissing(count) || !Number.isFinite(count)) return NOTHING;
  if (count < 0) return MINUS + formatCount(-count);
  if (count < 999_999.5) return grouped.format(count);
  const [size, unit] = count < 999_500_000 ? [1e6, 'M'] : [1e9, 'G'];
  return `${threeDigits(count / size)}${GAP}${unit}`;
}

/** Every digit, for a tooltip: `1,240,312`. */
export function formatExactCount(count: Maybe): string {
  return isMissing(count) || !Number.isFinite(count) ? NOTHING : grouped.format(count).replace('-', MINUS);
}

function threeDigits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

/** `4.8/s`, `120/s`, `12.4 k/s`, `3.0/min`, `25/d`: two significant digits or more. */
export function formatRate(perSecond: Maybe): string {
  if (isMissing(perSecond) || !Number.isFinite(perSecond)) return NOTHING;
  if (perSecond <= 0) return '0/s';
  if (perSecond < 0.0995) return formatSlowRate(perSecond);
  if (perSecond < 0.995) return `${perSecond.toFixed(2)}/s`;
  if (perSecond < 9.95) return `${perSecond.toFixed(1)}/s`;
  if (perSecond < 999.5) return `${perSecond.toFixed(0)}/s`;
  const [size, unit] = perSecond < 999_500 ? [1e3, 'k'] : [1e6, 'M'];
  const scaled = perSecond / size;
  return `${scaled.toFixed(scaled < 99.95 ? 1 : 0)}${GAP}${unit}/s`;
}

/** In the shortest unit of time that gives at least one: an event a day is not nothing. */
function formatSlowRate(perSecond: number): string {
  const units = [
    ['min', 60],
    ['h', 3_600],
    ['d', 86_400],
  ] as const;
  const [unit, seconds] = units.find(([, size]) => perSecond * size >= 0.995) ?? ['d', 86_400];
  const rate = perSecond * seconds;
  return `${rate < 0.1 ? '<\u00a00.1' : rate.toFixed(rate < 9.95 ? 1 : 0)}/${unit}`;
}

/** A rare loss: `1 in 202`. */
export function formatOneIn(lost: Maybe, of: Maybe): string {
  if (isMissing(lost) || isMissing(of) || lost <= 0 || of <= 0) return NOTHING;
  return `1 in ${grouped.format(Math.max(1, Math.round(of / lost)))}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function timeOfDay(timeMs: number): { hours: number; minutes: number; seconds: number; millis: number } {
  const inDay = ((Math.floor(timeMs) % DAY_MS) + DAY_MS) % DAY_MS;
  return {
    hours: Math.floor(inDay / HOUR_MS),
    minutes: Math.floor(inDay / MINUTE_MS) % 60,
    seconds: Math.floor(inDay / SECOND_MS) % 60,
    millis: inDay % SECOND_MS,
  };
}

/** Not a time of day: before the first watermark, or the end of a bounded stream. */
function boundless(timeMs: Maybe): string | null {
  if (isMissing(timeMs) || timeMs === -Infinity) return NOTHING;
  return timeMs === Infinity ? 'end' : null;
}

/** `12:41:35.2`, cut and not rounded: a clock that runs ahead would lie. */
export function formatTime(timeMs: Maybe): string {
  const special = boundless(timeMs);
  if (special !== null || isMissing(timeMs)) return special ?? NOTHING;
  const { hours, minutes, seconds, millis } = timeOfDay(timeMs);
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${Math.floor(millis / 100)}`;
}

/** `41:35.2`, where an hour is in view. */
export function formatTimeShort(timeMs: Maybe): string {
  const special = boundless(timeMs);
  return special ?? formatTime(timeMs).slice(3);
}

/** `2026-03-01` */
export function formatDate(timeMs: Maybe): string {
  const special = boundless(timeMs);
  if (special !== null || isMissing(timeMs)) return special ?? NOTHING;
  const date = new Date(timeMs);
  // Beyond what a date can hold, and still an event time.
  if (Number.isNaN(date.getTime())) return `year ${String(Math.floor(1970 + timeMs / YEAR_MS)).replace('-', MINUS)}`;
  return date.toISOString().split('T', 1)[0] ?? NOTHING;
}

/** `2026-03-01 12:41:35.2` */
export function formatDateTime(timeMs: Maybe): string {
  return boundless(timeMs) ?? `${formatDate(timeMs)} ${formatTime(timeMs)}`;
}

/** `12:41:39.999`, to the millisecond: for the moment at which something happens. */
export function formatTimeExact(timeMs: Maybe): string {
  const special = boundless(timeMs);
  return special ?? (isMissing(timeMs) ? NOTHING : edgeOfWindow(timeMs));
}

/** A time of day; with its date when that is not the day of `besideMs`, a time that stands near it. */
export function formatTimeBeside(timeMs: Maybe, besideMs: Maybe): string {
  return formatDate(timeMs) === formatDate(besideMs) ? formatTime(timeMs) : formatDateTime(timeMs);
}

/** As long as it must be: `12:05:10`, with milliseconds only where there are some. */
function edgeOfWindow(timeMs: number): string {
  const { hours, minutes, seconds, millis } = timeOfDay(timeMs);
  const whole = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return millis === 0 ? whole : `${whole}.${String(millis).padStart(3, '0')}`;
}

/** `[12:05:00, 12:05:10)`: start included, end not. Windows of whole days show dates, no hours. */
export function formatWindow(startMs: number, endMs: number): string {
  if (startMs % DAY_MS === 0 && endMs % DAY_MS === 0) return `[${formatDate(startMs)}, ${formatDate(endMs)})`;
  return `[${edgeOfWindow(startMs)}, ${edgeOfWindow(endMs)})`;
}

/** `[01-23 12:00:00, 01-24 00:00:00)`, where windows of several days stand together. */
export function formatWindowDated(startMs: number, endMs: number): string {
  if (startMs % DAY_MS === 0 && endMs % DAY_MS === 0) return formatWindow(startMs, endMs);
  const edge = (timeMs: number): string => `${formatDate(timeMs).slice(5)} ${edgeOfWindow(timeMs)}`;
  return `[${edge(startMs)}, ${edge(endMs)})`;
}

/** `[41:20, 41:30)` where an hour is in view; falls back to the long form for windows that cross one. */
export function formatWindowShort(startMs: number, endMs: number): string {
  if (endMs - startMs >= HOUR_MS) return formatWindow(startMs, endMs);
  return `[${edgeOfWindow(startMs).slice(3)}, ${edgeOfWindow(endMs).slice(3)})`;
}

/** `850 ms`, `7.2 s`, `4 min 10 s`, `1 h 05 min`, `3 d 4 h`. */
export function formatDuration(durationMs: Maybe): string {
  return writeDuration(durationMs, Math.round);
}

const DURATION_WORDS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
] as const;

/** In words where one unit tells it all: `10 seconds`, `1 hour`; else as `formatDuration` has it. */
export function formatDurationWords(durationMs: Maybe): string {
  if (isMissing(durationMs) || durationMs === 0) return formatDuration(durationMs);
  const [word, sizeMs] = DURATION_WORDS.find(([, size]) => Math.abs(durationMs) >= size) ?? ['ms', 1];
  const count = Math.abs(durationMs) / sizeMs;
  if (!Number.isInteger(count) || sizeMs === 1) return formatDuration(durationMs);
  return `${durationMs < 0 ? MINUS : ''}${count}${GAP}${word}${count === 1 ? '' : 's'}`;
}

/** A delay or lateness that is needed, rounded up: less would not be enough. */
export function formatDurationNeeded(durationMs: Maybe): string {
  return writeDuration(durationMs, (value) => Math.ceil(value - 1e-9));
}

function writeDuration(durationMs: Maybe, round: (value: number) => number): string {
  if (isMissing(durationMs) || !Number.isFinite(durationMs)) return NOTHING;
  if (durationMs < 0) return MINUS + writeDuration(-durationMs, round);
  if (durationMs === 0) return `0${GAP}s`;
  const millis = round(durationMs);
  if (millis < SECOND_MS) return `${millis}${GAP}ms`;
  const tenths = round(durationMs / 100);
  if (tenths < 600) return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)}${GAP}s`;
  const seconds = round(durationMs / SECOND_MS);
  if (seconds < 3_600) return pair(seconds, 60, ['min', 's'], false);
  const minutes = round(durationMs / MINUTE_MS);
  if (minutes < 1_440) return pair(minutes, 60, ['h', 'min'], true);
  return pair(round(durationMs / HOUR_MS), 24, ['d', 'h'], false);
}

function pair(value: number, size: number, units: readonly [string, string], padded: boolean): string {
  const big = Math.floor(value / size);
  const rest = value % size;
  if (rest === 0) return `${big}${GAP}${units[0]}`;
  return `${big}${GAP}${units[0]}${GAP}${padded ? two(rest) : rest}${GAP}${units[1]}`;
}

/** `9.1 KiB`, `34 MiB` */
export function formatBytes(bytes: Maybe): string {
  if (isMissing(bytes) || !Number.isFinite(bytes)) return NOTHING;
  if (bytes < 1_024) return `${bytes}${GAP}B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1_024;
  let unit = 0;
  for (; value >= 1_023.5 && unit < units.length - 1; unit++) value /= 1_024;
  return `${value.toFixed(value < 9.95 ? 1 : 0)}${GAP}${units[unit] ?? ''}`;
}

/** A row kind as it is written everywhere: with a true minus. */
export function formatChange(op: '+I' | '-U' | '+U' | '-D'): string {
  return op.replace('-', MINUS);
}
