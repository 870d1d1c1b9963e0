import { expect, test } from 'vitest';
import { readStart } from './read-start.ts';

const DAY_MS = Date.UTC(2026, 2, 1, 12, 41, 35);

test('a start is read as people write it', () => {
  expect(readStart('earliest', 'anything', null)).toEqual({ by: 'earliest' });
  expect(readStart('offset', ' 1,200 ', null)).toEqual({ by: 'offset', seq: 1_200 });
  expect(readStart('offset', '0', null)).toEqual({ by: 'offset', seq: 0 });
  const at = { by: 'timestamp', tsMs: Date.UTC(2026, 2, 1, 12, 0, 5, 250) };
  expect(readStart('timestamp', '12:00:05.25', DAY_MS)).toEqual(at);
  expect(readStart('timestamp', '2026-03-01 12:00:05.250Z', null)).toEqual(at);
  expect(readStart('timestamp', '1969-12-31T23:59', DAY_MS)).toEqual({ by: 'timestamp', tsMs: -60_000 });
});

test('what is no start is told', () => {
  for (const text of ['', '-1', '1.5', 'many', '1e3', '9'.repeat(16)])
    expect(readStart('offset', text, DAY_MS)).toContain('no offset');
  for (const text of ['', 'noon', '25:00', '12:61', '2026-13-01 12:00', '12'])
    expect(readStart('timestamp', text, DAY_MS)).toContain('no time');
  // A time of day is of some day.
  expect(readStart('timestamp', '12:00', null)).toContain('no time');
});
