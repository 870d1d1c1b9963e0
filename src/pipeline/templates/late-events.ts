import type { Template } from './template.ts';
import { TEMPLATE_START_MS, templateDocument } from './template.ts';

/** One source with stragglers: what the watermark waits for, what the lateness saves, what is lost. */
export const lateEvents: Template = {
  id: 'late-events',
  topic: 'windows',
  summary:
    'One stream with stragglers. The watermark waits 3 seconds, windows are kept 5 more; what comes later is dropped.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Late events',
    nodes: {
      events: {
        kind: 'source.generator',
        label: 'Events',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 10,
          events: 6_000,
          keys: 20,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'lognormal', medianMs: 800, sigma: 0.8 },
          stragglers: { sharePercent: 3, delayMs: 20_000 },
          watermark: { delayMs: 3_000 },
        },
      },
      counts: {
        kind: 'window',
        label: 'Events per 10 s',
        at: [260, 0],
        config: { sizeMs: 10_000, latenessMs: 5_000, aggregates: [{ name: 'events', function: 'count' }] },
      },
      results: { kind: 'sink', label: 'Counts', at: [520, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [520, 130], config: { view: 'table' } },
    },
    edges: [
      [
        ['events', 'out'],
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
