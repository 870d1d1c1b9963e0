import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import { floatsOf, indexOf, intsOf } from '../engine/columns.ts';
import { engineRun } from '../engine/engine-run.ts';
import { chunkOf, sourceConfig } from '../engine/memory-source.ts';
import type { Contender } from '../job.ts';
import { MappedSums } from './sums.ts';

const document = templateDocument({
  name: 'Filter and map',
  nodes: {
    events: { kind: 'source.file', label: 'Events', at: [0, 0], config: sourceConfig },
    large: { kind: 'filter', label: 'Large', at: [240, 0], config: { predicate: 'value >= 5000' } },
    scaled: {
      kind: 'map',
      label: 'Scaled',
      at: [480, 0],
      config: { columns: [{ name: 'value', expression: 'value * 2 + 1' }], keep: 'all' },
    },
    results: { kind: 'sink', label: 'Results', at: [720, 0], config: {} },
  },
  edges: [
    [
      ['events', 'out'],
      ['large', 'in'],
    ],
    [
      ['large', 'out'],
      ['scaled', 'in'],
    ],
    [
      ['scaled', 'out'],
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
        const [key, value, ts] = [indexOf(schema, 'key'), indexOf(schema, 'value'), indexOf(schema, 'ts')];
        const sums = new MappedSums();
        return {
          take: (batch) => {
            const rows = { key: intsOf(batch, key), value: floatsOf(batch, value), ts: floatsOf(batch, ts) };
            if (batch.selection === null) sums.addFirst(rows, batch.length);
            else sums.addSelected(rows, batch.selection);
          },
          checksum: () => sums.checksum(),
        };
      },
    }),
};
