import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

const ALARM = { kind: 'filter', config: { predicate: 'clicks >= 4' } } as const;

/** The same question to windows around every event and to windows by the clock, which cut bursts in two. */
export const bursts: Template = {
  id: 'bursts',
  topic: 'windows',
  summary:
    'Who clicks four times within 5 seconds? Sliding windows lie around every click and miss nobody; tumbling ones, over the same clicks, miss each burst that they cut in two.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  look: 'any',
  document: templateDocument({
    name: 'Kafka: bursts of clicks',
    dialect: 'kafka-streams',
    nodes: {
      clicks: generator([0, 104], 'Clicks', {
        shape: 'clicks',
        perSec: 4,
        events: 3_600,
        keys: 12,
        meanDelayMs: 800,
        stragglers: { sharePercent: 2, delayMs: 20_000 },
        waitMs: 3_000,
      }),
      any: {
        kind: 'window',
        label: 'Any 5 s',
        at: [256, 0],
        config: {
          kind: 'sliding',
          sizeMs: 5_000,
          keys: ['user_id'],
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      fixed: {
        kind: 'window',
        label: '5 s by the clock',
        at: [256, 208],
        config: { sizeMs: 5_000, keys: ['user_id'], aggregates: [{ name: 'clicks', function: 'count' }] },
      },
      'any-burst': { ...ALARM, label: 'Four or more', at: [512, 0] },
      'fixed-burst': { ...ALARM, label: 'Four or more?', at: [512, 208] },
      bursts: table([768, 0], 'Bursts'),
      'bursts-by-clock': table([768, 208], 'By the clock'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(
      ['clicks', 'any', 'any-burst', 'bursts'],
      ['clicks', 'fixed', 'fixed-burst', 'bursts-by-clock'],
      ['any:late', 'too-late'],
    ),
  }),
};
