import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

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
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 4,
        events: 4_800,
        keys: 30,
        meanDelayMs: 1_000,
        waitMs: 3_000,
      }),
      users: generator([0, 176], 'Users', { shape: 'users', perSec: 0.5, events: 600, keys: 30 }),
      enriched: {
        kind: 'join.temporal',
        label: 'Click with user',
        at: [256, 0],
        config: { kind: 'left', leftKeys: ['user_id'], rightKeys: ['user_id'], asOf: 'arrival' },
      },
      'per-tier': {
        kind: 'window',
        label: 'Clicks per tier',
        at: [512, 0],
        config: {
          keys: ['tier'],
          sizeMs: 10_000,
          latenessMs: 2_000,
          emission: 'on-close',
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      results: chart([768, 0], 'Activity by tier'),
      'all-clicks': table([512, 176], 'Clicks with tier'),
      'users-now': table([256, 224], 'Users now'),
    },
    edges: paths(
      ['clicks', 'enriched:left'],
      ['users', 'enriched:right'],
      ['enriched', 'per-tier', 'results'],
      ['enriched', 'all-clicks'],
      ['users', 'users-now'],
    ),
  }),
};
