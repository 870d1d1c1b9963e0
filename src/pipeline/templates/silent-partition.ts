import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

/** Sensors of a building in three partitions, one of which falls silent: it holds all windows, and then is left behind. */
export const silentPartition: Template = {
  id: 'silent-partition',
  topic: 'windows',
  summary:
    'Sensors in three partitions. After 30 seconds the first one falls silent, and no window fires: the least watermark counts. Ten seconds later it counts as idle, windows go on without it, and what it had kept comes too late.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Sensors: a silent partition',
    nodes: {
      sensors: generator([0, 0], 'Sensors', {
        shape: 'sensors',
        perSec: 6,
        events: 6_000,
        keys: 24,
        meanDelayMs: 800,
        waitMs: 4_000,
        idleMs: 10_000,
        partitions: 3,
        faults: [
          { kind: 'cut', partition: 0, afterMs: 30_000, forMs: 40_000 },
          { kind: 'cut', partition: 0, afterMs: 300_000, forMs: 8_000 },
        ],
      }),
      real: {
        kind: 'filter',
        label: 'Real readings',
        at: [256, 0],
        config: { predicate: 'temperature > -100' },
      },
      mean: {
        kind: 'window',
        label: 'Mean by site',
        at: [512, 0],
        config: {
          keys: ['site'],
          sizeMs: 10_000,
          aggregates: [
            { name: 'temperature', function: 'avg', argument: 'temperature' },
            { name: 'readings', function: 'count' },
          ],
        },
      },
      'by-site': chart([768, 0], 'Temperature'),
      'too-late': table([768, 128], 'Too late'),
    },
    edges: paths(['sensors', 'real', 'mean', 'by-site'], ['mean:late', 'too-late']),
  }),
};
