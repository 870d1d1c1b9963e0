import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDateTime,
  formatDuration,
  formatDurationNeeded,
  formatExactCount,
  formatOneIn,
  formatRate,
  formatTime,
  formatTimeBeside,
  formatTimeExact,
  formatTimeShort,
  formatWindow,
  formatWindowDated,
  formatWindowShort,
} from './format.ts';

const noon = Date.UTC(2026, 2, 1, 12, 41, 35, 267);

describe('counts and rates', () => {
  it('writes counts in full up to 999,999 and in millions from there', () => {
    expect([0, 7, 12_482, 999_999].map(formatCount)).toEqual(['0', '7', '12,482', '999,999']);
    expect([1_000_000, 1_240_312, 12_400_000, 124_000_000].map(formatCount)).toEqual([
      '1.00\u00a0M',
      '1.24\u00a0M',
      '12.4\u00a0M',
      '124\u00a0M',
    ]);
    expect(formatCount(2_500_000_000)).toBe('2.50\u00a0G');
    expect(formatExactCount(1_240_312)).toBe('1,240,312');
  });

  it('writes what is missing as a dash', () => {
    expect([formatCount(null), formatCount(Number.NaN), formatRate(undefined), formatTime(null)]).toEqual(
      Array(4).fill('–'),
    );
  });

  it('gives rates at least two significant digits', () => {
    expect([0, 0.5, 4.8, 5, 120, 12_400, 240_000, 1_500_000].map(formatRate)).toEqual([
      '0/s',
      '0.50/s',
      '4.8/s',
      '5.0/s',
      '120/s',
      '12.4\u00a0k/s',
      '240\u00a0k/s',
      '1.5\u00a0M/s',
    ]);
  });

  it('puts a rare loss as one in so many', () => {
    expect(formatOneIn(59, 11_904)).toBe('1 in 202');
    expect(formatOneIn(0, 11_904)).toBe('–');
  });
});

describe('slow rates', () => {
  it('are told by the minute, the hour or the day', () => {
    expect([0.05, 0.005, 0.0003, 0.00001, 1e-9].map(formatRate)).toEqual([
      '3.0/min',
      '18/h',
      '1.1/h',
      '0.9/d',
      '<\u00a00.1/d',
    ]);
  });
});

describe('times', () => {
  it('cuts a clock at the tenth', () => {
    expect(formatTime(noon)).toBe('12:41:35.2');
    expect(formatTimeShort(noon)).toBe('41:35.2');
    expect(formatDateTime(noon)).toBe('2026-03-01 12:41:35.2');
  });

  it('tells a moment to the millisecond', () => {
    expect([formatTimeExact(noon), formatTimeExact(noon - 267), formatTimeExact(null)]).toEqual([
      '12:41:35.267',
      '12:41:35',
      '–',
    ]);
  });

  it('gives the date where the day changes', () => {
    expect(formatTimeBeside(noon, noon + 60_000)).toBe('12:41:35.2');
    expect(formatTimeBeside(noon, noon + 86_400_000)).toBe('2026-03-01 12:41:35.2');
    expect(formatTimeBeside(noon, null)).toBe('2026-03-01 12:41:35.2');
    const halfDay = Date.UTC(2001, 0, 23, 12);
    expect(formatWindowDated(halfDay, halfDay + 43_200_000)).toBe('[01-23 12:00:00, 01-24 00:00:00)');
  });

  it('knows times before 1970', () => {
    expect(formatTime(-1)).toBe('23:59:59.9');
  });

  it('has words for no watermark and for the end of time', () => {
    expect([formatTime(-Infinity), formatTime(Infinity), formatTimeShort(Infinity)]).toEqual(['–', 'end', 'end']);
  });

  it('writes windows half-open', () => {
    const start = Date.UTC(2026, 2, 1, 12, 5);
    expect(formatWindow(start, start + 10_000)).toBe('[12:05:00, 12:05:10)');
    expect(formatWindowShort(start, start + 10_000)).toBe('[05:00, 05:10)');
    expect(formatWindow(start, start + 1_500)).toBe('[12:05:00, 12:05:01.500)');
    expect(formatWindow(Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2))).toBe('[2026-03-01, 2026-03-02)');
  });
});

describe('durations, sizes, changes', () => {
  it('uses the two largest units', () => {
    const written = [0, 850, 7_200, 59_960, 60_000, 250_000, 3_900_000, 7_200_000, 273_600_000].map(formatDuration);
    expect(written.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      '0 s',
      '850 ms',
      '7.2 s',
      '1 min',
      '1 min',
      '4 min 10 s',
      '1 h 05 min',
      '2 h',
      '3 d 4 h',
    ]);
    expect(formatDuration(-5_000)).toBe('−5\u00a0s');
  });

  it('rounds what is needed up', () => {
    expect(formatDurationNeeded(7_110)).toBe('7.2\u00a0s');
    expect(formatDurationNeeded(7_100)).toBe('7.1\u00a0s');
    expect(formatDurationNeeded(850.2)).toBe('851\u00a0ms');
  });

  it('writes sizes in binary units and changes with a true minus', () => {
    expect([512, 9_318, 35_651_584].map(formatBytes)).toEqual(['512\u00a0B', '9.1\u00a0KiB', '34\u00a0MiB']);
    expect([formatChange('-U'), formatChange('+I')]).toEqual(['−U', '+I']);
  });
});
