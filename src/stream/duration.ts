import type { DurationMs } from './time.ts';

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['sec', 1_000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Longest duration that the product accepts: a hundred years. */
export const DURATION_LIMIT_MS: DurationMs = 100 * 366 * 86_400_000;

/**
 * Reads `10s`, `1.5 h`, `1h 30m`, `250ms`, `-5s`, or a bare `0`. Whole milliseconds only.
 * Returns null for anything else, also for a number without a unit: nobody should have to guess which one is meant.
 */
export function parseDuration(text: string): DurationMs | null {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '0') return 0;
  const sign = trimmed.startsWith('-') ? -1 : 1;
  const body = sign < 0 ? trimmed.slice(1) : trimmed;
  if (!/^(?:\s*\d+(?:\.\d+)?\s*(?:ms|sec|s|min|m|h|d))+$/.test(body)) return null;
  let totalMs = 0;
  for (const part of body.matchAll(/(\d+(?:\.\d+)?)\s*(ms|sec|s|min|m|h|d)/g)) {
    totalMs += Number(part[1]) * (UNITS_MS.get(part[2] ?? '') ?? Number.NaN);
  }
  const rounded = Math.round(totalMs);
  if (Math.abs(totalMs - rounded) > 1e-6 || rounded > DURATION_LIMIT_MS) return null;
  return rounded === 0 ? 0 : sign * rounded;
}

/** The shortest text that `parseDuration` reads back to the same value: `10s`, `1h 30m`, `250ms`. */
export function formatDuration(durationMs: DurationMs): string {
  if (durationMs === 0) return '0s';
  let restMs = Math.abs(durationMs);
  const parts: string[] = [];
  for (const [name, sizeMs] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(restMs / sizeMs);
    if (count > 0) parts.push(`${count}${name}`);
    restMs -= count * sizeMs;
  }
  return (durationMs < 0 ? '-' : '') + parts.join(' ');
}
