import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** A figure every ten seconds, each of them final: what a dashboard asks for that nobody wants to wait for. */
export const salesSoFar: Template = {
  id: 'sales-so-far',
  topic: 'windows',
  summary:
    'The sales of a minute, told after 10, 20 … 60 seconds: cumulating windows begin together and grow by a step. No figure is taken back; a purchase that is too late for one is in the next.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Sales of the minute so far',
    dialect: 'flink-sql',
    nodes: {
      purchases: generator([0, 0], 'Purchases', {
        shape: 'purchases',
        perSec: 4,
        events: 3_600,
        keys: 40,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 3, delayMs: 40_000 },
        waitMs: 4_000,
      }),
      'so-far': {
        kind: 'window',
        label: 'Minute so far',
        at: [256, 0],
        config: {
          kind: 'cumulate',
          sizeMs: 60_000,
          stepMs: 10_000,
          aggregates: [
            { name: 'sales', function: 'sum', argument: 'amount' },
            { name: 'purchases', function: 'count' },
          ],
        },
      },
      minute: {
        kind: 'filter',
        label: 'Whole minutes',
        at: [512, 128],
        config: { predicate: 'TIMESTAMPDIFF(SECOND, window_start, window_end) = 60' },
      },
      results: chart([512, 0], 'Sales so far'),
      minutes: table([768, 128], 'By minute'),
      'too-late': table([256, 176], 'Too late'),
    },
    edges: paths(['purchases', 'so-far', 'results'], ['so-far', 'minute', 'minutes'], ['so-far:late', 'too-late']),
  }),
};
