import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** The clicks of a shop's visitors, counted by user, and joined with what the same visitors buy. */
export const clicksToPurchases: Template = {
  id: 'clicks-to-purchases',
  topic: 'windows',
  summary:
    'Clicks of a shop are counted for each user in windows of 10 seconds, and joined with the purchases they led to.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Clicks to purchases',
    nodes: {
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 5,
        events: 12_000,
        keys: 40,
        meanDelayMs: 1_200,
        stragglers: { sharePercent: 1, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      'real-pages': {
        kind: 'filter',
        label: 'Real pages',
        at: [240, 0],
        config: { predicate: "page <> '/help'" },
      },
      'clicks-per-user': {
        kind: 'window',
        label: 'Clicks per user',
        at: [480, 0],
        config: {
          keys: ['user_id'],
          sizeMs: 10_000,
          latenessMs: 2_000,
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      activity: chart([720, 0], 'Activity'),
      'late-clicks': table([720, 128], 'Late clicks'),
      purchases: generator([0, 232], 'Purchases', {
        shape: 'purchases',
        perSec: 0.5,
        clicksPerPurchase: 10,
        events: 1_200,
        keys: 40,
        meanDelayMs: 2_500,
        waitMs: 10_000,
      }),
      'click-to-purchase': {
        kind: 'join.interval',
        label: 'Click → purchase',
        at: [480, 208],
        config: {
          leftKeys: ['click_id'],
          rightKeys: ['click_id'],
          lowerMs: 0,
          upperMs: 1_800_000,
        },
      },
      'purchase-paths': table([720, 208], 'Purchase paths'),
    },
    edges: paths(
      ['clicks', 'real-pages', 'clicks-per-user', 'activity'],
      ['clicks-per-user:late', 'late-clicks'],
      ['real-pages', 'click-to-purchase:left'],
      ['purchases', 'click-to-purchase:right'],
      ['click-to-purchase', 'purchase-paths'],
    ),
  }),
};
