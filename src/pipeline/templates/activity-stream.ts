import type { Template } from './template.ts';
import { generator, paths, table, templateDocument } from './template.ts';

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
      visits: generator([0, 0], 'Visits', {
        shape: 'clicks',
        perSec: 4,
        events: 4_800,
        keys: 25,
        meanDelayMs: 1_200,
        waitMs: 3_000,
      }),
      purchases: generator([0, 160], 'Purchases', {
        shape: 'purchases',
        perSec: 1,
        clicksPerPurchase: 4,
        events: 1_200,
        keys: 25,
        meanDelayMs: 2_500,
        waitMs: 3_000,
      }),
      members: generator([0, 336], 'Members', { shape: 'users', perSec: 0.3, events: 360, keys: 25 }),
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
      feed: table([768, 0], 'Feed'),
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
      results: table([1280, 208], 'Profiles now'),
    },
    edges: paths(
      ['visits', 'visited', 'activities', 'feed'],
      ['purchases', 'bought', 'activities', 'folded', 'profiles:left'],
      ['members', 'profiles:right'],
      ['profiles', 'results'],
    ),
  }),
};
