import type { DialectName } from '../../stream/node-definition.ts';
import type { Dialect } from './dialect.ts';
import { flinkDatastream } from './flink-datastream.ts';

const records: ReadonlyMap<DialectName, Dialect> = new Map([[flinkDatastream.name, flinkDatastream]]);

/** The rules of a dialect, null for one that has none yet. */
export function dialectNamed(name: DialectName): Dialect | null {
  return records.get(name) ?? null;
}
