import { defaultFilter } from 'cmdk';
import type { PaletteEntry } from './palette-entry.ts';

type Searched = Pick<PaletteEntry, 'title' | 'hint' | 'also' | 'refusal'>;

/** What cannot be chosen stands below what can. */
const REFUSED_WEIGHT = 0.5;

function placeIn(text: string, word: string): 'start' | 'word' | 'inside' | 'nowhere' {
  if (text.startsWith(word)) return 'start';
  if (text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word))) return 'word';
  return text.includes(word) ? 'inside' : 'nowhere';
}

const IN_TITLE = { start: 1, word: 0.9, inside: 0.5, nowhere: 0 } as const;
/** Inside of a word it says nothing there: `late` is no template. */
const IN_REST = { start: 0.6, word: 0.6, inside: 0, nowhere: 0 } as const;

function scoreOfWord(entry: Searched, word: string): number {
  const rest = `${entry.hint ?? ''} ${entry.also ?? ''}`.toLowerCase();
  return Math.max(IN_TITLE[placeIn(entry.title.toLowerCase(), word)], IN_REST[placeIn(rest, word)]);
}

/** For words with letters left out, as in `tmbl`. */
function looseScoreOfWord({ title }: Searched, word: string): number {
  return defaultFilter(title, word);
}

/**
 * The entries in which every word of the search is found, best first, ties in the order that they had; where there is none,
 * those in whose titles its letters follow each other.
 */
export function rankEntries<Entry extends Searched>(entries: readonly Entry[], search: string): readonly Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const exact = rankBy(scoreOfWord, entries, words);
  return exact.length > 0 ? exact : rankBy(looseScoreOfWord, entries, words);
}

function rankBy<Entry extends Searched>(
  scoreOf: (entry: Searched, word: string) => number,
  entries: readonly Entry[],
  words: readonly string[],
): readonly Entry[] {
  const scored = entries.map((entry) => {
    const found = words.reduce((score, word) => score * scoreOf(entry, word), 1);
    return { entry, score: typeof entry.refusal === 'string' ? found * REFUSED_WEIGHT : found };
  });
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
