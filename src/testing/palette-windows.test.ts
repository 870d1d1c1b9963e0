import { describe, expect, test } from 'vitest';
import type { CatalogItem } from '../app/document-catalog.ts';
import { CATALOG, isOffered } from '../app/document-catalog.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { suggestedConfig } from '../pipeline/suggested-config.ts';
import type { DialectName } from '../stream/node-definition.ts';
import { run } from './run-template.ts';

/** What each engine has, as its documentation lists it. */
const KINDS = {
  'flink-datastream': ['Tumbling', 'Hopping', 'Session', 'Columns', 'Count', 'Global'],
  'flink-sql': ['Tumbling', 'Hopping', 'Cumulate', 'Session', 'Columns'],
  'kafka-streams': ['Tumbling', 'Hopping', 'Session', 'Sliding'],
  ksqldb: ['Tumbling', 'Hopping', 'Session'],
  beam: ['Tumbling', 'Hopping', 'Session', 'Global'],
} as const satisfies Record<DialectName, readonly string[]>;

const WINDOWS = CATALOG.filter(({ kind }) => kind === 'window');

/** Events of five users over some windows, the item as the palette makes it, and a sink. */
function graphOf(dialect: DialectName, { preset }: CatalogItem): PipelineDocument {
  const window = suggestedConfig('window', [], { ...preset, ...(preset['kind'] === 'session' ? { gapMs: 300 } : {}) });
  const configs = { 'source.generator': { rateEventsPerSec: 4 }, window, sink: {} };
  const ids = ['source', 'window', 'sink'] as const;
  const empty = emptyDocument('Windows');
  return {
    ...empty,
    dialect,
    nodes: Object.entries(configs).map(([type, config], i) => ({
      id: ids[i] ?? '',
      type: type as keyof typeof configs,
      typeVersion: 1,
      config,
      engine: {},
    })),
    edges: [
      { from: { node: 'source', port: 'out' }, to: { node: 'window', port: 'in' } },
      { from: { node: 'window', port: 'out' }, to: { node: 'sink', port: 'in' } },
    ],
  };
}

describe.each(Object.entries(KINDS) as [DialectName, readonly string[]][])('%s', (dialect, kinds) => {
  test('the palette has its kinds of window', () => {
    const offered = WINDOWS.filter((item) => isOffered(item, dialect)).map(({ title }) => title);
    expect(offered.toSorted()).toEqual([...kinds].sort());
  });

  test.each(kinds)('%s runs to results as it comes from the palette', async (title) => {
    const item = WINDOWS.find((candidate) => candidate.title === title)!;
    const { ledger, results } = await run(graphOf(dialect, item));
    const [window, sink] = ['window', 'sink'].map((id) => ledger.nodes[id]!);
    const emitted = Object.values(window!.emitted['out'] ?? {}).reduce((sum, rows) => sum + rows, 0);
    expect(window!.in).toBe(190);
    expect([emitted > 0, sink!.in, results('sink').length > 0]).toEqual([true, emitted, true]);
  });
});
