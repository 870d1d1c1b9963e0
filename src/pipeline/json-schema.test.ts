import { describe, expect, it } from 'vitest';
import { graphJsonSchema } from './json-schema.ts';

interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly const?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
}

const schema = graphJsonSchema() as Schema;
const nodes = schema.properties!['nodes']!.items!.oneOf!;

/** Every property of an object with its path; of one that is an object itself its properties. */
function propertiesOf(of: Schema, path: string): readonly (readonly [string, Schema])[] {
  const own = Object.entries(of.properties ?? {});
  return own.flatMap(([name, property]) => {
    const inner = `${path}.${name}`;
    return property.properties === undefined ? [[inner, property] as const] : propertiesOf(property, inner);
  });
}

/** Every property at any depth, with its path: also of list entries, of choices and of what objects map to. */
function everyProperty(of: Schema, path: string): readonly (readonly [string, Schema])[] {
  const { additionalProperties } = of;
  const parts = [
    ...(of.items === undefined ? [] : everyProperty(of.items, `${path}[]`)),
    ...[...(of.oneOf ?? []), ...(of.anyOf ?? [])].flatMap((choice) => everyProperty(choice, path)),
    ...(typeof additionalProperties === 'object' ? everyProperty(additionalProperties, `${path}.*`) : []),
  ];
  const own = Object.entries(of.properties ?? {}).flatMap(([name, property]) => [
    [`${path}.${name}`, property] as const,
    ...everyProperty(property, `${path}.${name}`),
  ]);
  return [...own, ...parts];
}

/** Figures that count nothing. */
const PURE_NUMBERS = [
  'version',
  'typeVersion',
  'seed',
  'sigma',
  'alpha',
  'clicksPerPurchase',
  'shape',
  'weight',
  'partition',
];

describe('the published schema', () => {
  it('says where it lies', () => {
    expect(schema).toMatchObject({ $id: 'schema/graph.v1.json' });
  });

  it('has a title and a description for every property at any depth', () => {
    const properties = everyProperty(schema, '');
    const paths = properties.map(([path]) => path);
    for (const path of ['.layout.*.x', '.edges[].from.port', '.nodes[].config.columns[].expression', '.run.end']) {
      expect(paths).toContain(path);
    }
    const silent = properties.filter(([, { title, description }]) => !title || !description);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('has a unit for every number that counts something', () => {
    const numbers = everyProperty(schema, '').filter(([, { type }]) => type === 'number' || type === 'integer');
    const bare = numbers.filter(([, { unit }]) => unit === undefined).map(([path]) => path.split('.').at(-1)!);
    expect(new Set(bare)).toEqual(new Set(PURE_NUMBERS));
  });

  it('asks for a configuration only where something has to be said', () => {
    const asking = nodes.filter(({ required }) => required?.includes('config')).map(({ properties }) => properties!);
    expect(asking.map(({ type }) => type!.const)).not.toContain('source.file');
    expect(asking.map(({ type }) => type!.const)).not.toContain('sink');
    for (const { config } of asking) expect(config!.required).not.toHaveLength(0);
    for (const { required } of nodes) expect(required).not.toContain('engine');
  });

  // After a wanted change: npx vitest run src/pipeline/json-schema.test.ts -u
  it('is the committed file', async () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../public/schema/graph.v1.json');
  });

  it('has a shape for each node type', () => {
    const types = nodes.map((node) => node.properties!['type']!.const);
    expect(types).toContain('source.generator');
    expect(types).toContain('window');
    expect(new Set(types).size).toBe(types.length);
  });

  it('describes every property of every configuration', () => {
    const properties = nodes.flatMap((node) =>
      propertiesOf(node.properties!['config']!, String(node.properties!['type']!.const)),
    );
    expect(properties.length).toBeGreaterThan(20);
    const silent = properties.filter(([, { title, description }]) => !title || !description).map(([path]) => path);
    expect(silent).toEqual([]);
  });

  it('gives every time in ms its unit', () => {
    const times = nodes
      .flatMap((node) => propertiesOf(node.properties!['config']!, String(node.properties!['type']!.const)))
      .filter(([path]) => path.endsWith('Ms'));
    expect(times.length).toBeGreaterThan(5);
    expect(times.filter(([, { unit }]) => unit !== 'ms').map(([path]) => path)).toEqual([]);
  });
});
