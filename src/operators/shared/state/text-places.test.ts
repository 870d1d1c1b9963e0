import { expect, test } from 'vitest';
import { Random } from '../../../stream/random.ts';
import { TextPlaces, hashOf } from './text-places.ts';

/** Texts of which many have one hash: 'Aa' and 'BB' are the same to a polynomial of 31. */
function textOf(number: number): string {
  return (
    Array.from({ length: 10 }, (_, bit) => (((number >> bit) & 1) === 0 ? 'Aa' : 'BB')).join('') + String(number >> 10)
  );
}

test.each([20, 1_000, 5_000])('of %i texts that come and go each is found by itself', (range) => {
  const random = new Random(range);
  const below = (count: number): number => Math.floor((random.uint32() / 2 ** 32) * count);
  const known = new Map<string, number>();
  const texts: (string | undefined)[] = [];
  const free: number[] = [];
  const places = new TextPlaces();
  for (let step = 0; step < 4 * range; step++) {
    const text = textOf(below(range));
    expect(places.find(texts, text, hashOf(text))).toBe(known.get(text) ?? -1);
    const id = known.get(text);
    // Mostly more come in the first half, and more go in the second.
    const goes = below(10) < (step < 2 * range ? 2 : 8);
    if (id === undefined && !goes) {
      const own = free.pop() ?? texts.length;
      texts[own] = text;
      places.add(hashOf(text), own);
      known.set(text, own);
    } else if (id !== undefined && goes) {
      places.remove(id);
      texts[id] = undefined;
      free.push(id);
      known.delete(text);
    }
    expect(places.size).toBe(known.size);
  }
  for (const [text, id] of known) expect(places.find(texts, text, hashOf(text))).toBe(id);
});
