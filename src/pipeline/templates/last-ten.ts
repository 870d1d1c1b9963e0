import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

const MEAN = [
  { name: 'mean', function: 'avg', argument: 'amount' },
  { name: 'purchases', function: 'count' },
] as const;

/** Windows by number know no time: nothing is late for them, and whoever buys little waits long. */
export const lastTen: Template = {
  id: 'last-ten',
  topic: 'windows',
  summary:
    'What a customer spends: the mean of the last ten purchases, after every five. Windows by number know no time, so nothing is too late for them, and whoever buys little waits long. Windows of 30 seconds stand beside them.',
  speed: { kind: 'clock', factor: 20 },
  credit: null,
  look: 'last-ten',
  document: templateDocument({
    name: 'The last ten purchases',
    nodes: {
      purchases: generator([0, 64], 'Purchases', {
        shape: 'purchases',
        perSec: 3,
        events: 5_400,
        keys: 12,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 3, delayMs: 45_000 },
        waitMs: 5_000,
      }),
      'last-ten': {
        kind: 'window',
        label: 'Last ten',
        at: [256, 0],
        config: { kind: 'count', countRows: 10, everyRows: 5, keys: ['user_id'], aggregates: MEAN },
      },
      'by-time': {
        kind: 'window',
        label: 'Per 30 s',
        at: [256, 160],
        config: { sizeMs: 30_000, keys: ['user_id'], aggregates: MEAN },
      },
      results: table([512, 0], 'Means of ten'),
      means: chart([512, 160], 'Means of 30 s'),
      'too-late': table([512, 288], 'Too late'),
    },
    edges: paths(['purchases', 'last-ten', 'results'], ['purchases', 'by-time', 'means'], ['by-time:late', 'too-late']),
  }),
};
