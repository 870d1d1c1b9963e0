import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowStartMs } from './time.ts';

test('a window holds its event, and starts lie on the grid, also before 1970', () => {
  const cases = fc.tuple(
    fc.integer({ min: -1e12, max: 1e12 }),
    fc.integer({ min: 1, max: 1e9 }),
    fc.integer({ min: -1e6, max: 1e6 }),
  );
  fc.assert(
    fc.property(cases, ([timeMs, sizeMs, offsetMs]) => {
      const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
      expect(startMs).toBeLessThanOrEqual(timeMs);
      expect(startMs + sizeMs).toBeGreaterThan(timeMs);
      expect(Math.abs((startMs - offsetMs) % sizeMs)).toBe(0);
    }),
  );
});
