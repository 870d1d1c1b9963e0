import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** A bank's audit trail: every payment once, in the order in which it happened, with the balance that it left. */
export const transactionAudit: Template = {
  id: 'transaction-audit',
  topic: 'industry',
  summary:
    'As at a bank: one payment in seven is sent twice, and the second one is left out. The others wait for the watermark, so that the running total of each account is in order of event time; what comes later still is set aside, not lost.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'balance',
  document: templateDocument({
    name: 'Transaction audit',
    dialect: 'flink-sql',
    nodes: {
      payments: generator([0, 0], 'Payments', {
        shape: 'purchases',
        perSec: 3,
        events: 4_000,
        keys: 15,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 3, delayMs: 30_000 },
        waitMs: 8_000,
      }),
      copies: generator([0, 160], 'The same, resent', {
        shape: 'purchases',
        perSec: 3,
        events: 4_000,
        keys: 15,
        delay: { distribution: 'uniform', fromMs: 3_000, toMs: 7_000 },
        waitMs: 8_000,
      }),
      'one-in-seven': {
        kind: 'filter',
        label: 'One in seven',
        at: [256, 160],
        config: { predicate: 'MOD(click_id, 7) = 0' },
      },
      all: { kind: 'union', label: 'All messages', at: [512, 64], config: {} },
      once: {
        kind: 'dedup',
        label: 'Each once',
        at: [768, 64],
        config: { keys: ['click_id'], keep: 'first', orderBy: 'arrival' },
        engine: { ttlMs: 3_600_000 },
      },
      balance: {
        kind: 'over',
        label: 'Running total',
        at: [640, 288],
        config: {
          keys: ['user_id'],
          aggregates: [
            { name: 'payments', function: 'count' },
            { name: 'total', function: 'sum', argument: 'amount' },
          ],
          lags: [{ name: 'before', argument: 'amount' }],
        },
        engine: { ttlMs: 3_600_000 },
      },
      large: {
        kind: 'split',
        label: 'For review?',
        at: [896, 288],
        config: { predicate: 'amount > 500' },
      },
      review: table([1152, 224], 'For review'),
      trail: table([1152, 368], 'Audit trail'),
      'set-aside': table([896, 448], 'Set aside'),
    },
    edges: paths(
      ['payments', 'all', 'once', 'balance', 'large', 'review'],
      ['copies', 'one-in-seven', 'all'],
      ['large:rejected', 'trail'],
      ['balance:late', 'set-aside'],
    ),
  }),
};
