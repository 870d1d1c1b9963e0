import type { Template } from './template.ts';
import { TEMPLATE_START_MS, paths, templateDocument } from './template.ts';

/** Nexmark's query 8: two windows that are joined because they are the same window. */
export const newSellers: Template = {
  id: 'new-sellers',
  topic: 'auctions',
  summary:
    'Nexmark query 8. Who opened an account and an auction within the same half minute? Both streams are put into windows first; the join meets what came out of the same window, and forgets it.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Nexmark q8: new sellers',
    dialect: 'flink-sql',
    nodes: {
      people: {
        kind: 'source.generator',
        label: 'People',
        at: [0, 0],
        config: {
          shape: 'people',
          rateEventsPerSec: 2,
          events: 2_000,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_500 },
          watermark: { delayMs: 5_000 },
        },
      },
      arrivals: {
        kind: 'window',
        label: 'Who is new',
        at: [256, 0],
        config: { kind: 'tumbling', sizeMs: 30_000, keys: ['id', 'name', 'city'], aggregates: [] },
      },
      auctions: {
        kind: 'source.generator',
        label: 'Auctions',
        at: [0, 176],
        config: {
          shape: 'auctions',
          rateEventsPerSec: 6,
          events: 6_000,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_500 },
          stragglers: { sharePercent: 1, delayMs: 40_000 },
          watermark: { delayMs: 5_000 },
        },
      },
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
      results: { kind: 'sink', label: 'New sellers', at: [768, 80], config: { view: 'table' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [512, 288], config: { view: 'table' } },
    },
    edges: paths(
      ['people', 'arrivals', 'joined:left'],
      ['auctions', 'sales', 'joined:right'],
      ['joined', 'results'],
      ['sales:late', 'too-late'],
    ),
  }),
};
