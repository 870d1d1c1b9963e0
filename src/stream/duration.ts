import type { DurationMs } from './time.ts';

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ...unit(1, 'ms milli millis millisecond milliseconds'),
  ...unit(1_000, 's sec secs second seconds'),
  ...unit(60_000, 'm min mins minute minutes'),
  ...unit(3_600_000, 'h hr hrs hour hours'),
  ...unit(86_400_000, 'd day days'),
]);

function unit(sizeMs: number, names: string): readonly (readonly [string, number])[] {
  return names.split(' ').map((name) => [name, sizeMs]);
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const PARTS = new RegExp(String.raw`(${NUMBER})\s*([a-z]+)`, 'g');
const WRITTEN = new RegExp(String.raw`^(?:\s*${NUMBER}\s*[a-z]+)+$`);
/** ISO 8601, without months and years: they have no fixed length. */
const ISO = new RegExp(
  String.raw`^p(?=.)(?:(${NUMBER})d)?(?:t(?=.)(?:(${NUMBER})h)?(?:(${NUMBER})m)?(?:(${NUMBER})s)?)?$`,
);
const ISO_MS = [86_400_000, 3_600_000, 60_000, 1_000];

/** Longest duration that the product accepts: a hundred years. */
export const DURATION_LIMIT_MS: DurationMs = 100 * 366 * 86_400_000;

/**
 * Reads `10s`, `1.5 h`, `1h 30min`, `250ms`, `-5s`, `PT5M`, or a bare `0`. Whole milliseconds only.
 * Returns null for anything else, also for a number without a unit: nobody should have to guess which one is meant.
 */
export function parseDuration(text: string): DurationMs | null {
  const trimmed = text.trim().toLowerCase().replace('\u2212', '-');
  if (trimmed === '0') return 0;
  const sign = trimmed.startsWith('-') ? -1 : 1;
  const body = sign < 0 ? trimmed.slice(1) : trimmed;
  const totalMs = isoMs(body) ?? writtenMs(body);
  if (totalMs === null) return null;
  const rounded = Math.round(totalMs);
  if (Math.abs(totalMs - rounded) > 1e-6 || rounded > DURATION_LIMIT_MS) return null;
  return rounded === 0 ? 0 : sign * rounded;
}

function writtenMs(text: string): number | null {
  if (!WRITTEN.test(text)) return null;
  let totalMs = 0;
  for (const [, count, name] of text.matchAll(PARTS)) {
    totalMs += Number(count) * (UNITS_MS.get(name ?? '') ?? Number.NaN);
  }
  return Number.isNaN(totalMs) ? null : totalMs;
}

function isoMs(text: string): number | null {
  const parts = ISO.exec(text);
  return parts === null ? null : ISO_MS.reduce((sum, sizeMs, i) => sum + Number(parts[i + 1] ?? 0) * sizeMs, 0);
}

const PARTS_MS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

function partsOf(durationMs: DurationMs): readonly (readonly [count: number, unit: string])[] {
  let restMs = Math.abs(durationMs);
  const parts: (readonly [number, string])[] = [];
  for (const [name, sizeMs] of PARTS_MS) {
    const count = Math.floor(restMs / sizeMs);
    if (count > 0) parts.push([count, name]);
    restMs -= count * sizeMs;
  }
  return parts;
}

/** The shortest text that `parseDuration` reads back to the same value: `10s`, `1h 30m`, `250ms`. */
export function formatDuration(durationMs: DurationMs): string {
  if (durationMs === 0) return '0s';
  const parts = partsOf(durationMs).map(([count, unit]) => `${count}${unit}`);
  return (durationMs < 0 ? '-' : '') + parts.join(' ');
}

/**
 * As it is read and not entered: `10 s`, `7.25 s`, `850 ms`, `1 h 30 min`, with no-break spaces and a true minus; nothing is
 * rounded.
 */
export function durationText(durationMs: DurationMs): string {
  if (durationMs === 0) return '0\u00a0s';
  const parts = partsOf(durationMs);
  const restMs = Math.abs(durationMs) % 60_000;
  // Parts of a second are its decimals, but for a time that is less than one.
  const inSeconds = restMs === 0 || Math.abs(durationMs) < 1_000 ? [] : [`${restMs / 1_000}\u00a0s`];
  const whole = inSeconds.length === 0 ? parts : parts.filter(([, unit]) => unit !== 's' && unit !== 'ms');
  const texts = whole.map(([count, unit]) => `${count}\u00a0${unit === 'm' ? 'min' : unit}`);
  return (durationMs < 0 ? '\u2212' : '') + [...texts, ...inSeconds].join('\u00a0');
}
