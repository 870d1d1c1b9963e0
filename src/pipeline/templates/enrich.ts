import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

/** What a click alone does not say: which tier its user has at this moment. */
export const enrich: Template = {
  id: 'enrich',
  topic: 'joins',
  summary:
    'Each click meets the row of a table of users that stands there when it arrives, and so knows the tier of its user. Users move up and down meanwhile: the clicks before keep what they met.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Kafka: clicks meet a table of users',
    dialect: 'kafka-streams',
    nodes: {
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 4,
          events: 4_800,
          keys: 30,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_000 },
          watermark: { delayMs: 3_000 },
        },
      },
      users: {
        kind: 'source.generator',
        label: 'Users',
        at: [0, 180],
        config: {
          shape: 'users',
          rateEventsPerSec: 0.5,
          events: 600,
          keys: 30,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'none' },
        },
      },
      enriched: {
        kind: 'join.temporal',
        label: 'Click with user',
        at: [280, 0],
        config: { kind: 'left', leftKeys: ['user_id'], rightKeys: ['user_id'], asOf: 'arrival' },
      },
      'per-tier': {
        kind: 'window',
        label: 'Clicks per tier',
        at: [560, 0],
        config: {
          keys: ['tier'],
          sizeMs: 10_000,
          latenessMs: 2_000,
          emission: 'on-close',
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      results: { kind: 'sink', label: 'Activity by tier', at: [820, 0], config: { view: 'chart' } },
      'all-clicks': { kind: 'sink', label: 'Clicks with tier', at: [560, 180], config: { view: 'table' } },
      'users-now': { kind: 'sink', label: 'Users now', at: [280, 230], config: { view: 'table' } },
    },
    edges: [
      [
        ['clicks', 'out'],
        ['enriched', 'left'],
      ],
      [
        ['users', 'out'],
        ['enriched', 'right'],
      ],
      [
        ['enriched', 'out'],
        ['per-tier', 'in'],
      ],
      [
        ['enriched', 'out'],
        ['all-clicks', 'in'],
      ],
      [
        ['per-tier', 'out'],
        ['results', 'in'],
      ],
      [
        ['users', 'out'],
        ['users-now', 'in'],
      ],
    ],
  }),
};
