import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeDefinitions } from '../definitions.ts';
import { DOCUMENT_VERSION } from '../document.ts';
import type { DocumentNode } from '../document.ts';
import { readDocument } from '../read-document.ts';
import type { DocumentMigration } from './migrate-document.ts';
import { documentMigrations, migrateDocument } from './migrate-document.ts';
import type { NodeMigration } from './migrate-node.ts';
import { migrateNode, nodeMigrations } from './migrate-node.ts';

const examples = new URL('./examples/', import.meta.url);
const released = Array.from({ length: DOCUMENT_VERSION }, (_, i) => i + 1);

describe('a frozen example', () => {
  it('is there for every released version', () => {
    const files = readdirSync(examples);
    expect(files.sort()).toEqual(
      released.flatMap((version) => [`v${version}.json`, `v${version}.present.json`]).sort(),
    );
  });

  it.each(released)('of version %i is still read as the present document beside it', (version) => {
    const read = readDocument(readFileSync(new URL(`v${version}.json`, examples)));
    expect(read.problems).toEqual([]);
    const present: unknown = JSON.parse(readFileSync(new URL(`v${version}.present.json`, examples), 'utf8'));
    expect(read.ok && read.value).toEqual(present);
  });

  it('of the first version has a node of every type that was released with it', () => {
    const { nodes } = JSON.parse(readFileSync(new URL('v1.json', examples), 'utf8')) as { nodes: DocumentNode[] };
    expect([...new Set(nodes.map(({ type }) => type))].sort()).toEqual([
      'assign-timestamps',
      'filter',
      'join.interval',
      'map',
      'sink',
      'source.file',
      'source.generator',
      'union',
      'window',
    ]);
  });
});

describe('the chain of document versions', () => {
  const steps: readonly DocumentMigration[] = [
    { from: 1, name: 'title-becomes-name', up: ({ title, ...rest }) => ({ ...rest, name: title }) },
    { from: 2, name: 'seed-moves-to-run', up: ({ seed, ...rest }) => ({ ...rest, run: { seed } }) },
  ];

  it('takes every step in order', () => {
    const old = { version: 1, title: 'Old', seed: 3 };
    expect(migrateDocument(old, steps, 3)).toMatchObject({ value: { version: 3, name: 'Old', run: { seed: 3 } } });
    expect(migrateDocument({ version: 2, name: 'Newer', seed: 4 }, steps, 3)).toMatchObject({
      value: { version: 3, name: 'Newer', run: { seed: 4 } },
    });
    expect(old).toEqual({ version: 1, title: 'Old', seed: 3 });
  });

  it('refuses a gap', () => {
    const result = migrateDocument({ version: 1 }, steps.slice(1), 3);
    expect(result.problems[0]).toMatchObject({ code: 'migration-missing', path: 'version' });
    expect(result.problems[0]?.message).toContain('from version 1 to 2');
  });

  it('refuses what is newer than its end, whatever it holds', () => {
    expect(migrateDocument({ version: 4, toString: 1 }, steps, 3).problems[0]?.code).toBe('version-too-new');
  });

  it('is without gaps', () => {
    expect(documentMigrations.map(({ from }) => from)).toEqual(released.slice(0, -1));
  });
});

describe('the chain of a type', () => {
  const definition = { ...nodeDefinitions.filter, version: 3 };
  const node: DocumentNode = { id: 'f', type: 'filter', typeVersion: 1, config: { keep: 'a > 1' }, engine: {} };
  const steps: readonly NodeMigration[] = [
    {
      kind: 'filter',
      from: 1,
      name: 'keep-becomes-predicate',
      up: ({ config: { keep, ...config }, engine }) => ({ config: { ...config, predicate: keep }, engine }),
    },
    { kind: 'map', from: 2, name: 'of-another-type', up: () => ({ config: {}, engine: {} }) },
    { kind: 'filter', from: 2, name: 'nothing-changes', up: (parts) => parts },
  ];

  it('brings the configuration up to date', () => {
    const result = migrateNode(node, definition, 0, steps);
    expect(result.ok && result.value).toEqual({ ...node, typeVersion: 3, config: { predicate: 'a > 1' } });
  });

  it('refuses a gap and what is newer', () => {
    expect(migrateNode(node, definition, 5, steps.slice(1)).problems[0]).toMatchObject({
      code: 'migration-missing',
      path: 'nodes.5.typeVersion',
      nodeId: 'f',
    });
    expect(migrateNode({ ...node, typeVersion: 4 }, definition, 5, steps).problems[0]?.code).toBe(
      'type-version-too-new',
    );
  });

  it('is without gaps for every type', () => {
    for (const { kind, version } of Object.values(nodeDefinitions)) {
      const froms = nodeMigrations.filter((step) => step.kind === kind).map(({ from }) => from);
      expect(froms).toEqual(Array.from({ length: version - 1 }, (_, i) => i + 1));
    }
  });
});
