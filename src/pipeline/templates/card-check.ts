import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

/** Somebody tries a card with a trifle and then buys the most expensive thing there is. */
export const cardCheck: Template = {
  id: 'card-check',
  topic: 'patterns',
  summary:
    'A small purchase and then a large one by the same user within a minute: how stolen cards are tried out. The pattern looks at the rows in order of event time, however they arrive.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Pattern: small, then large',
    nodes: {
      purchases: {
        kind: 'source.generator',
        label: 'Purchases',
        at: [0, 0],
        config: {
          shape: 'purchases',
          rateEventsPerSec: 3,
          events: 3_600,
          keys: 60,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_500 },
          stragglers: { sharePercent: 1, delayMs: 20_000 },
          watermark: { delayMs: 5_000 },
        },
      },
      suspects: {
        kind: 'pattern',
        label: 'Small, then large',
        at: [280, 0],
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
      alerts: { kind: 'sink', label: 'Alerts', at: [560, 0], config: { view: 'table' } },
      'too-late': { kind: 'sink', label: 'Too late to tell', at: [560, 150], config: { view: 'table' } },
    },
    edges: [
      [
        ['purchases', 'out'],
        ['suspects', 'in'],
      ],
      [
        ['suspects', 'out'],
        ['alerts', 'in'],
      ],
      [
        ['suspects', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
