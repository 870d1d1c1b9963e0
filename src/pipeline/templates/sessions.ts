import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

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
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 2,
        events: 1_800,
        keys: 12,
        meanDelayMs: 1_000,
        stragglers: { sharePercent: 1, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      visits: {
        kind: 'window',
        label: 'Visits',
        at: [256, 0],
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
      'by-user': chart([512, 0], 'Visits by user'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(['clicks', 'visits', 'by-user'], ['visits:late', 'too-late']),
  }),
};
