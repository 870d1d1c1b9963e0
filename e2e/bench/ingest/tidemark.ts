import { bytesSource } from '../../../src/sources/byte-source.ts';
import { bindFile } from '../../../src/sources/file/bind-file.ts';
import { fileConfig } from '../../../src/sources/file/file-config.ts';
import { FileReader } from '../../../src/sources/file/file-reader.ts';
import { asciiDecoder } from '../../../src/cli/ascii-decoder.ts';
import { assert } from '../../../src/stream/assert.ts';
import { ColumnSums } from './column-sums.ts';
import type { WantedColumn } from './layout.ts';

/** As large as the slices that a file of the page is read in. */
const SLICE_BYTES = 4 << 20;

/** The product's own reader, from bytes to the chunks that it gives the log. */
export function readByTidemark(
  bytes: Uint8Array,
  format: 'csv' | 'ndjson',
  columns: readonly WantedColumn[],
): () => Promise<string> {
  const [time] = columns;
  const config = fileConfig.parse({
    format,
    delimiter: ',',
    columns: columns.map(({ name, path, type }) => ({
      name,
      type,
      path: format === 'csv' ? name : path.join('.'),
    })),
    time: { column: time?.name, unit: time?.unit ?? 'iso' },
  });
  const bound = bindFile(config, 'event');
  assert(bound.ok, 'a layout without problems');
  return async () => {
    const source = bytesSource('bench', bytes, SLICE_BYTES);
    const reader = new FileReader(bound.value, source, { inflate: (chunks) => chunks, signal: null, asciiDecoder });
    const sums = new ColumnSums(columns.length);
    for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) {
      const { length } = chunk;
      chunk.columns.forEach((column, i) => {
        sums.column(i, column, length);
      });
    }
    assert(reader.rejects.count === 0 && reader.problems().length === 0, 'every record is a row');
    return sums.checksum();
  };
}
