import { expect, test } from 'vitest';
import { LineagePlaces, lineagePlaces } from './lineage-places.ts';
import { planeOf } from './plane-data-in-tests.ts';

const points = Array.from({ length: 50 }, (_, i) => ({ tsMs: 1_000 * i, atMs: 1_000 * i }));

test('the points of a lineage are those with its entries, whatever the order in which they are told', () => {
  const data = planeOf(points);
  const events = new Set([41, 3, 17, 99]);
  const plain = points.flatMap((_, place) => (events.has(data.points.seq.at(place)) ? [place] : []));
  expect(lineagePlaces(data, events)).toEqual(plain);
  expect(plain).toEqual([3, 17, 41]);
  expect(lineagePlaces(data, new Set())).toEqual([]);
  expect(lineagePlaces(planeOf([]), events)).toEqual([]);
});

test('they are looked for again when points or events are others', () => {
  const places = new LineagePlaces();
  const data = planeOf(points);
  const events = new Set([3]);
  const found = places.find(data, events);
  expect(places.find(data, events)).toBe(found);
  expect(places.find(data, new Set([3, 4]))).toEqual([3, 4]);
  expect(places.find(planeOf(points.slice(0, 4)), new Set([3, 4]))).toEqual([3]);
});
