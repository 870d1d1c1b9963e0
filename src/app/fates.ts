import type { NodeStats } from './run-state.ts';

/** What becomes of a row that came in: one of these. */
export const FATES = ['used', 'held', 'late', 'filtered', 'unmatched', 'rejected'] as const;
export type Fate = (typeof FATES)[number];

/** Fates as the screen calls them: `dropped` is the ledger's `late`. */
export const FATE_WORDS: Readonly<Record<Fate, string>> = {
  used: 'in results',
  held: 'held',
  late: 'dropped',
  filtered: 'filtered',
  unmatched: 'unmatched',
  rejected: 'rejected',
};

/** Whether all that came in is accounted for. */
export function balances(stats: NodeStats): boolean {
  return stats.in === FATES.reduce((sum, fate) => sum + stats[fate], 0);
}
