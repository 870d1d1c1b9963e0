import { intervalWords } from './interval-words.ts';
import type { MatchRequest, MatchWords } from './match-request.ts';
import { streamJoinWords } from './stream-words.ts';
import { regularJoinWords, tableJoinWords } from './table-words.ts';
import { lookupWords, temporalWords } from './temporal-words.ts';
import { windowJoinWords } from './window-words.ts';

const WORDS: Readonly<Record<string, (request: MatchRequest) => MatchWords>> = {
  'join.interval': intervalWords,
  'join.window': windowJoinWords,
  'join.stream': streamJoinWords,
  'join.temporal': temporalWords,
  'join.table': tableJoinWords,
  'join.regular': regularJoinWords,
  'join.lookup': lookupWords,
};

/** What will match and what becomes of the rest, as the node stands in its dialect; null for what is no join. */
export function matchWords(request: MatchRequest): MatchWords | null {
  return Object.hasOwn(WORDS, request.kind) ? (WORDS[request.kind]?.(request) ?? null) : null;
}
