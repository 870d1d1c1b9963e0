import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

/** Stream and table are two views of one thing: a table of orders, its changes, and a count that follows them. */
export const orders: Template = {
  id: 'orders',
  topic: 'tables',
  summary:
    'A table of orders as a stream of changes: orders are placed, paid, shipped, delivered and archived, and the board counts them by status. Open Results to see changes and table side by side.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Orders: table and changes',
    dialect: 'flink-sql',
    nodes: {
      orders: {
        kind: 'source.generator',
        label: 'Orders',
        at: [0, 0],
        config: {
          shape: 'orders',
          rateEventsPerSec: 2,
          events: 3_000,
          keys: 30,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 500 },
          watermark: { delayMs: 2_000 },
        },
      },
      'open-orders': {
        kind: 'filter',
        label: 'Open orders',
        at: [260, 0],
        config: { predicate: "status <> 'delivered'" },
      },
      board: {
        kind: 'aggregate',
        label: 'By status',
        at: [520, 0],
        config: {
          keys: ['status'],
          aggregates: [
            { name: 'orders', function: 'count' },
            { name: 'worth', function: 'sum', argument: 'amount' },
          ],
        },
        engine: { ttlMs: 3_600_000 },
      },
      results: { kind: 'sink', label: 'Status board', at: [780, 0], config: { view: 'table' } },
      table: { kind: 'sink', label: 'Orders now', at: [260, 160], config: { view: 'table' } },
    },
    edges: [
      [
        ['orders', 'out'],
        ['open-orders', 'in'],
      ],
      [
        ['open-orders', 'out'],
        ['board', 'in'],
      ],
      [
        ['board', 'out'],
        ['results', 'in'],
      ],
      [
        ['orders', 'out'],
        ['table', 'in'],
      ],
    ],
  }),
};
