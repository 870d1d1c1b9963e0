import type { DialectName } from '../../stream/node-definition.ts';
import type { Value } from '../../stream/value.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { Entry } from '../log.ts';
import type { EntryStream } from '../scenarios/changes.ts';
import { asChanges } from '../scenarios/changes.ts';
import { scenarioSchema } from '../scenarios/entries.ts';
import type { GraphSource } from './graph.ts';
import type { Recipe, SourceChoice } from './recipe.ts';
import { at } from './window-config.ts';

/** What the dialect's sources may give: all Flink's and Kafka's tables, Flink SQL's changelogs. */
const ROWS: Readonly<Record<DialectName, readonly Pick<GraphSource, 'changes' | 'key'>[]>> = {
  'flink-datastream': [{}, {}, {}, {}, { changes: 'upsert', key: [] }],
  'flink-sql': [{}, {}, { changes: 'upsert', key: [] }, { changes: 'retract' }, { changes: 'retract', key: [] }],
  'kafka-streams': [{}, {}, { changes: 'upsert', key: [] }],
  ksqldb: [{}, {}, { changes: 'upsert', key: [] }],
  beam: [{}],
};

export function sourceOf(choice: SourceChoice, dialect: DialectName): GraphSource {
  const { rows, keys, hasUnknown: _hasUnknown, ...watermark } = choice;
  const { changes = 'append', key } = at(ROWS[dialect], rows);
  if (changes === 'append') return watermark;
  return { ...watermark, changes, ...(key === undefined ? {} : { key: at([['k'], ['n'], ['k', 'n'], ['b']], keys) }) };
}

/** The log with the rows of each source as it gives them. Sources have no row of a table with NULL in its key. */
export function changedBy(recipe: Recipe, entries: readonly Entry[], picks: readonly number[]): readonly Entry[] {
  const streams = recipe.sources.map((choice): EntryStream => {
    const { changes = 'append', key = [] } = sourceOf(choice, recipe.dialect);
    return { schema: scenarioSchema, changes, key, hasUnknown: choice.hasUnknown };
  });
  const keyed = entries.map((entry) => (entry.kind === 'row' ? withKey(entry, streams[entry.source]!) : entry));
  return asChanges(keyed, streams, picks);
}

function withKey<Row extends { readonly values: readonly Value[] }>(row: Row, { schema, key }: EntryStream): Row {
  const places = key.map((name) => fieldIndex(schema, name));
  const filled = (i: number): Value => (schema.fields[i]!.type.kind === 'STRING' ? 'a' : 0);
  return { ...row, values: row.values.map((value, i) => (value === null && places.includes(i) ? filled(i) : value)) };
}
