/** Which matches are given up with one that was found. Flink: `AfterMatchSkipStrategy`. */
export const SKIPS = ['no-skip', 'to-next', 'past-last', 'to-first', 'to-last'] as const;
export type Skip = (typeof SKIPS)[number];
