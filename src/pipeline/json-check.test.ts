import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findJsonFault } from './json-check.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

it('takes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 2 }), (value, indent) => {
      expect(findJsonFault(JSON.stringify(value, null, indent), 1000)).toBeNull();
    }),
  );
});

it('agrees with JSON.parse on damaged texts', () => {
  const damaged = fc
    .tuple(
      fc.jsonValue({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', ' ', '\n', 'e'),
    )
    .map(([value, at, insert]) => {
      const text = JSON.stringify(value);
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + insert + text.slice(cut + 1);
    });
  fc.assert(
    fc.property(damaged, (text) => {
      const fault = findJsonFault(text, 1000);
      if (fault?.kind !== 'duplicate') expect(fault === null).toBe(parses(text));
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ['{"a": 1,\n  "b": }', 'syntax', 2, 8],
  ['{"a": [1, 2', 'cut', 1, 12],
  ['{"a": "x', 'cut', 1, 9],
  ['', 'cut', 1, 1],
  ['{} {}', 'syntax', 1, 4],
  ['{"a": 01}', 'syntax', 1, 8],
  ['{"a": 1, "b": 2, "a": 3}', 'duplicate', 1, 18],
  ['["a\tb"]', 'syntax', 1, 4],
  ['[[[]]]', 'depth', 1, 3],
] as const)('%j: %s at line %i, column %i', (text, kind, line, column) => {
  expect(findJsonFault(text, 2)).toMatchObject({ kind, line, column });
});

it('meets depth without recursion', () => {
  expect(findJsonFault('['.repeat(2_000_000), 64)?.kind).toBe('depth');
  expect(findJsonFault('['.repeat(500_000) + ']'.repeat(500_000), 1_000_000)).toBeNull();
});
