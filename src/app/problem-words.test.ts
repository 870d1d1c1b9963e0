import { expect, test } from 'vitest';
import { validate } from '../pipeline/validate.ts';
import { emptyDocument } from '../pipeline/empty-document.ts';
import type { DocumentNode } from '../pipeline/document.ts';
import type { Problem } from '../stream/problem.ts';
import { inFormWords } from './problem-words.ts';

function graphWith(type: DocumentNode['type'], config: DocumentNode['config']) {
  return { ...emptyDocument('Words'), nodes: [{ id: 'n', type, typeVersion: 1, config, engine: {} }] };
}

/** What is said of one node, as far as it is about a parameter. */
function told(type: DocumentNode['type'], config: DocumentNode['config']): readonly string[] {
  const document = graphWith(type, config);
  return inFormWords(document, validate(document))
    .filter(({ path }) => /^nodes\.0\.(config|engine)\./.test(path))
    .map(({ message, fix }) => `${message} ${fix}`);
}

function worded(path: string, message: string, fix: string): string {
  const problem: Problem = {
    code: 'any',
    severity: 'error',
    path: `nodes.0.config.${path}`,
    nodeId: 'n',
    message,
    fix,
  };
  const [only] = inFormWords(graphWith('window', {}), [problem]);
  return `${only?.message ?? ''} ${only?.fix ?? ''}`;
}

test('a parameter is called by the title of its field, wherever a problem names it', () => {
  expect(told('window', { kind: 'tumbling' })).toContain('A tumbling window needs “Size”. Enter “Size”.');
  expect(told('filter', {})).toContain('“Keep if” is missing. Fill in “Keep if”.');
  const [crowded] = told('window', { kind: 'hopping', sizeMs: 86_400_000, advanceMs: 1 });
  expect(crowded).toContain('Make “Advance” longer or “Size” shorter.');
});

test('parameters of parts and of lists are named, too', () => {
  const [source] = told('source.generator', { shape: 'clicks', delay: { distribution: 'uniform', fromMs: -5 } });
  expect(source).toMatch(/^“.+” is -5ms; /);
  expect(worded('aggregates.0.name', 'name is empty.', 'Fill in name.')).toMatch(/^“.+” is empty\. Fill in “.+”\.$/);
});

test('a limit of a duration is told as a duration is entered', () => {
  expect(told('window', { sizeMs: 0 })).toContain(
    '“Size” is 0s; the limit is at least 1ms. Choose a value of at least 1ms.',
  );
});

test('a word that only sounds like it stays', () => {
  const message = 'A window of this kind needs a size.';
  expect(worded('kind', message, 'Choose another kind.')).toBe(`${message} Choose another kind.`);
  expect(worded('sizeMs', 'The field config.sizeMs.x is odd.', 'See sizeMsOld and "sizeMs".')).toBe(
    'The field config.sizeMs.x is odd. See sizeMsOld and "sizeMs".',
  );
});
