import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';

const schema: Schema = { fields: [field('id', BIGINT), field('v', BIGINT)] };

type Row = readonly [op: '+I' | '+U' | '-D', id: number, v: number | null];

/** Results as `out +I 1 5`: the way, the operation and the cells. */
function run(
  rows: readonly Row[],
  dialect: DialectName,
  changes: Changes = 'append',
): { readonly lines: readonly string[]; readonly ledger: object } {
  const entries: readonly Entry[] = rows.map(([op, id, v], i) => ({
    kind: 'row',
    source: 0,
    partition: 0,
    at: i,
    ts: i,
    op,
    values: [id, v],
  }));
  const scenario: Scenario = {
    kind: 'split',
    config: { predicate: '10 / v > 1' },
    dialect,
    sources: [{ schema, watermark: watermarkConfig.parse({ strategy: 'none' }), changes, key: ['id'] }],
    entries,
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(entries, schemasOf(scenario)));
  const lines = transcript.results.map((line) => {
    const { node, op, row } = JSON.parse(line) as { node: string; op: string; row: Record<string, unknown> };
    return [node.replace('sink-', ''), op, row['id'], row['v']].map(String).join(' ');
  });
  return { lines, ledger: { ...ledger.get(OPERATOR_ID) } };
}

describe('a split', () => {
  test('sends FALSE and NULL the other way, and a row for which the condition fails nowhere', () => {
    const { lines, ledger } = run(
      [
        ['+I', 1, 2],
        ['+I', 2, 20],
        ['+I', 3, null],
        ['+I', 4, 0],
      ],
      'flink-datastream',
    );
    expect(lines).toEqual(['out +I 1 2', 'rejected +I 2 20', 'rejected +I 3 null']);
    expect(ledger).toMatchObject({ in: 4, used: 3, rejected: 1 });
  });

  const changes: readonly Row[] = [
    ['+I', 1, 2],
    ['+U', 1, 3],
    ['+U', 1, 20],
    ['-D', 1, null],
  ];

  // KTableFilter, once with the condition and once with its opposite
  test('of a Kafka table deletes a row from the way that it leaves', () => {
    const { lines } = run(changes, 'kafka-streams', 'upsert');
    expect(lines.toSorted()).toEqual(
      ['out +I 1 2', 'out +U 1 3', 'out -D 1 3', 'rejected +I 1 20', 'rejected -D 1 20'].toSorted(),
    );
  });

  test('of a keyed changelog in Flink takes the old row back where it stood', () => {
    const { lines } = run(changes, 'flink-sql', 'upsert');
    expect(lines.toSorted()).toEqual(
      ['out +I 1 2', 'out -U 1 2', 'out +U 1 3', 'out -U 1 3', 'rejected +U 1 20', 'rejected -D 1 20'].toSorted(),
    );
  });
});
