import { floatsOf, indexOf } from '../bench/engine/columns.ts';
import { engineRun } from '../bench/engine/engine-run.ts';
import { sourceConfig } from '../bench/engine/memory-source.ts';
import { templateDocument } from '../../src/pipeline/templates/template.ts';
import type { SourceChunk } from '../../src/sources/source-reader.ts';
import type { Totals } from './hashed-windows.ts';

/** The same as `hashedWindows`, by the whole engine. */
export function engineWindows(chunks: Iterable<SourceChunk>, sizeMs: number): Totals {
  const document = templateDocument({
    name: 'Growth',
    nodes: {
      events: { kind: 'source.file', label: 'Events', at: [0, 0], config: sourceConfig },
      windows: {
        kind: 'window',
        label: 'Totals',
        at: [240, 0],
        config: {
          keys: ['key'],
          kind: 'tumbling',
          sizeMs,
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
  const totals: Totals = { results: 0, count: 0, sum: 0 };
  engineRun({
    document,
    chunks: [chunks],
    consumer: (schema) => {
      const [count, sum] = [indexOf(schema, 'count'), indexOf(schema, 'sum')];
      return {
        take: (batch) => {
          const counts = floatsOf(batch, count);
          const sums = floatsOf(batch, sum);
          totals.results += batch.length;
          for (let i = 0; i < batch.length; i++) {
            totals.count += counts[i]!;
            totals.sum += sums[i]!;
          }
        },
        checksum: () => '',
      };
    },
  })();
  return totals;
}
