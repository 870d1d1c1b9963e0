import { leastDelayMs } from './delay.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { rateProblems } from './generator-problems.ts';
import { RateProfile } from './rate-profile.ts';

/** What is shown of a rate that repeats, in rounds; of one that goes on, in times of what changes. */
const ROUNDS_LEAST = 2;
const ROUNDS_MOST = 4;

/** The rate of a source as its profile has it, straight between one place and the next. */
export interface RatePicture {
  readonly spanMs: number;
  /** When the source has made all its events, from its start on. */
  readonly endsMs: number;
  readonly mostEventsPerSec: number;
  readonly leastEventsPerSec: number;
  readonly places: readonly RatePlace[];
}

export interface RatePlace {
  /** From the source's start on. */
  readonly atMs: number;
  readonly eventsPerSec: number;
}

/** Null where the rate never changes, or the profile cannot be used. */
export function ratePicture({ profile, rateEventsPerSec, events }: GeneratorConfig): RatePicture | null {
  const isPlain = profile.kind === 'constant' && profile.steps.length === 0;
  if (isPlain || rateProblems(profile).length > 0) return null;
  const rate = new RateProfile(profile);
  const { beginsMs, roundMs } = rate.under;
  const endsMs = rate.msBy((events * 1000) / rateEventsPerSec);
  const lastStepMs = Math.max(0, ...profile.steps.map(({ afterMs }) => afterMs));
  const shapeMs = roundMs === Infinity ? (beginsMs.at(-1) ?? 0) * 1.25 : roundMs * ROUNDS_LEAST;
  const leastMs = Math.max(shapeMs, lastStepMs * 1.25, 1);
  const mostMs = Math.max(leastMs, roundMs === Infinity ? leastMs * 2 : roundMs * ROUNDS_MOST);
  const spanMs = Math.min(Math.max(endsMs, leastMs), mostMs);
  const rounds = roundMs === Infinity ? 1 : Math.ceil(spanMs / roundMs);
  const turnsMs = [...profile.steps.map(({ afterMs }) => afterMs), spanMs];
  for (let round = 0; round < rounds; round++) {
    for (const beginMs of beginsMs) turnsMs.push(beginMs + (round === 0 ? 0 : round * roundMs));
  }
  const places = placesOf(rate, turnsMs, spanMs).map(({ atMs, factor }) => ({
    atMs,
    eventsPerSec: factor * rateEventsPerSec,
  }));
  const rates = places.map(({ eventsPerSec }) => eventsPerSec);
  return { spanMs, endsMs, mostEventsPerSec: Math.max(...rates), leastEventsPerSec: Math.min(...rates), places };
}

/** Two places a piece, at its beginning and at its end, so that a jump is one. */
function placesOf(rate: RateProfile, turnsMs: readonly number[], spanMs: number) {
  const inOrder = [...new Set(turnsMs)].filter((ms) => ms <= spanMs).toSorted((a, b) => a - b);
  return inOrder.slice(1).flatMap((toMs, i) => {
    const fromMs = inOrder[i] ?? 0;
    const begins = rate.factorAt(fromMs);
    const middle = rate.factorAt((fromMs + toMs) / 2);
    return [
      { atMs: fromMs, factor: begins },
      { atMs: toMs, factor: Math.max(0, 2 * middle - begins) },
    ];
  });
}

/** The earliest time of a step, from the source's start on, that changes nothing that has arrived by `sinceMs`. */
export function firstStepMs({ delay }: GeneratorConfig, sinceMs: number): number {
  // With delays below 0 an event arrives before it happens.
  return Math.max(0, sinceMs + 1 - leastDelayMs(delay));
}
