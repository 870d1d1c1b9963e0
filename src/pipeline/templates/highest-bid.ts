import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** Nexmark's query 7: the maximum of a window alone does not say who bid it. */
export const highestBid: Template = {
  id: 'highest-bid',
  topic: 'auctions',
  summary:
    'Nexmark query 7. The highest price of every 10 seconds is joined back with the bids of the same window, because a maximum alone does not say who bid it. Nothing comes out before the watermark closes the window.',
  speed: { kind: 'clock', factor: 4 },
  credit: null,
  look: 'joined',
  document: templateDocument({
    name: 'Nexmark q7: highest bid',
    dialect: 'flink-sql',
    nodes: {
      bids: generator([0, 0], 'Bids', {
        shape: 'bids',
        perSec: 11.5,
        events: 12_000,
        delay: { distribution: 'lognormal', medianMs: 900, sigma: 0.7 },
        stragglers: { sharePercent: 1, delayMs: 15_000 },
        waitMs: 4_000,
      }),
      'in-windows': {
        kind: 'window',
        label: 'In windows',
        at: [256, 0],
        config: { kind: 'tumbling', sizeMs: 10_000, result: 'rows' },
      },
      highest: {
        kind: 'window',
        label: 'Highest price',
        at: [512, 144],
        config: {
          kind: 'inherited',
          aggregates: [{ name: 'highest', function: 'max', argument: 'price' }],
        },
      },
      joined: {
        kind: 'join.window',
        label: 'Who bid it',
        at: [768, 0],
        config: { leftKeys: ['price'], rightKeys: ['highest'] },
      },
      told: {
        kind: 'map',
        label: 'In dollars',
        at: [1024, 0],
        config: {
          columns: [
            { name: 'until', expression: 'window_end' },
            { name: 'bidder', expression: 'bidder' },
            { name: 'auction', expression: 'auction' },
            { name: 'dollars', expression: 'CAST(price AS DOUBLE) / 100' },
          ],
        },
      },
      results: table([1280, 0], 'Highest bids'),
      prices: chart([768, 176], 'Prices'),
    },
    edges: paths(
      ['bids', 'in-windows', 'joined:left'],
      ['in-windows', 'highest', 'joined:right'],
      ['highest', 'prices'],
      ['joined', 'told', 'results'],
    ),
  }),
};
