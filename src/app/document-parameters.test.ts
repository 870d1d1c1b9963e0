import { describe, expect, it } from 'vitest';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import { NODE_KINDS } from '../pipeline/faces.ts';
import type { Parameter } from './document-parameters.ts';
import { parametersOf } from './document-parameters.ts';

function flat(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.flatMap((parameter) => {
    const { entry } = parameter;
    if (entry.kind === 'group') return [parameter, ...flat(entry.parameters)];
    if (entry.kind === 'variants') return [parameter, ...entry.variants.flatMap((variant) => flat(variant.parameters))];
    return [parameter];
  });
}

describe.each(NODE_KINDS)('the form of %s', (kind) => {
  const parameters = [
    ...parametersOf(nodeDefinitions[kind], 'config'),
    ...parametersOf(nodeDefinitions[kind], 'engine'),
  ];

  it('has an editor for every parameter', () => {
    for (const { path, entry, meta } of flat(parameters)) {
      expect(entry.kind !== 'other' || meta.control !== undefined, path.join('.')).toBe(true);
    }
  });

  it('has a title for every parameter', () => {
    for (const { path, meta } of flat(parameters)) expect(meta.title, path.join('.')).not.toBe('');
  });
});

describe('parameters', () => {
  it('are read through defaults, groups and variants', () => {
    const file = parametersOf(nodeDefinitions['source.file'], 'config');
    const arrival = file.find(({ name }) => name === 'arrival')!;
    expect(arrival.entry).toMatchObject({ kind: 'variants', tag: 'by' });
    const time = file.find(({ name }) => name === 'time')!;
    expect(time).toMatchObject({ isOptional: true, entry: { kind: 'group' } });
    const watermark = parametersOf(nodeDefinitions['source.generator'], 'config').find(
      ({ name }) => name === 'watermark',
    )!;
    const delay = flat([watermark]).find(({ name }) => name === 'delayMs')!;
    expect(delay.path).toEqual(['config', 'watermark', 'delayMs']);
    expect(delay.meta).toMatchObject({ control: 'duration', unit: 'ms' });
  });
});
