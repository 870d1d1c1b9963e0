import { cosTurns } from './deterministic-math.ts';
import type { RateKnot } from './piecewise-rate.ts';
import { PiecewiseRate, lastAtMost } from './piecewise-rate.ts';
import type { RateProfileConfig, RateStep } from './rate-config.ts';

/** Straight pieces of a wave: it is nowhere further than 0.06 % of its amplitude from them. */
const WAVE_PIECES = 96;

/** Until the next one begins, the rate is `factor` times that without steps, whose plain time by `fromMs` is `underMs`. */
interface Span {
  readonly fromMs: number;
  readonly factor: number;
  readonly underMs: number;
  readonly plainMs: number;
}

/** How a source's rate changes with event time, counted from its start; see `PiecewiseRate`. */
export class RateProfile {
  /** The rate without its steps. */
  readonly under: PiecewiseRate;
  private readonly spans: readonly Span[];

  constructor(config: RateProfileConfig) {
    this.under = rateUnder(config);
    this.spans = this.spansOf(inOrder(config.steps));
  }

  private spansOf(steps: readonly RateStep[]): readonly Span[] {
    let last: Span = { fromMs: 0, factor: 1, underMs: 0, plainMs: 0 };
    const spans = [last];
    for (const { afterMs, percent } of steps) {
      const underMs = this.under.plainMsBy(afterMs);
      const plainMs = last.plainMs + (underMs - last.underMs) * last.factor;
      last = { fromMs: afterMs, factor: percent / 100, underMs, plainMs };
      spans.push(last);
    }
    return spans;
  }

  /** When the plain rate would have made as many events as this one by then. */
  plainMsBy(ms: number): number {
    const span = this.spans[lastAtMost(this.spans, ms, ({ fromMs }) => fromMs)];
    if (span === undefined) return 0;
    return span.plainMs + (this.under.plainMsBy(ms) - span.underMs) * span.factor;
  }

  /** The other way round: when an event happens that the plain rate would have made by `plainMs`. */
  msBy(plainMs: number): number {
    const { spans, under } = this;
    const place = spans.length === 1 ? 0 : lastAtMost(spans, plainMs, ({ plainMs: from }) => from);
    const span = spans[place];
    if (span === undefined || spans.length === 1) return under.msBy(plainMs);
    const ms = under.msBy(span.underMs + (plainMs - span.plainMs) / span.factor);
    return Math.max(span.fromMs, Math.min(ms, spans[place + 1]?.fromMs ?? Infinity));
  }

  /** The rate at a time, as a multiple of the plain one. */
  factorAt(ms: number): number {
    const span = this.spans[lastAtMost(this.spans, ms, ({ fromMs }) => fromMs)];
    return this.under.factorAt(ms) * (span?.factor ?? 1);
  }
}

/** Null for the plain rate. */
export function rateProfile(config: RateProfileConfig): RateProfile | null {
  return config.kind === 'constant' && config.steps.length === 0 ? null : new RateProfile(config);
}

/** By the time at which they begin; of two at one time the later one in the list counts. */
export function inOrder(steps: readonly RateStep[]): readonly RateStep[] {
  return steps.toSorted((a, b) => a.afterMs - b.afterMs);
}

function rateUnder(config: RateProfileConfig): PiecewiseRate {
  switch (config.kind) {
    case 'constant':
      return new PiecewiseRate([{ atMs: 0, factor: 1 }], false);
    case 'ramp': {
      const { fromPercent, toPercent, overMs } = config;
      const knots = [
        { atMs: 0, factor: fromPercent / 100 },
        { atMs: overMs, factor: toPercent / 100 },
      ];
      return new PiecewiseRate(knots, false);
    }
    case 'wave':
      return new PiecewiseRate(waveKnots(config), true);
    case 'bursts': {
      const { everyMs, forMs, burstPercent } = config;
      const factor = burstPercent / 100;
      const beginMs = Math.max(0, everyMs - forMs);
      const calm = [
        { atMs: 0, factor: 1 },
        { atMs: beginMs, factor: 1 },
      ];
      return new PiecewiseRate([...calm, { atMs: beginMs, factor }, { atMs: everyMs, factor }], true);
    }
  }
}

function waveKnots({ amplitudePercent, periodMs, shiftMs }: RateProfileConfig): readonly RateKnot[] {
  const shift = shiftMs / periodMs;
  return Array.from({ length: WAVE_PIECES + 1 }, (_, i) => ({
    atMs: (i * periodMs) / WAVE_PIECES,
    factor: 1 - (amplitudePercent / 100) * cosTurns(i / WAVE_PIECES + shift),
  }));
}
