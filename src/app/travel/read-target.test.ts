import { expect, test } from 'vitest';
import type { Standpoint } from './read-target.ts';
import { readTarget } from './read-target.ts';

const day = Date.parse('2026-01-15T00:00:00Z');
const here: Standpoint = {
  seq: 100,
  clock: 'processing-time',
  nowMs: day + 12 * 3_600_000,
  firstMs: day + 11 * 3_600_000,
};

function at(iso: string): object {
  return { by: 'processing-time', atMs: Date.parse(iso) };
}

test.each([
  ['#1,200', { by: 'seq', seq: 1_200 }],
  [' 500000 ', { by: 'seq', seq: 500_000 }],
  ['+10', { by: 'seq', seq: 110 }],
  ['-10', { by: 'seq', seq: 90 }],
  ['\u2212 #500', { by: 'seq', seq: 0 }],
  ['start', { by: 'seq', seq: 0 }],
  ['End', { by: 'seq', seq: Infinity }],
  ['12:41', at('2026-01-15T12:41:00Z')],
  ['12:41:35.2', at('2026-01-15T12:41:35.2Z')],
  ['7:05:09,045', at('2026-01-15T07:05:09.045Z')],
  ['2024-02-29 23:59:59.999', at('2024-02-29T23:59:59.999Z')],
  ['2026-01-16T00:00:00Z', at('2026-01-16T00:00:00Z')],
  ['+30s', at('2026-01-15T12:00:30Z')],
  ['-1h 30m', at('2026-01-15T10:30:00Z')],
  ['90s', at('2026-01-15T11:01:30Z')],
])('%s', (text, target) => {
  expect(readTarget(text, here)).toEqual({ ok: true, target });
});

test('times are of the clock that is meant', () => {
  expect(readTarget('12:41', { ...here, clock: 'event-time' })).toEqual({
    ok: true,
    target: { by: 'event-time', tsMs: Date.parse('2026-01-15T12:41:00Z') },
  });
});

test.each([
  ['', 'Write an offset'],
  ['soon', '“soon” is no place in the run'],
  ['12:60', '12:60 is no time of day'],
  ['24:00', '24:00 is no time of day'],
  ['2026-02-30 12:00', '2026-02-30 is no day'],
  ['10 parsecs', 'is no place'],
  ['#99999999999999999', 'No run has so many entries'],
])('%s is refused', (text, message) => {
  const read = readTarget(text, here);
  expect(read.ok ? 'read' : read.message).toContain(message);
});

test('before there is a time, times of day and durations wait', () => {
  const before = { ...here, seq: 0, nowMs: null, firstMs: null };
  for (const text of ['12:41', '+30s', '5m']) expect(readTarget(text, before).ok).toBe(false);
  expect(readTarget('2026-01-15 12:41', before).ok).toBe(true);
});
