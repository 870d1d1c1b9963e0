import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** Nexmark's query 5: which auctions have most bids just now. */
export const hotItems: Template = {
  id: 'hot-items',
  topic: 'auctions',
  summary:
    'Nexmark query 5. Bids are counted by auction over the last 10 seconds, every 2 seconds, and joined with the largest count of the same window: what is left are the auctions that everybody wants.',
  speed: { kind: 'clock', factor: 4 },
  credit: null,
  document: templateDocument({
    name: 'Nexmark q5: hot items',
    dialect: 'flink-sql',
    nodes: {
      bids: generator([0, 0], 'Bids', {
        shape: 'bids',
        perSec: 23,
        events: 30_000,
        meanDelayMs: 800,
        stragglers: { sharePercent: 1, delayMs: 20_000 },
        waitMs: 4_000,
      }),
      counts: {
        kind: 'window',
        label: 'Bids per auction',
        at: [256, 0],
        config: {
          kind: 'hopping',
          sizeMs: 10_000,
          advanceMs: 2_000,
          keys: ['auction'],
          aggregates: [{ name: 'num', function: 'count' }],
        },
      },
      most: {
        kind: 'window',
        label: 'Most bids',
        at: [512, 144],
        config: { kind: 'inherited', aggregates: [{ name: 'most', function: 'max', argument: 'num' }] },
      },
      hottest: {
        kind: 'join.window',
        label: 'As many as most',
        at: [768, 0],
        config: { residual: 'num >= most' },
      },
      'hot-items': {
        kind: 'map',
        label: 'Auction and bids',
        at: [1024, 0],
        config: {
          columns: [
            { name: 'auction', expression: 'auction' },
            { name: 'bids', expression: 'num' },
            { name: 'until', expression: 'window_end' },
          ],
        },
      },
      results: table([1280, 0], 'Hot items'),
      'by-auction': chart([512, -128], 'All auctions'),
      'too-late': table([256, 160], 'Too late'),
    },
    edges: paths(
      ['bids', 'counts', 'hottest:left'],
      ['counts', 'most', 'hottest:right'],
      ['hottest', 'hot-items', 'results'],
      ['counts', 'by-auction'],
      ['counts:late', 'too-late'],
    ),
  }),
};
