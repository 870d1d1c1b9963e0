import type { Random } from '../../stream/random.ts';
import type { DelayConfig, DelayPart, StragglerConfig } from './delay-config.ts';
import { exp, ln, normalQuantile, pow } from './deterministic-math.ts';

type PlainDelay = DelayPart | (DelayConfig & { readonly distribution: DelayPart['distribution'] });

/** Standard deviations beyond which no normal variable lies that is made from 32 random bits. */
const FARTHEST_SIGMAS = 6.4;

/** Uniform in (0, 1): what a logarithm may be taken of. */
function open(random: Random): number {
  return (random.uint32() + 0.5) / 4294967296;
}

/** A gap with the given mean, as between events that know nothing of each other. */
export function exponential(random: Random, mean: number): number {
  return -mean * ln(open(random));
}

export function lognormal(random: Random, median: number, sigma: number): number {
  return median * exp(sigma * normalQuantile(open(random)));
}

export function normal(random: Random, centre: number, spread: number): number {
  return centre + spread * normalQuantile(open(random));
}

/**
 * Time between an event and its arrival, whole ms, at most `maxMs`; below 0 when it arrives before it happens. Takes as
 * many numbers from `random` as the distribution needs, whatever their values.
 */
export function delayMs(random: Random, delay: DelayConfig): number {
  const { gridMs } = delay;
  const plainMs = isMixture(delay) ? mixedDelayMs(random, delay) : plainDelayMs(random, delay as PlainDelay);
  return gridMs === 0 ? plainMs : Math.round(plainMs / gridMs) * gridMs;
}

/** No delay is less. */
export function leastDelayMs(delay: DelayConfig): number {
  const parts: readonly PlainDelay[] = isMixture(delay) ? delay.parts : [delay as PlainDelay];
  const least = Math.min(
    0,
    ...parts.map(({ distribution, centreMs, spreadMs }) =>
      distribution === 'normal' ? Math.floor(centreMs - FARTHEST_SIGMAS * spreadMs) : 0,
    ),
  );
  return least < 0 ? least - delay.gridMs : 0;
}

function isMixture(delay: DelayConfig): boolean {
  return delay.distribution === 'mixture';
}

function mixedDelayMs(random: Random, { parts }: DelayConfig): number {
  let rest = random.uniform() * parts.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = parts.find(({ weight }) => (rest -= weight) < 0) ?? parts.at(-1);
  return chosen === undefined ? 0 : plainDelayMs(random, chosen);
}

function plainDelayMs(random: Random, delay: PlainDelay): number {
  return Math.min(Math.floor(rawDelayMs(random, delay)), delay.maxMs);
}

function rawDelayMs(random: Random, delay: PlainDelay): number {
  switch (delay.distribution) {
    case 'none':
      return 0;
    case 'constant':
      return delay.constantMs;
    case 'uniform':
      return delay.fromMs + random.uniform() * (delay.toMs - delay.fromMs);
    case 'normal':
      return normal(random, delay.centreMs, delay.spreadMs);
    case 'exponential':
      return exponential(random, delay.meanMs);
    case 'lognormal':
      return lognormal(random, delay.medianMs, delay.sigma);
    case 'weibull':
      return delay.scaleMs * pow(-ln(open(random)), 1 / delay.shape);
    case 'pareto':
      return delay.leastMs * pow(open(random), -1 / delay.alpha);
  }
}

/** What a straggler is late by beyond its delay: half to one and a half times the figure. 0 for everybody else. */
export function stragglerMs(random: Random, stragglers: StragglerConfig): number {
  if (stragglers.sharePercent === 0 || random.uniform() * 100 >= stragglers.sharePercent) return 0;
  return Math.floor(stragglers.delayMs * (0.5 + random.uniform()));
}
