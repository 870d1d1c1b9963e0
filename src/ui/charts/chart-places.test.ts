import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHART_NAMES, keptPlaces, withChart } from './chart-places.ts';

test('whatever is chosen, each place has a chart of its own', () => {
  const choices = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(...CHART_NAMES)), { maxLength: 20 });
  fc.assert(
    fc.property(choices, (chosen) => {
      let shown = keptPlaces(null);
      for (const [place, name] of chosen) {
        shown = withChart(shown, place, name);
        expect(shown[place]).toBe(name);
        expect(new Set(shown).size).toBe(4);
      }
      expect(keptPlaces(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
    }),
  );
});

test('what was kept by another version, or is none of ours, gives the first four', () => {
  const first = CHART_NAMES.slice(0, 4);
  for (const kept of [null, 3, {}, [], ['windows'], ['windows', 'windows', 'drops', 'state'], ['a', 'b', 'c', 'd']]) {
    expect(keptPlaces(kept)).toEqual(first);
  }
});
