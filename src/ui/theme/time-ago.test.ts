import { expect, it } from 'vitest';
import { timeAgo } from './time-ago.ts';

const nowMs = Date.UTC(2026, 0, 15, 12, 0, 0);

it.each([
  [0, 'just now'],
  [-5_000, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [59 * 60_000, '59 minutes ago'],
  [3_600_000, '1 hour ago'],
  [86_400_000, 'yesterday'],
  [3 * 86_400_000, '3 days ago'],
  [40 * 86_400_000, 'last month'],
  [800 * 86_400_000, '2 years ago'],
])('%d ms is %s', (passedMs, words) => {
  expect(timeAgo(nowMs - passedMs, nowMs)).toBe(words);
});
