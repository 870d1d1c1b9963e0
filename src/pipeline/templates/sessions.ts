import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

/** Visits to a shop: windows that are as long as the clicks of a user follow each other. */
export const sessions: Template = {
  id: 'sessions',
  topic: 'windows',
  summary:
    'Visits to a shop: a session of a user lasts as long as no 10 seconds go by without a click. Busy users hardly ever leave.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Sessions of a user',
    nodes: {
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 2,
          events: 1_800,
          keys: 12,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_000 },
          stragglers: { sharePercent: 1, delayMs: 20_000 },
          watermark: { delayMs: 5_000 },
        },
      },
      visits: {
        kind: 'window',
        label: 'Visits',
        at: [260, 0],
        config: {
          kind: 'session',
          gapMs: 10_000,
          keys: ['user_id'],
          aggregates: [
            { name: 'clicks', function: 'count' },
            { name: 'landing_page', function: 'first', argument: 'page' },
          ],
        },
      },
      'by-user': { kind: 'sink', label: 'Visits by user', at: [520, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [520, 130], config: { view: 'table' } },
    },
    edges: [
      [
        ['clicks', 'out'],
        ['visits', 'in'],
      ],
      [
        ['visits', 'out'],
        ['by-user', 'in'],
      ],
      [
        ['visits', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
