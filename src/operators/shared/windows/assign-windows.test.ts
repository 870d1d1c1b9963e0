import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alignment } from './assign-windows.ts';
import { assignWindows } from './assign-windows.ts';

const flink = { startsBeforeEpoch: true, sessionEndsWith: 'gap' } as const;
const kafka = { startsBeforeEpoch: false, sessionEndsWith: 'last-event' } as const;
const none = { sizeMs: 0, advanceMs: 0, stepMs: 0, gapMs: 0, offsetMs: 0 };

function bounds(
  timeMs: number,
  alignment: Partial<Alignment> & Pick<Alignment, 'kind'>,
  rules: typeof flink | typeof kafka,
) {
  return assignWindows(timeMs, { ...none, ...alignment }, rules).map(({ startMs, endMs }) => [startMs, endMs]);
}

describe('the windows of an event', () => {
  it('are aligned to the offset, also before 1970', () => {
    const alignment = { kind: 'tumbling', sizeMs: 5000, offsetMs: -100 } as const;
    expect([0, 4899, 4900, -101].map((timeMs) => bounds(timeMs, alignment, flink)[0])).toEqual([
      [-100, 4900],
      [-100, 4900],
      [4900, 9900],
      [-5100, -100],
    ]);
  });

  it('hop: all grid windows that hold it, by a walk over the whole grid', () => {
    const figures = fc.record({
      timeMs: fc.integer({ min: -60, max: 60 }),
      sizeMs: fc.integer({ min: 1, max: 30 }),
      advanceMs: fc.integer({ min: 1, max: 40 }),
      offset: fc.double({ min: -0.99, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(figures, fc.constantFrom(flink, kafka), ({ timeMs, sizeMs, advanceMs, offset }, rules) => {
        const offsetMs = Math.trunc(offset * advanceMs);
        const expected: number[][] = [];
        for (let k = -200; k <= 200; k++) {
          const startMs = k * advanceMs + offsetMs;
          const isLegal = rules.startsBeforeEpoch || startMs >= 0;
          if (isLegal && startMs <= timeMs && timeMs < startMs + sizeMs) expected.push([startMs, startMs + sizeMs]);
        }
        expect(bounds(timeMs, { kind: 'hopping', sizeMs, advanceMs, offsetMs }, rules)).toEqual(expected);
      }),
    );
  });

  it('cumulate: from one start, every end behind it', () => {
    const alignment = { kind: 'cumulate', sizeMs: 5000, stepMs: 1000 } as const;
    expect(bounds(2000, alignment, flink)).toEqual([
      [0, 3000],
      [0, 4000],
      [0, 5000],
    ]);
    expect(bounds(-1, alignment, flink)).toEqual([[-5000, 0]]);
  });

  it('session: to the end of the gap, or to itself', () => {
    expect(bounds(7, { kind: 'session', gapMs: 3 }, flink)).toEqual([[7, 10]]);
    expect(bounds(7, { kind: 'session', gapMs: 3 }, kafka)).toEqual([[7, 7]]);
  });
});
