import { fileDefinition } from './file/definition.ts';
import { generatorDefinition } from './generator/definition.ts';

export const SOURCE_KINDS = ['source.file', 'source.generator'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Every kind of source. Holds no reader, so that the screen can import it. */
export const sourceDefinitions = {
  'source.file': fileDefinition,
  'source.generator': generatorDefinition,
} as const satisfies Record<SourceKind, unknown>;
