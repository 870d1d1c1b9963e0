import { assert } from '../../../src/stream/assert.ts';
import type { WantedColumn } from './layout.ts';
import { TypedBatch } from './typed-batch.ts';

const SLICE_BYTES = 4 << 20;

type Members = Readonly<Record<string, unknown>>;

/** JSON.parse for each line, and what is wanted of the object into columns. */
export function readByJsonParse(bytes: Uint8Array, columns: readonly WantedColumn[]): () => string {
  return () => {
    const batch = new TypedBatch(columns);
    const decoder = new TextDecoder();
    let rest = '';
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      const lines = (rest + decoder.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) takeRecord(JSON.parse(line) as Members, columns, batch);
    }
    assert(rest === '', 'a line end behind the last record');
    batch.flush();
    return batch.checksum();
  };
}

function takeRecord(record: Members, columns: readonly WantedColumn[], batch: TypedBatch): void {
  const { rows } = batch;
  for (let c = 0; c < columns.length; c++) {
    const { path, type, unit } = columns[c]!;
    let value = record[path[0]!];
    if (path.length > 1) value = (value as Members)[path[1]!];
    if (type === 'STRING') batch.texts[c]![rows] = typeof value === 'string' ? value : null;
    else batch.numbers[c]![rows] = numberOf(value, unit);
  }
  batch.next();
}

function numberOf(value: unknown, unit: string | undefined): number {
  if (typeof value === 'string') return unit === 'iso' ? Date.parse(value) : Number.NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : Number.NaN;
}
