import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../stream/random.ts';
import type { BytePieces } from './byte-pieces.ts';
import { inOne, inPieces } from './byte-pieces.ts';

function noise(length: number, seed: number): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length }, () => random.uint32());
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Of pieces that the earlier one does not have. */
function ownBytes(later: BytePieces, earlier: BytePieces): number {
  const own = later.pieces.filter((piece) => !earlier.pieces.includes(piece));
  return own.reduce((sum, piece) => sum + piece.length, 0);
}

test('pieces are the bytes that were cut, whatever they have in common with earlier ones', () => {
  const part = fc.record({ length: fc.nat({ max: 9_000 }), seed: fc.nat({ max: 3 }), isBlank: fc.boolean() });
  const bytes = fc
    .array(part, { maxLength: 6 })
    .map((parts) =>
      joined(...parts.map(({ length, seed, isBlank }) => (isBlank ? new Uint8Array(length) : noise(length, seed)))),
    );
  fc.assert(
    fc.property(bytes, bytes, (first, second) => {
      const earlier = inPieces(first, null);
      const later = inPieces(second, earlier);
      expect([earlier.bytes, later.bytes]).toEqual([first.length, second.length]);
      expect(inOne(earlier)).toEqual(first);
      expect(inOne(later)).toEqual(second);
      expect(ownBytes(inPieces(first, earlier), earlier)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('what stands further on is found again, and what is in front or behind it is all that is new', () => {
  const common = noise(400_000, 7);
  const earlier = inPieces(joined(noise(30_001, 1), common), null);
  const later = inPieces(joined(noise(777, 2), common, noise(50_003, 3)), earlier);
  expect(later.bytes).toBe(777 + 400_000 + 50_003);
  expect(ownBytes(later, earlier)).toBeLessThan(later.bytes - 380_000);
});

test('bytes that differ in their midst are not taken for the same, though their ends are alike', () => {
  const first = noise(3_000, 5);
  const second = first.slice();
  second[10] = (second[10] ?? 0) ^ 1;
  expect(inOne(inPieces(second, inPieces(first, null)))).toEqual(second);
});
