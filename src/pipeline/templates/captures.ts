import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** What cards pay is authorised first and captured later: a join that also tells what it waited for in vain. */
export const captures: Template = {
  id: 'captures',
  topic: 'joins',
  summary:
    'Payments are authorised, and captured some time after; messages arrive out of order. Each authorisation waits a minute for its capture. One that has none by then comes out without, once the watermark has passed.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Payments: captured in time?',
    dialect: 'flink-sql',
    nodes: {
      payments: generator([0, 96], 'Payments', {
        shape: 'payments',
        perSec: 3,
        events: 4_000,
        keys: 60,
        meanDelayMs: 3_000,
        waitMs: 15_000,
      }),
      authorised: {
        kind: 'filter',
        label: 'Authorised',
        at: [256, 0],
        config: { predicate: "status = 'authorised'" },
      },
      captured: {
        kind: 'filter',
        label: 'Captured',
        at: [256, 192],
        config: { predicate: "status = 'captured'" },
      },
      'within-a-minute': {
        kind: 'join.interval',
        label: 'Within a minute',
        at: [512, 96],
        config: {
          kind: 'left',
          leftKeys: ['payment_id'],
          rightKeys: ['payment_id'],
          lowerMs: 0,
          upperMs: 60_000,
        },
      },
      'has-capture': {
        kind: 'split',
        label: 'In time?',
        at: [768, 96],
        config: { predicate: 'right_payment_id IS NOT NULL' },
      },
      'in-time': table([1024, 32], 'In time'),
      missing: table([1024, 176], 'Not captured'),
    },
    edges: paths(
      ['payments', 'authorised', 'within-a-minute:left'],
      ['payments', 'captured', 'within-a-minute:right'],
      ['within-a-minute', 'has-capture', 'in-time'],
      ['has-capture:rejected', 'missing'],
    ),
  }),
};
