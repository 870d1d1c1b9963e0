import Papa from 'papaparse';
import type { WantedColumn } from './layout.ts';
import { TypedBatch } from './typed-batch.ts';

/** papaparse for the records, in pieces, and what is wanted of their fields into columns. */
export function readByPapaparse(bytes: Uint8Array, columns: readonly WantedColumn[]): () => string {
  return () => {
    const batch = new TypedBatch(columns);
    let places: readonly number[] | null = null;
    const text = new TextDecoder().decode(bytes);
    Papa.parse<readonly string[]>(text, {
      delimiter: ',',
      skipEmptyLines: true,
      chunkSize: 4 << 20,
      complete: () => undefined,
      chunk: ({ data }: Papa.ParseResult<readonly string[]>) => {
        let from = 0;
        if (places === null) {
          const header = data[0]!;
          places = columns.map(({ name }) => header.indexOf(name));
          from = 1;
        }
        for (let i = from; i < data.length; i++) takeRecord(data[i]!, places, columns, batch);
      },
    });
    batch.flush();
    return batch.checksum();
  };
}

function takeRecord(
  record: readonly string[],
  places: readonly number[],
  columns: readonly WantedColumn[],
  batch: TypedBatch,
): void {
  const { rows } = batch;
  for (let c = 0; c < columns.length; c++) {
    const text = record[places[c]!]!;
    const { type, unit } = columns[c]!;
    if (type === 'STRING') batch.texts[c]![rows] = text === '' ? null : text;
    else batch.numbers[c]![rows] = numberOf(text, type, unit);
  }
  batch.next();
}

function numberOf(text: string, type: string, unit: string | undefined): number {
  if (unit === 'iso') return Date.parse(text);
  if (type === 'BOOLEAN') return text === 'true' ? 1 : 0;
  return text === '' ? Number.NaN : Number(text);
}
