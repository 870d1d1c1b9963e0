import { assert, defined } from '../../../src/stream/assert.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import { chunkOf, sourceConfig } from '../engine/memory-source.ts';
import { windowEngine } from '../windows/window-engine.ts';
import { namedKeysOf, numberOf } from './names.ts';

/** The names of a batch's results as numbers. */
function keysOf(batch: Batch, index: number): Int32Array {
  const column = defined(batch.columns[index], 'a column');
  assert(column.kind === 'text' && column.nulls === null, 'texts without NULL');
  const { ids, dictionary } = column;
  const keys = new Int32Array(batch.length);
  for (let i = 0; i < batch.length; i++) keys[i] = numberOf(dictionary[ids[i]!]!);
  return keys;
}

/** The whole engine. */
export const tidemark = windowEngine({
  window: { kind: 'tumbling', sizeMs: 10_000 },
  source: {
    ...sourceConfig,
    columns: [{ name: 'key', type: 'STRING' }, ...sourceConfig.columns.filter(({ name }) => name !== 'key')],
  },
  chunk: (workload) => {
    const chunk = chunkOf(workload);
    return { ...chunk, columns: [{ kind: 'text', ...namedKeysOf(workload), nulls: null }, ...chunk.columns.slice(1)] };
  },
  keysOf,
});
