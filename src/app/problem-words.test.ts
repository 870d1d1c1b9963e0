import { expect, test } from 'vitest';
import type { Problem } from '../stream/problem.ts';
import { inFormWords } from './problem-words.ts';

function worded(name: string, title: string, message: string, fix: string): string {
  const problem: Problem = { code: 'any', severity: 'error', path: '', nodeId: null, message, fix };
  const told = inFormWords(problem, { name, title });
  return `${told.message} ${told.fix}`;
}

test('a parameter is called by the title of its field', () => {
  expect(worded('sizeMs', 'Size', 'A tumbling window needs sizeMs.', 'Enter sizeMs.')).toBe(
    'A tumbling window needs “Size”. Enter “Size”.',
  );
  expect(worded('predicate', 'Keep if', 'predicate is missing.', 'Fill in predicate.')).toBe(
    '“Keep if” is missing. Fill in “Keep if”.',
  );
});

test('a word that only sounds like it stays', () => {
  const message = 'The column has no time.';
  expect(worded('time', 'Event time', message, 'Choose another time.')).toBe(`${message} Choose another time.`);
  expect(worded('sizeMs', 'Size', 'The field config.sizeMs.x is odd.', 'See sizeMsOld.')).toBe(
    'The field config.sizeMs.x is odd. See sizeMsOld.',
  );
});
