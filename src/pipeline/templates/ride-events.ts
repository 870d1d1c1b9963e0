import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** Requests and pick-ups of a taxi service: how long riders wait, and who loses patience. */
export const rideEvents: Template = {
  id: 'ride-events',
  topic: 'industry',
  summary:
    'As at Uber: each pick-up is joined with its request, up to 10 minutes before, and the mean wait is told for every city. A pattern finds riders who ask again within 10 seconds.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Ride events',
    nodes: {
      calls: generator([0, 0], 'Ride requests', {
        shape: 'clicks',
        perSec: 4,
        events: 7_200,
        keys: 400,
        delay: { distribution: 'lognormal', medianMs: 700, sigma: 0.9 },
        stragglers: { sharePercent: 2, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      requests: {
        kind: 'map',
        label: 'Request',
        at: [256, 0],
        config: {
          columns: [
            { name: 'ride', expression: 'click_id' },
            { name: 'rider', expression: 'user_id' },
            { name: 'city', expression: 'country' },
            { name: 'asked_at', expression: 'ts' },
          ],
        },
      },
      arrivals: generator([0, 192], 'Cars at the door', {
        shape: 'purchases',
        perSec: 2,
        clicksPerPurchase: 2,
        events: 3_600,
        keys: 400,
        delay: { distribution: 'lognormal', medianMs: 700, sigma: 0.9 },
        stragglers: { sharePercent: 2, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      'pick-ups': {
        kind: 'map',
        label: 'Pick-up',
        at: [256, 192],
        config: {
          columns: [
            { name: 'ride', expression: 'click_id' },
            { name: 'fare', expression: 'amount' },
            { name: 'met_at', expression: 'ts' },
          ],
        },
      },
      impatient: {
        kind: 'pattern',
        label: 'Asked again',
        at: [512, -80],
        config: {
          keys: ['rider'],
          withinMs: 10_000,
          steps: [
            { name: 'first', condition: 'TRUE' },
            { name: 'again', condition: 'ride > first.ride' },
          ],
          measures: [
            { name: 'ride', function: 'first', argument: 'ride', step: 'first' },
            { name: 'then_ride', function: 'last', argument: 'ride', step: 'again' },
          ],
        },
      },
      rides: {
        kind: 'join.interval',
        label: 'Call → pick-up',
        at: [512, 112],
        config: { leftKeys: ['ride'], rightKeys: ['ride'], lowerMs: 0, upperMs: 600_000 },
      },
      'mean-wait': {
        kind: 'window',
        label: 'Wait per minute',
        at: [768, 112],
        config: {
          keys: ['city'],
          sizeMs: 60_000,
          latenessMs: 10_000,
          aggregates: [
            {
              name: 'mean_wait_s',
              function: 'avg',
              argument: 'CAST(TIMESTAMPDIFF(SECOND, asked_at, met_at) AS DOUBLE)',
            },
            { name: 'rides', function: 'count' },
          ],
        },
      },
      again: table([768, -80], 'Impatient'),
      results: chart([1024, 112], 'Wait by city'),
      'too-late': table([768, 288], 'Too late'),
    },
    edges: paths(
      ['calls', 'requests', 'impatient', 'again'],
      ['requests', 'rides:left'],
      ['arrivals', 'pick-ups', 'rides:right'],
      ['rides', 'mean-wait', 'results'],
      ['rides:late', 'too-late'],
    ),
  }),
};
