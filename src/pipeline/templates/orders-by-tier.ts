import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** Two tables that change are joined, and every change of either goes through to the sum. */
export const ordersByTier: Template = {
  id: 'orders-by-tier',
  topic: 'tables',
  summary:
    'What are the open orders of each tier worth? Orders and users are tables that change: an order that is cancelled and a user who moves up both take rows back, and the sums follow.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'by-tier',
  document: templateDocument({
    name: 'Orders by tier: join of tables',
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
      users: generator([0, 176], 'Users', { shape: 'users', perSec: 0.3, events: 450, keys: 30 }),
      joined: {
        kind: 'join.regular',
        label: 'Order with user',
        at: [256, 64],
        config: { leftKeys: ['user_id'], rightKeys: ['user_id'] },
        engine: { leftTtlMs: 3_600_000, rightTtlMs: 3_600_000 },
      },
      'by-tier': {
        kind: 'aggregate',
        label: 'By tier',
        at: [512, 64],
        config: {
          keys: ['tier'],
          aggregates: [
            { name: 'orders', function: 'count' },
            { name: 'worth', function: 'sum', argument: 'amount' },
          ],
        },
        engine: { ttlMs: 3_600_000 },
      },
      results: table([768, 64], 'Tiers now'),
      changes: table([512, 224], 'Joined rows'),
    },
    edges: paths(
      ['orders', 'joined:left'],
      ['users', 'joined:right'],
      ['joined', 'by-tier', 'results'],
      ['joined', 'changes'],
    ),
  }),
};
