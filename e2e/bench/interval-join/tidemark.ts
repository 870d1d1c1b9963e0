import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import { floatsOf, indexOf, intsOf } from '../engine/columns.ts';
import { engineRun } from '../engine/engine-run.ts';
import { chunkOfSide, sourceConfig } from '../engine/memory-source.ts';
import type { Contender } from '../job.ts';
import { JoinedSums } from './sums.ts';

const document = templateDocument({
  name: 'Interval join',
  nodes: {
    first: { kind: 'source.file', label: 'First', at: [0, 0], config: sourceConfig },
    second: { kind: 'source.file', label: 'Second', at: [0, 120], config: sourceConfig },
    pairs: {
      kind: 'join.interval',
      label: 'Pairs',
      at: [240, 60],
      config: { leftKeys: ['key'], rightKeys: ['key'], lowerMs: 0, upperMs: 2000 },
    },
    results: { kind: 'sink', label: 'Results', at: [480, 60], config: {} },
  },
  edges: [
    [
      ['first', 'out'],
      ['pairs', 'left'],
    ],
    [
      ['second', 'out'],
      ['pairs', 'right'],
    ],
    [
      ['pairs', 'out'],
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
      chunks: [chunkOfSide(workload, 0), chunkOfSide(workload, 1)],
      consumer: (schema) => {
        const left = ['key', 'value', 'ts'].map((name) => indexOf(schema, name));
        const right = ['right_key', 'right_value', 'right_ts'].map((name) => indexOf(schema, name));
        const sums = new JoinedSums();
        return {
          take: (batch) =>
            sums.addFirst(
              {
                leftKey: intsOf(batch, left[0]!),
                leftValue: floatsOf(batch, left[1]!),
                leftTs: floatsOf(batch, left[2]!),
                rightKey: intsOf(batch, right[0]!),
                rightValue: floatsOf(batch, right[1]!),
                rightTs: floatsOf(batch, right[2]!),
              },
              batch.length,
            ),
          checksum: () => sums.checksum(),
        };
      },
    }),
};
