import { describe, expect, test } from 'vitest';
import type { Parameter } from '../../app/document-parameters.ts';
import { parametersOf } from '../../app/document-parameters.ts';
import { nodeDefinitions } from '../../pipeline/definitions.ts';
import { NODE_KINDS } from '../../pipeline/faces.ts';
import { editorOf } from './editor-of.ts';

/** With those of groups, variants and the items of lists. */
function all(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.flatMap((parameter) => {
    const { entry } = parameter;
    switch (entry.kind) {
      case 'group':
        return [parameter, ...all(entry.parameters)];
      case 'variants':
        return [parameter, ...entry.variants.flatMap((variant) => all(variant.parameters))];
      case 'list':
        return [parameter, ...all(entry.itemAt(0))];
      default:
        return [parameter];
    }
  });
}

describe.each(NODE_KINDS)('the form of %s', (kind) => {
  test('lets every parameter be entered', () => {
    const parameters = (['config', 'engine'] as const).flatMap((part) =>
      all(parametersOf(nodeDefinitions[kind], part)),
    );
    const without = parameters.filter((parameter) => {
      const isFixed = parameter.entry.kind === 'choice' && parameter.entry.options.length === 1;
      return editorOf(parameter) === null && !isFixed;
    });
    expect(without.map(({ path }) => path.join('.'))).toEqual([]);
  });
});
