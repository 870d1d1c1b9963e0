import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import { floatsOf, indexOf, intsOf } from '../engine/columns.ts';
import { engineRun } from '../engine/engine-run.ts';
import type { ListenerKind } from '../engine/listeners.ts';
import { chunkOf, sourceConfig } from '../engine/memory-source.ts';
import type { Contender } from '../job.ts';
import type { Workload } from '../workload.ts';
import { windowDocument } from './window-document.ts';
import type { WindowRows } from './window-sums.ts';
import { WindowSums } from './window-sums.ts';

interface WindowEngine {
  /** What the window is besides its key and its aggregates. */
  readonly window: Readonly<Record<string, unknown>>;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly chunk?: (workload: Workload) => SourceChunk;
  readonly name?: string;
  /** Who listens besides. */
  readonly listener?: ListenerKind | null;
  /** The key column of the results as numbers. */
  readonly keysOf?: (batch: Batch, index: number) => Int32Array;
}

/** The whole engine: count and sum of the value by key in windows. */
export function windowEngine({
  window,
  source = sourceConfig,
  chunk = chunkOf,
  keysOf = intsOf,
  name = 'tidemark',
  listener = null,
}: WindowEngine): Contender {
  const document = windowDocument(window, source);
  return {
    name,
    prepare: (workload) =>
      engineRun({
        document,
        listener,
        chunks: [chunk(workload)],
        consumer: (schema) => {
          const key = indexOf(schema, 'key');
          const [start, end] = [indexOf(schema, 'window_start'), indexOf(schema, 'window_end')];
          const [count, sum] = [indexOf(schema, 'count'), indexOf(schema, 'sum')];
          const rowsOf = (batch: Batch): WindowRows => ({
            key: keysOf(batch, key),
            startMs: floatsOf(batch, start),
            endMs: floatsOf(batch, end),
            count: floatsOf(batch, count),
            sum: floatsOf(batch, sum),
          });
          const sums = new WindowSums();
          return {
            take: (batch) => sums.addFirst(rowsOf(batch), batch.length),
            checksum: () => sums.checksum(),
          };
        },
      }),
  };
}
