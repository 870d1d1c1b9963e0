import { describe, expect, it } from 'vitest';
import { generatorConfig } from './generator-config.ts';
import type { RatePicture } from './rate-definition.ts';
import { firstStepMs, ratePicture } from './rate-definition.ts';
import { rowsOf } from './rows-in-tests.ts';

function pictureOf(input: Readonly<Record<string, unknown>>): RatePicture | null {
  return ratePicture(generatorConfig.parse({ rateEventsPerSec: 100, events: 6_000, ...input }));
}

describe('the picture of a rate', () => {
  it('shows nothing where the rate never changes, or cannot be', () => {
    expect(pictureOf({})).toBeNull();
    expect(pictureOf({ profile: { kind: 'bursts', everyMs: 10, forMs: 20 } })).toBeNull();
  });

  it('goes straight from place to place, jumps where the rate does, and ends with the last event', () => {
    const ramp = pictureOf({ profile: { kind: 'ramp', fromPercent: 50, toPercent: 150, overMs: 60_000 } });
    expect(ramp).toMatchObject({ spanMs: 75_000, endsMs: 60_000, mostEventsPerSec: 150, leastEventsPerSec: 50 });
    expect(ramp?.places[0]).toEqual({ atMs: 0, eventsPerSec: 50 });
    const bursts = pictureOf({ profile: { kind: 'bursts', everyMs: 20_000, forMs: 5_000, burstPercent: 500 } });
    expect(bursts?.places.slice(0, 4)).toEqual([
      { atMs: 0, eventsPerSec: 100 },
      { atMs: 15_000, eventsPerSec: 100 },
      { atMs: 15_000, eventsPerSec: 500 },
      { atMs: 20_000, eventsPerSec: 500 },
    ]);
    // 15 · 100 + 5 · 500 = 4000 events in 20 s, 1500 more in the next 15 s, and the last 500 in 1 s of the burst.
    expect(bursts?.endsMs).toBeCloseTo(36_000, 6);
  });

  it('has as many events under it as the source makes meanwhile', () => {
    for (const profile of [
      { kind: 'wave', periodMs: 15_000 },
      { kind: 'ramp', overMs: 40_000 },
      { steps: [{ afterMs: 10_000, percent: 300 }] },
    ]) {
      const picture = pictureOf({ profile, events: 30_000 });
      let area = 0;
      picture?.places.forEach(({ atMs, eventsPerSec }, i) => {
        const before = picture.places[i - 1];
        if (before !== undefined) area += ((atMs - before.atMs) * (eventsPerSec + before.eventsPerSec)) / 2_000;
      });
      const config = generatorConfig.parse({ profile, events: 30_000, rateEventsPerSec: 100 });
      const made = rowsOf(config, 6).filter(({ ts }) => Number(ts) - config.startMs < (picture?.spanMs ?? 0)).length;
      expect(Math.abs(made - area)).toBeLessThan(5 * Math.sqrt(area));
    }
  });
});

describe('a step that is put into a run', () => {
  it('changes nothing that has arrived, also where events arrive before they happen', () => {
    for (const delay of [
      { distribution: 'exponential' },
      { distribution: 'normal', centreMs: -3_000, spreadMs: 900 },
    ]) {
      const input = { delay, events: 1_500, rateEventsPerSec: 100 };
      const plain = generatorConfig.parse(input);
      for (const sinceMs of [0, 2_000, 5_321]) {
        const steps = [{ afterMs: firstStepMs(plain, sinceMs), percent: 900 }];
        const stepped = generatorConfig.parse({ ...input, profile: { steps } });
        const [before, after] = [plain, stepped].map((config) =>
          rowsOf(config, 31).filter(({ at }) => Number(at) <= config.startMs + sinceMs),
        );
        expect(after).toEqual(before);
      }
    }
  });
});
