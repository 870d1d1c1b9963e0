import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DURATION_LIMIT_MS, durationText, formatDuration, parseDuration } from './duration.ts';

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
    ['1h 30min', 5_400_000],
    ['10 seconds', 10_000],
    ['1 hour 05 minutes', 3_900_000],
    ['\u22127.2\u00a0s', -7_200],
    ['PT5M', 300_000],
    ['pt1h30m', 5_400_000],
    ['P1DT0.5S', 86_400_500],
    ['-PT10S', -10_000],
  ])('%s is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each([
    '',
    '10',
    '10 parsecs',
    's',
    '1.0001ms',
    '5s!',
    '1e3s',
    '999999999999d',
    '- 5',
    'P',
    'PT',
    'P1M',
    'P1DT',
    'PT5',
    '5 mon',
    '1h,30m',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test('ISO 8601 says the same', () => {
    const part = fc.integer({ min: 0, max: 999 });
    const parts = fc.tuple(part, part, part, part, fc.boolean());
    fc.assert(
      fc.property(parts, ([d, h, m, s, isNegative]) => {
        const sign = isNegative ? '-' : '';
        const written = parseDuration(`${sign}${d}d ${h}h ${m}m ${s}s`);
        return written !== null && parseDuration(`${sign}P${d}DT${h}H${m}M${s}S`) === written;
      }),
    );
  });

  test('what is read only says the same, without rounding', () => {
    expect(durationText(90_000)).toBe('1\u00a0min\u00a030\u00a0s');
    expect(durationText(-250)).toBe('\u2212250\u00a0ms');
    expect(durationText(7_250)).toBe('7.25\u00a0s');
    expect(durationText(125_400)).toBe('2\u00a0min\u00a05.4\u00a0s');
    expect(durationText(3_600_250)).toBe('1\u00a0h\u00a00.25\u00a0s');
    const durations = fc.integer({ min: -DURATION_LIMIT_MS, max: DURATION_LIMIT_MS });
    fc.assert(fc.property(durations, (durationMs) => parseDuration(durationText(durationMs)) === durationMs));
  });

  test('what is written is read back', () => {
    const durations = fc.integer({ min: -DURATION_LIMIT_MS, max: DURATION_LIMIT_MS });
    fc.assert(fc.property(durations, (durationMs) => parseDuration(formatDuration(durationMs)) === durationMs));
  });
});
