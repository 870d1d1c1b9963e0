import fc from 'fast-check';
import { expect, test } from 'vitest';

const asked = process.env['PROPERTY_SEED'] ?? '20261';

test('properties that name no seed draw from the one that is set, or each from its own', () => {
  const drawn = Array.from({ length: 3 }, () => fc.check(fc.property(fc.nat(), () => undefined)).seed);
  if (asked === 'random') expect(new Set(drawn).size).toBe(3);
  else expect(drawn).toEqual([Number(asked), Number(asked), Number(asked)]);
});
