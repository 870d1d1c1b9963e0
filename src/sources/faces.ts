import type { NodeFace } from '../stream/node-definition.ts';
import type { SourceKind } from './definition.ts';
import { fileFace } from './file/face.ts';
import { generatorFace } from './generator/face.ts';

/** What every kind of source looks like from outside. */
export const sourceFaces: { readonly [Kind in SourceKind]: NodeFace<Kind> } = {
  'source.file': fileFace,
  'source.generator': generatorFace,
};
