import { describe, expect, it } from 'vitest';
import { rankEntries } from './rank-entries.ts';

const ENTRIES = [
  { title: 'Templates…', also: 'gallery examples open' },
  { title: 'Duplicate', refusal: 'Select a node first.' },
  { title: 'Add Tumbling', also: 'window Windows of one length.' },
  { title: 'Add Filter', also: 'where having' },
  { title: 'Open Late events', hint: 'template', also: 'example' },
  { title: 'Open Sessions', hint: 'template', also: 'example' },
  { title: 'Go to Late clicks' },
  { title: 'Delete', also: 'remove' },
];

function titles(search: string): readonly string[] {
  return rankEntries(ENTRIES, search).map(({ title }) => title);
}

describe('what is searched for in the palette', () => {
  it('a word of the title comes before letters inside one', () => {
    expect(titles('late')).toEqual(['Open Late events', 'Go to Late clicks', 'Templates…']);
  });

  it('other words for it are found, and every word must be', () => {
    expect(titles('having')).toEqual(['Add Filter']);
    expect(titles('window add')).toEqual(['Add Tumbling']);
    expect(titles('window zebra')).toEqual([]);
  });

  it('letters may be left out', () => {
    expect(titles('tmblng')).toEqual(['Add Tumbling']);
  });

  it('what cannot be chosen comes last', () => {
    expect(titles('d').indexOf('Duplicate')).toBeGreaterThan(titles('d').indexOf('Delete'));
    expect(titles('dup')).toEqual(['Duplicate']);
  });

  it('signs of regular expressions are signs', () => {
    expect(titles('late(')).toEqual([]);
    expect(titles('templates…')).toEqual(['Templates…']);
  });
});
