import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonParts } from './json-parts.ts';

it('tells names, texts and literals apart', () => {
  const parts = jsonParts('{"a": "x: \\"1\\"", "b": [true, -1.5e3]}').filter(({ kind }) => kind !== 'plain');
  expect(parts.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'name "a":',
    'text "x: \\"1\\""',
    'name "b":',
    'literal true',
    'literal -1.5e3',
  ]);
});

it('loses no letter', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const parts = jsonParts(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }),
  );
});
