import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** A ranking that changes its mind with every click. */
export const topPages: Template = {
  id: 'top-pages',
  topic: 'patterns',
  summary:
    'The three pages with most clicks so far. The counts are a changelog, and so is the ranking: whenever a page overtakes another, both rows are taken back and given anew.',
  speed: { kind: 'clock', factor: 2 },
  credit: null,
  document: templateDocument({
    name: 'Top 3 pages',
    dialect: 'flink-sql',
    nodes: {
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 4,
        events: 2_400,
        keys: 20,
        meanDelayMs: 1_000,
        waitMs: 3_000,
      }),
      counts: {
        kind: 'aggregate',
        label: 'Clicks per page',
        at: [256, 0],
        config: { keys: ['page'], aggregates: [{ name: 'clicks', function: 'count' }] },
        engine: { ttlMs: 3_600_000 },
      },
      ranking: {
        kind: 'top-n',
        label: 'Top 3',
        at: [512, 0],
        config: { orderBy: [{ column: 'clicks', descending: true }], to: 3, rankColumn: 'place' },
        engine: { ttlMs: 3_600_000 },
      },
      results: table([768, 0], 'Ranking'),
    },
    edges: paths(['clicks', 'counts', 'ranking', 'results']),
  }),
};
