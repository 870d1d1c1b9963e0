import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';
import { flatMapDefinition } from './definition.ts';

const schema: Schema = { fields: [field('id', BIGINT), field('texts', STRING), field('more', STRING)] };
const columns = [{ name: 'text', expression: "SPLIT(texts, ',')" }];

type Row = readonly [op: '+I' | '-U' | '+U' | '-D', id: number, texts: string | null, more?: string];

interface Run {
  readonly lines: readonly string[];
  readonly ledger: object;
}

/** Results as `+I 1 a`: the operation and the cells. */
function run(rows: readonly Row[], config: object, changes: Changes = 'append'): Run {
  const entries: readonly Entry[] = rows.map(([op, id, texts, more = null], i) => ({
    kind: 'row',
    source: 0,
    partition: 0,
    at: i,
    ts: i,
    op,
    values: [id, texts, more],
  }));
  const key = changes === 'upsert' ? { key: ['id'] } : {};
  const watermark = watermarkConfig.parse({ strategy: 'none' });
  const scenario: Scenario = {
    kind: 'flat-map',
    config: { columns, ...config },
    sources: [{ schema, watermark, changes, ...key }],
    entries,
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(entries, schemasOf(scenario)));
  const lines = transcript.results.map((line) => {
    const { op, row } = JSON.parse(line) as { op: string; row: Record<string, unknown> };
    const cells = Object.entries(row).flatMap(([name, cell]) =>
      name === 'texts' || name === 'more' ? [] : [String(cell)],
    );
    return [op, ...cells].join(' ');
  });
  return { lines, ledger: { ...ledger.get(OPERATOR_ID) } };
}

describe('a flat map', () => {
  test('gives a row for each element, none for a row without elements', () => {
    const { lines, ledger } = run(
      [
        ['+I', 1, 'a,b'],
        ['+I', 2, null],
        ['+I', 3, 'c'],
      ],
      {},
    );
    expect(lines).toEqual(['+I 1 a', '+I 1 b', '+I 3 c']);
    expect(ledger).toMatchObject({ in: 3, used: 2, filtered: 1 });
  });

  test('keeps a row without elements when it is told to, and counts places from 1', () => {
    const { lines } = run(
      [
        ['+I', 1, 'a,b'],
        ['+I', 2, null],
      ],
      { keepEmpty: true, ordinality: 'place' },
    );
    expect(lines).toEqual(['+I 1 a 1', '+I 1 b 2', '+I 2 null null']);
  });

  // ksqlDB KudtfFlatMapper: several table functions go side by side
  test('puts NULL where an array is shorter than the longest', () => {
    const both = [...columns, { name: 'other', expression: "SPLIT(more, ',')" }];
    expect(run([['+I', 1, 'a,b', 'x']], { columns: both }).lines).toEqual(['+I 1 a x', '+I 1 b null']);
  });

  test('takes back what it gave out for a row of a changelog', () => {
    const { lines } = run(
      [
        ['+I', 1, 'a,b'],
        ['-U', 1, 'a,b'],
        ['+U', 1, 'c'],
        ['-D', 1, 'c'],
      ],
      {},
      'retract',
    );
    expect(lines).toEqual(['+I 1 a', '+I 1 b', '-U 1 a', '-U 1 b', '+U 1 c', '-D 1 c']);
  });

  test('spells out what a row of a keyed changelog replaces', () => {
    const { lines, ledger } = run(
      [
        ['+I', 1, 'a,b'],
        ['+U', 1, 'c'],
        ['-D', 1, null],
        ['-D', 2, null],
      ],
      {},
      'upsert',
    );
    expect(lines).toEqual(['+I 1 a', '+I 1 b', '-U 1 a', '-U 1 b', '+U 1 c', '-D 1 c']);
    expect(ledger).toMatchObject({ in: 4, used: 3, rejected: 1 });
  });

  test('is not had of tables in Kafka, nor of what is no array', () => {
    const problems = (config: object, changes: Changes, dialect: DialectName): readonly string[] =>
      flatMapDefinition
        .bind({
          config: flatMapDefinition.config.parse({ columns, ...config }),
          engine: {},
          inputs: [{ schema, changes, key: ['id'], eventTime: true }],
          dialect,
          timeDomain: 'event',
        })
        .problems.map(({ code, path }) => `${code} ${path}`);
    expect(problems({}, 'upsert', 'kafka-streams')).toEqual(['table-without-key inputs']);
    expect(problems({}, 'upsert', 'flink-sql')).toEqual([]);
    const noArray = { columns: [{ name: 'text', expression: 'texts' }] };
    expect(problems(noArray, 'append', 'flink-sql')).toEqual(['wrong-type config.columns.0.expression']);
  });
});
