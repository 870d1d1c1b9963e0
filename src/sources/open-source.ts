import { assertNever, defined } from '../stream/assert.ts';
import type { StreamType } from '../stream/batch.ts';
import type { ByteSource, ReadEnvironment } from './byte-source.ts';
import type { BoundFile } from './file/bind-file.ts';
import { FileReader } from './file/file-reader.ts';
import type { BoundGenerator } from './generator/definition.ts';
import { GeneratorReader } from './generator/generator-reader.ts';
import type { EntrySource } from './log/entry-rows.ts';
import type { WrittenTime } from './log/written-time.ts';
import type { SourceReader } from './source-reader.ts';

/** What `bind` of a source's definition gave: all that a plan says about it. */
export type BoundSource = BoundFile | BoundGenerator;

/** What a run adds to a bound source. */
export interface SourceInput {
  /** The run's seed. Sources of one graph with the same seed have the same users. */
  readonly seed: number;
  /** The bytes of a file source; null for others. */
  readonly bytes: ByteSource | null;
  readonly environment: ReadEnvironment;
}

export function openSource(bound: BoundSource, input: SourceInput): SourceReader {
  switch (bound.kind) {
    case 'source.file':
      return new FileReader(bound, defined(input.bytes, 'the bytes of a file source'), input.environment);
    case 'source.generator':
      return new GeneratorReader(bound, input.seed);
    default:
      return assertNever(bound, 'source');
  }
}

/** What a written log needs to know of a bound source: its rows are read as those of the source itself would be. */
export function entrySource(id: string, bound: BoundSource, { schema, changes }: StreamType): EntrySource {
  const { timeIsArrival, partitions: count, watermark } = bound;
  const common = { id, schema, changes, timeIsArrival, maxAheadMs: watermark.maxAheadMs };
  if (bound.kind === 'source.generator') return { ...common, timeColumn: 'ts' };
  const columnTimes = bound.rowColumns.map((i): WrittenTime | null => {
    const { time: format, nulls } = defined(bound.columns[i], 'column');
    return format === null ? null : { format, nulls };
  });
  const column = bound.rowColumns.indexOf(bound.partitionColumn);
  const read = { ...common, columnTimes, ...(column < 0 ? {} : { partition: { column, count } }) };
  // A time beside the row is written as the entry's own.
  if (bound.time === null || !bound.rowColumns.includes(bound.time.column)) return { ...read, timeColumn: null };
  const { field, nulls } = defined(bound.columns[bound.time.column], 'time column');
  return { ...read, timeColumn: field.name, time: { format: bound.time.format, nulls } };
}
