import { expect, test } from 'vitest';
import { LabelPlaces } from './label-places.ts';

test('a label takes its place from whatever would be written over it, and from nothing else', () => {
  const places = new LabelPlaces(13);
  expect(places.take(100, 50, 40)).toBe(true);
  expect(places.take(100, 50, 40)).toBe(false);
  expect(places.take(70, 45, 40)).toBe(false);
  expect(places.take(130, 60, 10)).toBe(false);
  expect(places.take(144, 50, 40)).toBe(true);
  expect(places.take(56, 50, 40)).toBe(true);
  expect(places.take(100, 63, 40)).toBe(true);
});

test('so many labels that none can be read are not all remembered', () => {
  const places = new LabelPlaces(13);
  const taken = Array.from({ length: 1_000 }, (_, i) => places.take(0, 20 * i, 10)).filter(Boolean);
  expect(taken.length).toBe(120);
});
