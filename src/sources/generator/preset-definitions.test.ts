import { describe, expect, it } from 'vitest';
import { generatorDefinition } from './definition.ts';
import { generatorConfig } from './generator-config.ts';
import { GeneratorReader } from './generator-reader.ts';
import { DISORDER_PRESETS, isOfPreset, withPreset } from './preset-definitions.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function delaysOf(id: string): number[] {
  const preset = DISORDER_PRESETS.find((each) => each.id === id)!;
  const plain = generatorConfig.parse({});
  const config = generatorConfig.parse({ ...withPreset({}, plain, preset), events: 60_000, rateEventsPerSec: 1_000 });
  const reader = new GeneratorReader({ config, timeIsArrival: false }, 4);
  const delays: number[] = [];
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next())
    for (let i = 0; i < chunk.length; i++) delays.push(chunk.at[i]! - chunk.ts[i]!);
  return delays.sort((a, b) => a - b);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

/** Percentiles of the source's own figures: share, value, and how far off the fit may be. */
const PERCENTILES: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  vehicles: [
    [0.5, 62, 0.05],
    [0.9, 82, 0.1],
    [0.95, 100, 0.15],
    [0.99, 654, 0.3],
    [0.999, 1_900, 0.35],
  ],
  web: [
    [0.5, 289, 0.05],
    [0.9, 439, 0.05],
    [0.95, 506, 0.1],
    [0.99, 5_700, 0.15],
  ],
  mobile: [
    [0.5, 2_300, 0.05],
    [0.9, 5_500, 0.35],
    [0.95, 12_600, 0.35],
  ],
  'report-at-end': [
    [0.5, 8.9 * MINUTE, 0.05],
    [0.9, 24 * MINUTE, 0.05],
    [0.95, 31 * MINUTE, 0.05],
  ],
  'weekly-reports': [
    [0.5, 7 * DAY, 0],
    [0.95, 28 * DAY, 0.26],
    [0.99, 42 * DAY, 0.35],
  ],
};

/** Shares that had come by a time. */
const SHARES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  desktop: [
    [0.9, 2 * HOUR],
    [0.95, 12 * HOUR],
    [0.98, 20 * HOUR],
    [0.99, 24 * HOUR],
  ],
  'next-session': [
    [0.54, HOUR],
    [0.625, 2 * HOUR],
    [0.69, 4 * HOUR],
    [0.75, 8 * HOUR],
    [0.81, 12 * HOUR],
    [0.9, 19 * HOUR],
    [0.96, 24 * HOUR],
    [0.99, 50 * HOUR],
  ],
  crashes: [
    [0.7, HOUR],
    [0.82, DAY],
    [0.84, 96 * HOUR],
  ],
  'merged-logs': [
    [0.997, 0],
    [1, 3 * SECOND],
  ],
};

describe('presets', () => {
  it('have the percentiles of what they were measured on', () => {
    for (const [id, targets] of Object.entries(PERCENTILES)) {
      const delays = delaysOf(id);
      for (const [share, value, tolerance] of targets) {
        const off = Math.abs(percentile(delays, share) / value - 1);
        expect(off, `${id} at ${share}: ${percentile(delays, share)}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('have the shares that had come by a time', () => {
    for (const [id, targets] of Object.entries(SHARES)) {
      const delays = delaysOf(id);
      for (const [share, byMs] of targets) {
        const come = delays.filter((delay) => delay <= byMs).length / delays.length;
        expect(Math.abs(come - share), `${id} by ${byMs}: ${come}`).toBeLessThan(0.045);
      }
    }
  });

  it('let planned departures be early and late as they were', () => {
    const late = delaysOf('departures').filter((delay) => delay > 0);
    expect(late.length / 60_000).toBeGreaterThan(0.55);
    expect(percentile(late, 0.5) / (10 * MINUTE)).toBeCloseTo(1, 0);
    expect(percentile(late, 0.95) / (115 * MINUTE)).toBeCloseTo(1, 0);
  });

  it('are good configurations that leave all but disorder alone, and are known again', () => {
    const written = { shape: 'clicks', events: 500, delay: { distribution: 'none' }, watermark: { delayMs: 7 } };
    for (const preset of DISORDER_PRESETS) {
      const changed = withPreset(written, generatorConfig.parse(written), preset);
      expect(changed).toMatchObject({ shape: 'clicks', events: 500, watermark: { delayMs: 7 } });
      const config = generatorConfig.parse(changed);
      const request = { inputs: [], dialect: 'flink-datastream', timeDomain: 'event', engine: {} } as const;
      expect(generatorDefinition.bind({ config, ...request }).problems).toEqual([]);
      const known = DISORDER_PRESETS.filter((each) => isOfPreset(changed, config, each));
      expect(known).toEqual([preset]);
      expect(isOfPreset(written, generatorConfig.parse(written), preset)).toBe(false);
    }
  });
});
