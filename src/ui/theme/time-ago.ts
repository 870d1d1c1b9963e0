const STEPS = [
  { unit: 'year', ms: 31_557_600_000 },
  { unit: 'month', ms: 2_629_800_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `just now`, `3 minutes ago`, `yesterday`. A clock that was set back is no future. */
export function timeAgo(atMs: number, nowMs: number): string {
  const passedMs = nowMs - atMs;
  const step = STEPS.find(({ ms }) => passedMs >= ms);
  return step === undefined ? 'just now' : words.format(-Math.floor(passedMs / step.ms), step.unit);
}
