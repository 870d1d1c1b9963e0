import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('files, and where to write what came', () => {
  expect(parseOptions(['--actual', 'out.json', 'a.json', '--graphs', 'g', 'b.json', '--json'])).toEqual({
    files: ['a.json', 'b.json'],
    actual: 'out.json',
    graphs: 'g',
    json: true,
  });
});

test.each([
  ['no file', [], 'at least one file'],
  ['an unknown option', ['--fast', 'a.json'], '--fast'],
  ['an option without its value', ['a.json', '--actual'], '--actual'],
])('%s is refused', (_what, args, words) => {
  expect(parseOptions(args)).toContain(words);
});
