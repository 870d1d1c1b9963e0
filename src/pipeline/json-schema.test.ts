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

describe('the published schema', () => {
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
