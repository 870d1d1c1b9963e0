import { describe, expect, it } from 'vitest';
import { STRING, field } from '../../stream/types.ts';
import { completionAt, markedParts, quotedName } from './completion.ts';

const columns = ['user_id', 'url', 'page'].map((name) => field(name, STRING));

describe('completion of columns', () => {
  it('goes on from the word before the caret', () => {
    expect(completionAt('page = u', 8, columns)).toEqual({ from: 7, to: 8, options: [columns[0], columns[1]] });
    expect(completionAt('us = 3', 2, columns)?.options).toEqual([columns[0]]);
  });

  it('is silent after a whole name, a number or a space', () => {
    expect(completionAt('page', 4, columns)).toBeNull();
    expect(completionAt('page = 12', 9, columns)).toBeNull();
    expect(completionAt('page ', 5, columns)).toBeNull();
  });

  it('quotes names that are no plain words', () => {
    expect([quotedName('user_id'), quotedName('user id'), quotedName('a`b')]).toEqual([
      'user_id',
      '`user id`',
      '`a``b`',
    ]);
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
