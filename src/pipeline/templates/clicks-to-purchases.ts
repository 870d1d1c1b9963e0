import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

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
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 5,
          events: 12_000,
          keys: 40,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_200 },
          stragglers: { sharePercent: 1, delayMs: 20_000 },
          watermark: { delayMs: 5_000 },
        },
      },
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
      activity: { kind: 'sink', label: 'Activity', at: [740, 0], config: { view: 'chart' } },
      'late-clicks': { kind: 'sink', label: 'Late clicks', at: [740, 125], config: { view: 'table' } },
      purchases: {
        kind: 'source.generator',
        label: 'Purchases',
        at: [0, 230],
        config: {
          shape: 'purchases',
          rateEventsPerSec: 0.5,
          clicksPerPurchase: 10,
          events: 1_200,
          keys: 40,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 2_500 },
          watermark: { delayMs: 10_000 },
        },
      },
      'click-to-purchase': {
        kind: 'join.interval',
        label: 'Click → purchase',
        at: [480, 205],
        config: {
          leftKeys: ['user_id', 'click_id'],
          rightKeys: ['user_id', 'click_id'],
          lowerMs: 0,
          upperMs: 1_800_000,
        },
      },
      'purchase-paths': { kind: 'sink', label: 'Purchase paths', at: [740, 205], config: { view: 'table' } },
    },
    edges: [
      [
        ['clicks', 'out'],
        ['real-pages', 'in'],
      ],
      [
        ['real-pages', 'out'],
        ['clicks-per-user', 'in'],
      ],
      [
        ['clicks-per-user', 'out'],
        ['activity', 'in'],
      ],
      [
        ['clicks-per-user', 'late'],
        ['late-clicks', 'in'],
      ],
      [
        ['real-pages', 'out'],
        ['click-to-purchase', 'left'],
      ],
      [
        ['purchases', 'out'],
        ['click-to-purchase', 'right'],
      ],
      [
        ['click-to-purchase', 'out'],
        ['purchase-paths', 'in'],
      ],
    ],
  }),
};
