import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import type { Column } from '../../../src/stream/column.ts';
import type { Schema } from '../../../src/stream/types.ts';
import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import { floatsOf, indexOf, intsOf } from '../engine/columns.ts';
import type { SinkConsumer } from '../engine/engine-run.ts';
import { engineRun } from '../engine/engine-run.ts';
import { chunkOf, sourceConfig } from '../engine/memory-source.ts';
import type { Contender } from '../job.ts';
import type { Workload } from '../workload.ts';
import { HeavySums, LargeSums, ScoredSums } from './sums.ts';
import { wideOf } from './wide.ts';

type Node = Parameters<typeof templateDocument>[0]['nodes'][string];

const source = {
  ...sourceConfig,
  columns: [
    ...sourceConfig.columns,
    { name: 'price', type: 'DOUBLE' },
    { name: 'quantity', type: 'INT' },
    { name: 'weight', type: 'DOUBLE' },
    { name: 'region', type: 'INT' },
    { name: 'rank', type: 'INT' },
  ],
};

function filter(predicate: string): Node {
  return { kind: 'filter', label: predicate, at: [0, 0], config: { predicate } };
}

/** Replaces columns, and keeps the others. */
function replace(columns: Readonly<Record<string, string>>): Node {
  return {
    kind: 'map',
    label: Object.keys(columns).join(', '),
    at: [0, 0],
    config: { columns: list(columns), keep: 'all' },
  };
}

/** Keeps what is listed. */
function pick(columns: Readonly<Record<string, string>>): Node {
  return {
    kind: 'map',
    label: Object.keys(columns).join(', '),
    at: [0, 0],
    config: { columns: list(columns), keep: 'listed' },
  };
}

function list(
  columns: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly expression: string }[] {
  return Object.entries(columns).map(([name, expression]) => ({ name, expression }));
}

const trunk: readonly Node[] = [
  filter('value >= 300'),
  replace({ value: 'value * 2 + 1' }),
  filter('quantity < 48'),
  replace({ price: 'price * quantity + weight' }),
  filter('region <> 7'),
  replace({ weight: 'weight + value' }),
  filter('rank > 4'),
  replace({ rank: 'rank * 3 + region' }),
];
const branches: Readonly<Record<string, readonly Node[]>> = {
  large: [filter('price > 20000'), replace({ value: 'value - weight * 2' })],
  scored: [
    pick({ key: 'key', ts: 'ts', score: 'price + weight * 2' }),
    filter('score > 40000'),
    replace({ score: 'score - 40000' }),
  ],
  heavy: [
    filter('weight >= 12000'),
    pick({ key: 'key', ts: 'ts', value: 'value * 3 - price', weight: 'weight - 12000' }),
    filter('value > 20000'),
  ],
};

function makeDocument(): ReturnType<typeof templateDocument> {
  const nodes: Record<string, Node> = { events: { kind: 'source.file', label: 'Events', at: [0, 0], config: source } };
  const edges: [[string, string], [string, string]][] = [];
  const chain = (from: string, name: string, steps: readonly Node[]): string =>
    steps.reduce((before, step, i) => {
      const id = `${name}-${i}`;
      nodes[id] = step;
      edges.push([
        [before, 'out'],
        [id, 'in'],
      ]);
      return id;
    }, from);
  const fork = chain('events', 'trunk', trunk);
  for (const [name, steps] of Object.entries(branches)) {
    const sink: Node = { kind: 'sink', label: name, at: [0, 0], config: {} };
    nodes[name] = sink;
    edges.push([
      [chain(fork, `${name}-step`, steps), 'out'],
      [name, 'in'],
    ]);
  }
  return templateDocument({ name: 'Deep', nodes, edges });
}

const document = makeDocument();

function wideChunk(workload: Workload): SourceChunk {
  const { price, quantity, weight, region, rank } = wideOf(workload);
  const chunk = chunkOf(workload);
  const columns = [price, quantity, weight, region, rank].map((values): Column =>
    values instanceof Int32Array ? { kind: 'int', values, nulls: null } : { kind: 'float', values, nulls: null },
  );
  return { ...chunk, columns: [...chunk.columns, ...columns] };
}

/** What the sums of a branch take: its columns by name. */
function consumerOf(schema: Schema, sink: string): SinkConsumer {
  const ints = (batch: Batch, name: string): Int32Array => intsOf(batch, indexOf(schema, name));
  const floats = (batch: Batch, name: string): Float64Array => floatsOf(batch, indexOf(schema, name));
  const rowTimes = (batch: Batch): { readonly key: Int32Array; readonly ts: Float64Array } => ({
    key: ints(batch, 'key'),
    ts: floats(batch, 'ts'),
  });
  const rowsOf = ({ length, selection }: Batch): number => selection?.length ?? length;
  switch (sink) {
    case 'large': {
      const sums = new LargeSums();
      return {
        take: (batch) => {
          const columns = {
            ...rowTimes(batch),
            value: floats(batch, 'value'),
            price: floats(batch, 'price'),
            quantity: ints(batch, 'quantity'),
            weight: floats(batch, 'weight'),
            region: ints(batch, 'region'),
            rank: ints(batch, 'rank'),
          };
          sums.addRows(columns, rowsOf(batch), batch.selection);
        },
        checksum: () => sums.checksum(),
      };
    }
    case 'scored': {
      const sums = new ScoredSums();
      return {
        take: (batch) =>
          sums.addRows({ ...rowTimes(batch), score: floats(batch, 'score') }, rowsOf(batch), batch.selection),
        checksum: () => sums.checksum(),
      };
    }
    default: {
      const sums = new HeavySums();
      return {
        take: (batch) => {
          const columns = { ...rowTimes(batch), value: floats(batch, 'value'), weight: floats(batch, 'weight') };
          sums.addRows(columns, rowsOf(batch), batch.selection);
        },
        checksum: () => sums.checksum(),
      };
    }
  }
}

/** The whole engine: sixteen operators, three ends. */
export const tidemark: Contender = {
  name: 'tidemark',
  prepare: (workload) => engineRun({ document, chunks: [wideChunk(workload)], consumer: consumerOf }),
};
