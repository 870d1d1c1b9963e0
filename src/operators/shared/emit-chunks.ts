import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';

/** Hands on a batch of any length in pieces of at most `CHUNK_ROWS`; nothing where it is null or empty. */
export function emitInChunks(out: KernelOutput, port: OutputPortName, batch: Batch | null): void {
  if (batch === null) return;
  const count = rowCount(batch);
  if (count === 0) return;
  if (count <= CHUNK_ROWS) {
    out.emit(port, batch);
    return;
  }
  for (let from = 0; from < count; from += CHUNK_ROWS) {
    const length = Math.min(CHUNK_ROWS, count - from);
    out.emit(
      port,
      withSelection(
        batch,
        Int32Array.from({ length }, (_, i) => rowAt(batch, from + i)),
      ),
    );
  }
}
