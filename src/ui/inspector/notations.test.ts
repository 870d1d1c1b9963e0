import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import { durationNotation } from './notations.ts';

describe('durations in a field', () => {
  const plain = durationNotation(undefined);
  const meant = (text: string): unknown => {
    const read = plain.read(text);
    return 'value' in read ? plain.explain(read.value).replaceAll('\u00a0', ' ') : read.problems[0]?.message;
  };

  it.each([
    ['10s', '10 seconds'],
    ['2m', '2 minutes'],
    ['PT5M', '5 minutes'],
    ['1h 30min', '1 h 30 min'],
    ['1d', '1 day'],
    ['500', '500 ms'],
    ['-5s', '−5 seconds'],
    ['1.5s', '1.5 s'],
    ['10 parsecs', 'Not a time. Write 10s, 5m or 1h.'],
    ['', 'Not a time. Write 10s, 5m or 1h.'],
    ['1.5', 'Not a time. Write 10s, 5m or 1h.'],
  ])('%j means %s', (text, expected) => {
    expect(meant(text)).toBe(expected);
  });

  it('says what the figure brings about', () => {
    const lateness = durationNotation({ text: 'closes at end + {}', atZero: 'closes at its end' });
    expect(lateness.explain(2_000)).toBe('closes at end + 2\u00a0s');
    expect(lateness.explain(0)).toBe('closes at its end');
    expect(durationNotation({ text: 'left {±}' }).explain(-60_000)).toBe('left − 1\u00a0min');
  });

  it('reads back what it writes', () => {
    const durations = fc.integer({ min: -DURATION_LIMIT_MS, max: DURATION_LIMIT_MS });
    fc.assert(
      fc.property(durations, (durationMs) => {
        expect(plain.read(plain.write(durationMs))).toEqual({ value: durationMs });
      }),
    );
  });
});
