import { describe, expect, it } from 'vitest';
import { STRING, field } from '../../stream/types.ts';
import { completionAt } from './completion.ts';

const at = (offset: number) => ({ at: offset, isAsked: false });
const columns = ['user_id', 'url', 'page'].map((name) => field(name, STRING));

describe('completion', () => {
  const names = (text: string, caret: number): readonly string[] | undefined =>
    completionAt(text, at(caret), columns)?.options.map(({ insert }) => insert);

  it('goes on from the word before the caret', () => {
    expect(completionAt('page = u', at(8), columns)).toMatchObject({ from: 7, to: 8 });
    expect(names('page = u', 8)?.slice(0, 2)).toEqual(['user_id', 'url']);
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
    expect(completionAt('us', at(2), odd)?.options.map(({ insert }) => insert)).toEqual(['`user id`']);
    expect(completionAt('a', at(1), odd)?.options[0]?.insert).toBe('`a``b`');
  });

  it('offers functions and keywords that begin so, after the columns', () => {
    expect(names('pa', 2)?.[0]).toBe('page');
    expect(names('uppe', 4)).toEqual(['UPPER(']);
    expect(names('page = 1 an', 11)).toEqual(['AND']);
    expect(names('page = 1 and', 12)).toBeUndefined();
  });

  it('offers everything when it is asked', () => {
    expect(names('', 0)).toBeUndefined();
    const all = completionAt('', { at: 0, isAsked: true }, columns)?.options.map(({ insert }) => insert) ?? [];
    expect(all.slice(0, 3)).toEqual(['user_id', 'url', 'page']);
    expect(all).toContain('UPPER(');
  });

  it('offers the fields of a row after a dot', () => {
    const place = field('place', { kind: 'ROW', fields: [field('city', STRING)] });
    expect(completionAt('place.', at(6), [place])?.options.map(({ insert }) => insert)).toEqual(['city']);
  });
});
