import { describe, expect, it } from 'vitest';
import { DelaySampler } from './delay-picture.ts';
import { generatorConfig } from './generator-config.ts';
import { GeneratorReader } from './generator-reader.ts';

const SHAPES = [
  { delay: { distribution: 'lognormal', medianMs: 900, sigma: 1.2 } },
  { delay: { distribution: 'normal', centreMs: -500, spreadMs: 2_000 }, partitions: 3 },
  { partitions: 4, idlePartitions: 1, stragglers: { sharePercent: 5 } },
  { faults: [{ kind: 'poison', afterMs: 5_000, aheadMs: 60_000 }] },
];

describe('the picture of delays', () => {
  it('tells what counting row by row tells', () => {
    for (const shape of SHAPES) {
      const config = generatorConfig.parse({ ...shape, events: 4_000, watermark: { delayMs: 1_500 } });
      const sampler = new DelaySampler({ partitions: config.partitions, delayMs: 1_500, isPerEvent: true });
      const reader = new GeneratorReader({ config, timeIsArrival: false }, 9, 700);
      const rows: { ts: number; at: number; partition: number }[] = [];
      for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
        sampler.add(chunk);
        for (let i = 0; i < chunk.length; i++)
          rows.push({ ts: chunk.ts[i]!, at: chunk.at[i]!, partition: chunk.partition?.[i] ?? 0 });
      }
      const picture = sampler.picture();
      const delays = rows.map(({ ts, at }) => at - ts).toSorted((a, b) => a - b);
      expect(picture.p50Ms).toBe(delays[1_999]);
      expect(picture.p95Ms).toBe(delays[3_799]);
      expect(picture.maxMs).toBe(delays.at(-1));
      expect(picture.early).toBe(delays.filter((delay) => delay < 0).length);
      expect(picture.beyond).toBe(delays.filter((delay) => delay > 1_500).length);
      for (const { fromMs, toMs, rows: count } of picture.bins) {
        const least = fromMs === 0 ? -Infinity : fromMs;
        expect(count).toBe(delays.filter((delay) => delay >= least && delay < toMs).length);
      }
      const newest = new Array<number>(config.partitions).fill(-Infinity);
      const late = rows.filter(({ ts, partition }) => {
        const isLate = ts <= Math.min(...newest) - 1_501;
        newest[partition] = Math.max(newest[partition]!, ts);
        return isLate;
      });
      expect(picture.late).toBe(late.length);
      picture.partitions.forEach((own, p) => {
        const times = rows.filter(({ partition }) => partition === p).map(({ at }) => at);
        expect(own.rows).toBe(times.length);
        const stops = [rows[0]!.at, ...times, rows.at(-1)!.at];
        expect(own.silentMs).toBe(Math.max(...stops.slice(1).map((at, i) => at - stops[i]!)));
      });
    }
  });

  it('of nothing says nothing', () => {
    const picture = new DelaySampler({ partitions: 1, delayMs: 0, isPerEvent: false }).picture();
    expect(picture).toMatchObject({ rows: 0, p50Ms: 0, beyond: 0, late: null });
  });
});
