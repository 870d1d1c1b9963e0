import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plant } from './mutant.ts';
import { mutants } from './mutants.ts';
import { parseOptions, sampleOf } from './options.ts';

const root = new URL('../../', import.meta.url);

test.each(mutants)('$id can be planted', (mutant) => {
  expect(plant(mutant, readFileSync(new URL(mutant.file, root), 'utf8'))).not.toHaveProperty('broken');
});

test('there are many, each under a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(30);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

test('a text that stands twice, or not at all, is no place for a fault', () => {
  const mutant = { id: 'a', file: 'a.ts', fault: '', old: 'x < 1', new: 'x <= 1' };
  expect(plant(mutant, 'if (x < 1) y();')).toEqual({ text: 'if (x <= 1) y();' });
  expect(plant(mutant, 'x < 1 || x < 1')).toEqual({ broken: 'the old text stands 2 times in a.ts' });
  expect(plant(mutant, '')).toEqual({ broken: 'the old text stands 0 times in a.ts' });
});

test('samples of seeds that follow each other go through the whole list', () => {
  const list = [0, 1, 2, 3, 4, 5, 6];
  expect(new Set([0, 1, 2].flatMap((seed) => sampleOf(list, 3, seed)))).toEqual(new Set(list));
  expect(sampleOf(list, 3, 2)).toEqual([6, 0, 1]);
});

test('options', () => {
  const ids = ['a', 'b'];
  expect(parseOptions([], ids)).toEqual({ json: false, only: null, sample: null, seed: 0 });
  expect(parseOptions(['--json', '--sample', '5', '--seed', '12'], ids)).toMatchObject({ sample: 5, seed: 12 });
  expect(parseOptions(['--only', 'a,c'], ids)).toBe('There is no mutant c.');
  expect(parseOptions(['--fast'], ids)).toBe('--fast is no option.');
});
