import type { Template } from './template.ts';
import { TEMPLATE_START_MS, paths, templateDocument } from './template.ts';

/** What members of a network do, as one stream and as a table of what each has done. */
export const activityStream: Template = {
  id: 'activity-stream',
  topic: 'industry',
  summary:
    'As at LinkedIn, where Kafka began: visits and purchases become one stream of activities. It is shown as a feed, and folded into a table of what each member did, which is kept up to date with the table of members.',
  speed: { kind: 'clock', factor: 4 },
  credit: null,
  document: templateDocument({
    name: 'Kafka: activity stream',
    dialect: 'kafka-streams',
    nodes: {
      visits: {
        kind: 'source.generator',
        label: 'Visits',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 4,
          events: 4_800,
          keys: 25,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_200 },
          watermark: { delayMs: 3_000 },
        },
      },
      purchases: {
        kind: 'source.generator',
        label: 'Purchases',
        at: [0, 160],
        config: {
          shape: 'purchases',
          rateEventsPerSec: 1,
          clicksPerPurchase: 4,
          events: 1_200,
          keys: 25,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 2_500 },
          watermark: { delayMs: 3_000 },
        },
      },
      members: {
        kind: 'source.generator',
        label: 'Members',
        at: [0, 336],
        config: {
          shape: 'users',
          rateEventsPerSec: 0.3,
          events: 360,
          keys: 25,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'none' },
        },
      },
      visited: {
        kind: 'map',
        label: 'Visited',
        at: [256, 0],
        config: {
          columns: [
            { name: 'user_id', expression: 'user_id' },
            { name: 'verb', expression: "'visited'" },
            { name: 'object', expression: 'page' },
            { name: 'spent', expression: 'CAST(0 AS DOUBLE)' },
          ],
        },
      },
      bought: {
        kind: 'map',
        label: 'Bought',
        at: [256, 160],
        config: {
          columns: [
            { name: 'user_id', expression: 'user_id' },
            { name: 'verb', expression: "'bought'" },
            { name: 'object', expression: 'product' },
            { name: 'spent', expression: 'amount' },
          ],
        },
      },
      activities: { kind: 'union', label: 'Activities', at: [512, 80], config: {} },
      feed: { kind: 'sink', label: 'Feed', at: [768, 0], config: { view: 'table' } },
      folded: {
        kind: 'aggregate',
        label: 'By member',
        at: [768, 128],
        config: {
          keys: ['user_id'],
          aggregates: [
            { name: 'activities', function: 'count' },
            { name: 'spent', function: 'sum', argument: 'spent' },
          ],
        },
      },
      profiles: {
        kind: 'join.table',
        label: 'With member',
        at: [1024, 208],
        config: { kind: 'left', leftKeys: ['user_id'], rightKeys: ['user_id'] },
      },
      results: { kind: 'sink', label: 'Profiles now', at: [1280, 208], config: { view: 'table' } },
    },
    edges: paths(
      ['visits', 'visited', 'activities', 'feed'],
      ['purchases', 'bought', 'activities', 'folded', 'profiles:left'],
      ['members', 'profiles:right'],
      ['profiles', 'results'],
    ),
  }),
};
