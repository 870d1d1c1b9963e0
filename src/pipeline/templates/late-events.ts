import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

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
      events: generator([0, 0], 'Events', {
        shape: 'clicks',
        perSec: 10,
        events: 6_000,
        keys: 20,
        delay: { distribution: 'lognormal', medianMs: 800, sigma: 0.8 },
        stragglers: { sharePercent: 3, delayMs: 20_000 },
        waitMs: 3_000,
      }),
      counts: {
        kind: 'window',
        label: 'Events per 10 s',
        at: [256, 0],
        config: { sizeMs: 10_000, latenessMs: 5_000, aggregates: [{ name: 'events', function: 'count' }] },
      },
      results: chart([512, 0], 'Counts'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(['events', 'counts', 'results'], ['counts:late', 'too-late']),
  }),
};
