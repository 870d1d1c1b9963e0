import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import { floatsOf, indexOf, intsOf } from '../engine/columns.ts';
import { engineRun } from '../engine/engine-run.ts';
import { chunkOf, sourceConfig } from '../engine/memory-source.ts';
import type { Contender } from '../job.ts';
import { WindowSums } from './sums.ts';

const document = templateDocument({
  name: 'Tumbling windows',
  nodes: {
    events: { kind: 'source.file', label: 'Events', at: [0, 0], config: sourceConfig },
    windows: {
      kind: 'window',
      label: 'Totals',
      at: [240, 0],
      config: {
        keys: ['key'],
        sizeMs: 10_000,
        aggregates: [
          { name: 'count', function: 'count' },
          { name: 'sum', function: 'sum', argument: 'value' },
        ],
      },
    },
    results: { kind: 'sink', label: 'Results', at: [480, 0], config: {} },
  },
  edges: [
    [
      ['events', 'out'],
      ['windows', 'in'],
    ],
    [
      ['windows', 'out'],
      ['results', 'in'],
    ],
  ],
});

/** The whole engine. */
export const tidemark: Contender = {
  name: 'tidemark',
  prepare: (workload) =>
    engineRun({
      document,
      chunks: [chunkOf(workload)],
      consumer: (schema) => {
        const key = indexOf(schema, 'key');
        const start = indexOf(schema, 'window_start');
        const end = indexOf(schema, 'window_end');
        const count = indexOf(schema, 'count');
        const sum = indexOf(schema, 'sum');
        const sums = new WindowSums();
        return {
          take: (batch) =>
            sums.addFirst(
              {
                key: intsOf(batch, key),
                startMs: floatsOf(batch, start),
                endMs: floatsOf(batch, end),
                count: floatsOf(batch, count),
                sum: floatsOf(batch, sum),
              },
              batch.length,
            ),
          checksum: () => sums.checksum(),
        };
      },
    }),
};
