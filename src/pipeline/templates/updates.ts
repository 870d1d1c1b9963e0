import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** Kafka Streams says what it knows with every event; what is final stands behind a suppress. */
export const updates: Template = {
  id: 'updates',
  topic: 'tables',
  summary:
    'Kafka Streams updates a count with every click. Suppress holds the updates back until stream time has passed the window and its grace, and hands on the last one.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Kafka: updates and suppress',
    dialect: 'kafka-streams',
    nodes: {
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 4,
        events: 2_400,
        keys: 8,
        meanDelayMs: 1_200,
        stragglers: { sharePercent: 1, delayMs: 20_000 },
        waitMs: 3_000,
      }),
      counts: {
        kind: 'window',
        label: 'Clicks per user',
        at: [256, 0],
        config: {
          keys: ['user_id'],
          sizeMs: 10_000,
          latenessMs: 2_000,
          emission: 'each-event',
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      'all-updates': table([512, 144], 'Every update'),
      final: { kind: 'suppress', label: 'Final only', at: [512, 0], config: {} },
      results: chart([768, 0], 'Final counts'),
      'too-late': table([256, 176], 'Too late'),
    },
    edges: paths(['clicks', 'counts', 'final', 'results'], ['counts', 'all-updates'], ['counts:late', 'too-late']),
  }),
};
