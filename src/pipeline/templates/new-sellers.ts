import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** Nexmark's query 8: two windows that are joined because they are the same window. */
export const newSellers: Template = {
  id: 'new-sellers',
  topic: 'auctions',
  summary:
    'Nexmark query 8. Who opened an account and an auction within the same half minute? Both streams are put into windows first; the join meets what came out of the same window, and forgets it.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'joined',
  document: templateDocument({
    name: 'Nexmark q8: new sellers',
    dialect: 'flink-sql',
    nodes: {
      people: generator([0, 0], 'People', {
        shape: 'people',
        perSec: 2,
        events: 2_000,
        meanDelayMs: 1_500,
        waitMs: 5_000,
      }),
      arrivals: {
        kind: 'window',
        label: 'Who is new',
        at: [256, 0],
        config: { kind: 'tumbling', sizeMs: 30_000, keys: ['id', 'name', 'city'], aggregates: [] },
      },
      auctions: generator([0, 176], 'Auctions', {
        shape: 'auctions',
        perSec: 6,
        events: 6_000,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 2, delayMs: 40_000 },
        waitMs: 5_000,
      }),
      sales: {
        kind: 'window',
        label: 'Who sells',
        at: [256, 176],
        config: {
          kind: 'tumbling',
          sizeMs: 30_000,
          keys: ['seller'],
          aggregates: [{ name: 'auctions', function: 'count' }],
        },
      },
      joined: {
        kind: 'join.window',
        label: 'New and selling',
        at: [512, 80],
        config: { leftKeys: ['id'], rightKeys: ['seller'] },
      },
      results: table([768, 80], 'New sellers'),
      'too-late': table([512, 288], 'Too late'),
    },
    edges: paths(
      ['people', 'arrivals', 'joined:left'],
      ['auctions', 'sales', 'joined:right'],
      ['joined', 'results'],
      ['sales:late', 'too-late'],
    ),
  }),
};
