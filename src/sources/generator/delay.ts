import type { Random } from '../../stream/random.ts';
import type { DelayConfig, StragglerConfig } from './generator-config.ts';
import { exp, ln, normalQuantile, pow } from './deterministic-math.ts';

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

/** Time between an event and its arrival, whole ms, at most `maxMs`. Takes one number from `random`, or none. */
export function delayMs(random: Random, delay: DelayConfig): number {
  return Math.min(Math.floor(rawDelayMs(random, delay)), delay.maxMs);
}

function rawDelayMs(random: Random, delay: DelayConfig): number {
  switch (delay.distribution) {
    case 'none':
      return 0;
    case 'constant':
      return delay.constantMs;
    case 'uniform':
      return delay.fromMs + random.uniform() * (delay.toMs - delay.fromMs);
    case 'exponential':
      return exponential(random, delay.meanMs);
    case 'lognormal':
      return lognormal(random, delay.medianMs, delay.sigma);
    case 'pareto':
      return delay.leastMs * pow(open(random), -1 / delay.alpha);
  }
}

/** What a straggler is late by beyond its delay: half to one and a half times the figure. 0 for everybody else. */
export function stragglerMs(random: Random, stragglers: StragglerConfig): number {
  if (stragglers.sharePercent === 0 || random.uniform() * 100 >= stragglers.sharePercent) return 0;
  return Math.floor(stragglers.delayMs * (0.5 + random.uniform()));
}
