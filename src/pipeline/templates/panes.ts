import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

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
      clicks: {
        kind: 'source.generator',
        label: 'Clicks',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 8,
          events: 4_800,
          keys: 20,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_500 },
          stragglers: { sharePercent: 2, delayMs: 20_000 },
          watermark: { delayMs: 5_000 },
        },
      },
      counts: {
        kind: 'window',
        label: 'Clicks per 15 s',
        at: [260, 0],
        config: {
          sizeMs: 15_000,
          latenessMs: 20_000,
          emission: 'panes',
          earlyEveryRows: 25,
          aggregates: [{ name: 'clicks', function: 'count' }],
        },
      },
      results: { kind: 'sink', label: 'Panes', at: [520, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [520, 130], config: { view: 'table' } },
    },
    edges: [
      [
        ['clicks', 'out'],
        ['counts', 'in'],
      ],
      [
        ['counts', 'out'],
        ['results', 'in'],
      ],
      [
        ['counts', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
