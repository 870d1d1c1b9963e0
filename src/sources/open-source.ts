import { assertNever, defined } from '../stream/assert.ts';
import type { Schema } from '../stream/types.ts';
import type { ByteSource, ReadEnvironment } from './byte-source.ts';
import type { BoundFile } from './file/bind-file.ts';
import { FileReader } from './file/file-reader.ts';
import type { BoundGenerator } from './generator/definition.ts';
import { GeneratorReader } from './generator/generator-reader.ts';
import type { EntrySource } from './log/entries.ts';
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
      return new GeneratorReader(bound.config, input.seed);
    default:
      return assertNever(bound, 'source');
  }
}

/** What a written log needs to know of a bound source that puts out rows of `schema`. */
export function entrySource(id: string, bound: BoundSource, schema: Schema): EntrySource {
  const index = bound.kind === 'source.file' ? (bound.time?.column ?? -1) : 0;
  const time = schema.fields[index];
  // A time that is written in another way than in ms is only known from the entry's own `ts`.
  return { id, schema, timeColumn: time?.type.kind === 'TIMESTAMP' ? time.name : null };
}
