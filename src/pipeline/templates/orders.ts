import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

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
      orders: generator([0, 0], 'Orders', {
        shape: 'orders',
        perSec: 2,
        events: 3_000,
        keys: 30,
        meanDelayMs: 500,
        waitMs: 2_000,
      }),
      'open-orders': {
        kind: 'filter',
        label: 'Open orders',
        at: [256, 0],
        config: { predicate: "status <> 'delivered'" },
      },
      board: {
        kind: 'aggregate',
        label: 'By status',
        at: [512, 0],
        config: {
          keys: ['status'],
          aggregates: [
            { name: 'orders', function: 'count' },
            { name: 'worth', function: 'sum', argument: 'amount' },
          ],
        },
        engine: { ttlMs: 3_600_000 },
      },
      results: table([768, 0], 'Status board'),
      table: table([256, 160], 'Orders now'),
    },
    edges: paths(['orders', 'open-orders', 'board', 'results'], ['orders', 'table']),
  }),
};
