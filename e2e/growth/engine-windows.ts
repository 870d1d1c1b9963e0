import { floatsOf, indexOf } from '../bench/engine/columns.ts';
import { engineRun } from '../bench/engine/engine-run.ts';
import { windowDocument } from '../bench/windows/window-document.ts';
import type { SourceChunk } from '../../src/sources/source-reader.ts';
import type { Totals } from './hashed-windows.ts';

/** The same as `hashedWindows`, by the whole engine. */
export function engineWindows(chunks: Iterable<SourceChunk>, sizeMs: number): Totals {
  const document = windowDocument({ kind: 'tumbling', sizeMs });
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
