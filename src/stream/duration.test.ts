import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DURATION_LIMIT_MS, formatDuration, parseDuration } from './duration.ts';

describe('durations', () => {
  test.each([
    ['10s', 10_000],
    ['1.5 h', 5_400_000],
    ['1h 30m', 5_400_000],
    ['250ms', 250],
    ['2min', 120_000],
    ['-5s', -5_000],
    ['0', 0],
    ['1d', 86_400_000],
  ])('%s is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each(['', '10', '10 parsecs', 's', '1.0001ms', '5s!', '1e3s', '999999999999d', '- 5'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test('what is written is read back', () => {
    const durations = fc.integer({ min: -DURATION_LIMIT_MS, max: DURATION_LIMIT_MS });
    fc.assert(fc.property(durations, (durationMs) => parseDuration(formatDuration(durationMs)) === durationMs));
  });
});
