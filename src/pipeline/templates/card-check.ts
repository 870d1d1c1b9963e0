import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

/** Somebody tries a card with a trifle and then buys the most expensive thing there is. */
export const cardCheck: Template = {
  id: 'card-check',
  topic: 'patterns',
  summary:
    'A small purchase and then a large one by the same user within a minute: how stolen cards are tried out. The pattern looks at the rows in order of event time, however they arrive.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'suspects',
  document: templateDocument({
    name: 'Pattern: small, then large',
    nodes: {
      purchases: generator([0, 0], 'Purchases', {
        shape: 'purchases',
        perSec: 3,
        events: 3_600,
        keys: 60,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 1, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      suspects: {
        kind: 'pattern',
        label: 'Small, then large',
        at: [256, 0],
        config: {
          keys: ['user_id'],
          withinMs: 60_000,
          steps: [
            { name: 'small', condition: 'amount < 25' },
            { name: 'large', condition: 'amount > 20 * small.amount' },
          ],
          measures: [
            { name: 'tried', function: 'first', argument: 'amount', step: 'small' },
            { name: 'then_paid', function: 'last', argument: 'amount', step: 'large' },
            { name: 'bought', function: 'last', argument: 'product', step: 'large' },
          ],
        },
      },
      alerts: table([512, 0], 'Alerts'),
      'too-late': table([512, 144], 'Too late'),
    },
    edges: paths(['purchases', 'suspects', 'alerts'], ['suspects:late', 'too-late']),
  }),
};
