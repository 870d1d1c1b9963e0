import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

const FOR_EVER = {
  kind: 'window',
  engine: { trigger: { on: 'repeatedly', of: { on: 'count', rows: 10 } } },
} as const;
const SALES = {
  kind: 'global',
  keys: ['product'],
  emission: 'panes',
  aggregates: [
    { name: 'sales', function: 'sum', argument: 'amount' },
    { name: 'purchases', function: 'count' },
  ],
} as const;

/** Where there is no end to wait for, a trigger says when; accumulation says what a pane holds. */
export const oneWindow: Template = {
  id: 'one-window',
  topic: 'windows',
  summary:
    'One window for ever. It has no end to wait for, so a trigger says when it speaks: after every ten purchases of a product. Accumulating panes hold all so far, discarding ones only what is new: add them up, and they are the same.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'all',
  document: templateDocument({
    name: 'One window for ever',
    dialect: 'beam',
    nodes: {
      purchases: generator([0, 64], 'Purchases', {
        shape: 'purchases',
        perSec: 5,
        events: 3_000,
        keys: 40,
        meanDelayMs: 1_500,
        waitMs: 4_000,
      }),
      all: { ...FOR_EVER, label: 'All so far', at: [256, 0], config: { ...SALES, accumulation: 'accumulating' } },
      fresh: { ...FOR_EVER, label: 'What is new', at: [256, 144], config: { ...SALES, accumulation: 'discarding' } },
      totals: table([512, 0], 'Totals'),
      results: table([512, 144], 'Ten at a time'),
    },
    edges: paths(['purchases', 'all', 'totals'], ['purchases', 'fresh', 'results']),
  }),
};
