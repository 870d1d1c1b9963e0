import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const known = ['a', 'b', 'c'];

test('without arguments every job runs on as many events as it likes', () => {
  expect(parseOptions([], known)).toEqual({ mode: 'table', browser: false, jobs: known, columns: null, events: null });
});

test('jobs run in their own order, each once', () => {
  expect(parseOptions(['--json', '--jobs', 'c,a,c', '--events', '10'], known)).toEqual({
    mode: 'json',
    browser: false,
    jobs: ['a', 'c'],
    columns: null,
    events: 10,
  });
});

test('columns are taken as they are named', () => {
  expect(parseOptions(['--columns', 'tidemark, fused'], known)).toMatchObject({ columns: ['tidemark', 'fused'] });
});

test('the browser prints a table or JSON', () => {
  expect(parseOptions(['--browser', '--json'], known)).toMatchObject({ mode: 'json', browser: true });
});

test.each([
  ['an unknown job', ['--jobs', 'a,x'], 'no job x'],
  ['no number of events', ['--events', 'many'], 'whole number'],
  ['no event', ['--events', '0'], 'whole number'],
  ['an unknown option', ['--fast'], '--fast'],
  ['a stray word', ['a'], 'a'],
  ['two ways of printing', ['--json', '--check'], '--json and --check'],
  ['kept ratios of a browser', ['--browser', '--keep'], '--browser'],
])('%s is refused', (_what, args, words) => {
  expect(parseOptions(args, known)).toContain(words);
});
