import { describe, expect, it } from 'vitest';
import { STRING, field } from '../../stream/types.ts';
import { completionAt, markedParts } from './completion.ts';

const columns = ['user_id', 'url', 'page'].map((name) => field(name, STRING));

describe('completion of columns', () => {
  const names = (text: string, caret: number): readonly string[] | undefined =>
    completionAt(text, caret, columns)?.options.map(({ insert }) => insert);

  it('goes on from the word before the caret', () => {
    expect(completionAt('page = u', 8, columns)).toMatchObject({ from: 7, to: 8 });
    expect(names('page = u', 8)).toEqual(['user_id', 'url']);
    expect(names('us = 3', 2)).toEqual(['user_id']);
  });

  it('is silent after a whole name, a number, a text or a space', () => {
    expect(names('page', 4)).toBeUndefined();
    expect(names('page = 12', 9)).toBeUndefined();
    expect(names("page = 'u'", 9)).toBeUndefined();
    expect(names('page ', 5)).toBeUndefined();
  });

  it('quotes names that are no plain words', () => {
    const odd = ['user id', 'a`b'].map((name) => field(name, STRING));
    expect(completionAt('us', 2, odd)?.options.map(({ insert }) => insert)).toEqual(['`user id`']);
    expect(completionAt('a', 1, odd)?.options.map(({ insert }) => insert)).toEqual(['`a``b`']);
  });
});

describe('marks of mistakes', () => {
  const faulty = (text: string, spans: readonly { from: number; to: number }[]): string =>
    markedParts(text, spans)
      .map((part) => (part.isFaulty ? `[${part.text}]` : part.text))
      .join('');

  it('stand where the mistakes are', () => {
    expect(
      faulty('pagee <> healt', [
        { from: 9, to: 14 },
        { from: 0, to: 5 },
      ]),
    ).toBe('[pagee] <> [healt]');
  });

  it('mark the last letter for what is missing at the end', () => {
    expect(faulty('page <>', [{ from: 7, to: 7 }])).toBe('page <[>]');
    expect(faulty('', [{ from: 0, to: 0 }])).toBe('');
  });

  it('never repeat a letter when spans overlap', () => {
    expect(
      faulty('abcdef', [
        { from: 0, to: 4 },
        { from: 2, to: 6 },
      ]),
    ).toBe('[abcd][ef]');
  });
});
