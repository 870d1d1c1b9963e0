import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

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
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 5,
        events: 15_000,
        keys: 40,
        meanDelayMs: 1_200,
        waitMs: 5_000,
      }),
      carts: { kind: 'filter', label: 'Carts', at: [256, 0], config: { predicate: "page = '/cart'" } },
      purchases: generator([256, 176], 'Purchases', {
        shape: 'purchases',
        perSec: 2.5,
        clicksPerPurchase: 2,
        events: 7_500,
        keys: 40,
        meanDelayMs: 2_500,
        waitMs: 5_000,
      }),
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
      bought: table([1024, 64], 'Bought'),
      abandoned: table([1024, 208], 'Abandoned'),
    },
    edges: paths(
      ['clicks', 'carts', 'joined:left'],
      ['purchases', 'joined:right'],
      ['joined', 'outcome', 'bought'],
      ['outcome:rejected', 'abandoned'],
    ),
  }),
};
