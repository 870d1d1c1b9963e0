import { rowToJson } from '../../stream/value.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { GeneratorReader } from './generator-reader.ts';

export type JsonRow = Readonly<Record<string, unknown>>;

/** All rows of a generator in order of arrival, each with the processing time of it in `at`. */
export function rowsOf(config: GeneratorConfig, seed: number, chunkRows?: number): readonly JsonRow[] {
  const reader = new GeneratorReader({ config, timeIsArrival: false }, seed, chunkRows);
  const rows: JsonRow[] = [];
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    for (let i = 0; i < chunk.length; i++) {
      rows.push({ ...rowToJson(chunk.columns, reader.schema, i), at: chunk.at[i] });
    }
  }
  return rows;
}
