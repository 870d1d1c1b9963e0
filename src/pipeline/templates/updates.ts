import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

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
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 4,
          events: 2_400,
          keys: 8,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_200 },
          stragglers: { sharePercent: 1, delayMs: 20_000 },
          watermark: { delayMs: 3_000 },
        },
      },
      counts: {
        kind: 'window',
        label: 'Clicks per user',
        at: [260, 0],
        config: {
          keys: ['user_id'],
          sizeMs: 10_000,
          latenessMs: 2_000,
          emission: 'each-event',
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      'all-updates': { kind: 'sink', label: 'Every update', at: [540, 150], config: { view: 'table' } },
      final: { kind: 'suppress', label: 'Final only', at: [540, 0], config: {} },
      results: { kind: 'sink', label: 'Final counts', at: [800, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [260, 170], config: { view: 'table' } },
    },
    edges: [
      [
        ['clicks', 'out'],
        ['counts', 'in'],
      ],
      [
        ['counts', 'out'],
        ['final', 'in'],
      ],
      [
        ['counts', 'out'],
        ['all-updates', 'in'],
      ],
      [
        ['final', 'out'],
        ['results', 'in'],
      ],
      [
        ['counts', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
