import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** One result three times: a first look, the answer, a correction. */
export const panes: Template = {
  id: 'panes',
  topic: 'windows',
  summary:
    'A window speaks early, on time and late: a first look every 25 events, the answer once it is complete, and a correction for each straggler.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Early, on time, late',
    dialect: 'beam',
    nodes: {
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 8,
        events: 4_800,
        keys: 20,
        meanDelayMs: 1_500,
        stragglers: { sharePercent: 2, delayMs: 20_000 },
        waitMs: 5_000,
      }),
      counts: {
        kind: 'window',
        label: 'Clicks per 15 s',
        at: [256, 0],
        config: {
          sizeMs: 15_000,
          latenessMs: 20_000,
          emission: 'panes',
          earlyEveryRows: 25,
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      results: chart([512, 0], 'Panes'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(['clicks', 'counts', 'results'], ['counts:late', 'too-late']),
  }),
};
