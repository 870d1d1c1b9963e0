import type { Template } from './template.ts';
import { TEMPLATE_START_MS, paths, templateDocument } from './template.ts';

/** A left join of two streams: when does it know that nobody bought? */
export const abandonedCarts: Template = {
  id: 'abandoned-carts',
  topic: 'joins',
  summary:
    'A click on the cart should lead to a purchase within 3 minutes. In ksqlDB a left join says so when the time and the grace are over: only then comes the row without a purchase, and never both.',
  speed: { kind: 'clock', factor: 30 },
  credit: null,
  document: templateDocument({
    name: 'ksqlDB: abandoned carts',
    dialect: 'ksqldb',
    nodes: {
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 5,
          events: 15_000,
          keys: 40,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_200 },
          watermark: { delayMs: 5_000 },
        },
      },
      carts: { kind: 'filter', label: 'Carts', at: [256, 0], config: { predicate: "page = '/cart'" } },
      purchases: {
        kind: 'source.generator',
        label: 'Purchases',
        at: [256, 176],
        config: {
          shape: 'purchases',
          rateEventsPerSec: 2.5,
          clicksPerPurchase: 2,
          events: 7_500,
          keys: 40,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 2_500 },
          watermark: { delayMs: 5_000 },
        },
      },
      joined: {
        kind: 'join.stream',
        label: 'Cart → purchase',
        at: [512, 64],
        config: {
          kind: 'left',
          leftKeys: ['click_id'],
          rightKeys: ['click_id'],
          beforeMs: 0,
          afterMs: 180_000,
          latenessMs: 10_000,
        },
      },
      outcome: {
        kind: 'split',
        label: 'Bought?',
        at: [768, 64],
        config: { predicate: 'product IS NOT NULL' },
      },
      bought: { kind: 'sink', label: 'Bought', at: [1024, 64], config: { view: 'table' } },
      abandoned: { kind: 'sink', label: 'Abandoned', at: [1024, 208], config: { view: 'table' } },
    },
    edges: paths(
      ['clicks', 'carts', 'joined:left'],
      ['purchases', 'joined:right'],
      ['joined', 'outcome', 'bought'],
      ['outcome:rejected', 'abandoned'],
    ),
  }),
};
