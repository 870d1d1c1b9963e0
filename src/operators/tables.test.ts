import { describe, expect, test } from 'vitest';
import type { DialectName } from '../stream/node-definition.ts';
import type { Changes, RowKindName } from '../stream/row-kind.ts';
import type { Schema } from '../stream/types.ts';
import { INT, STRING, field } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from '../testing/log.ts';
import { logOf } from '../testing/log.ts';
import type { Scenario } from '../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../testing/scenario.ts';
import { runLog } from '../testing/transcript.ts';
import type { OperatorKind } from './operator.ts';

const schema: Schema = { fields: [field('k', STRING), field('v', INT)] };

interface Node {
  readonly kind: OperatorKind;
  readonly config: unknown;
  readonly dialect: DialectName;
  readonly engine?: unknown;
  /** By key where absent. */
  readonly changes?: Changes;
}

/** Runs `+I a 1`: kind, key, value, one row a line, at times 10, 20 and so on, of the event and of the clock. */
function run({ kind, config, dialect, engine = {}, changes = 'upsert' }: Node, log: string) {
  const entries = log.split(', ').map((line, i): Entry => {
    const [op = '', k = '', v] = line.split(' ');
    const values: Value[] = [k === '-' ? null : k, v === undefined ? null : Number(v)];
    return { kind: 'row', source: 0, at: (i + 1) * 10, ts: (i + 1) * 10, values, op: op as RowKindName };
  });
  const watermark = watermarkConfig.parse({ strategy: 'none' });
  const sources = [{ schema, watermark, changes, key: ['k'] }];
  const scenario: Scenario = { kind, config, engine, dialect, sources, entries };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return {
    lines: transcript.results.map(show),
    rejections: transcript.rejections,
    drops: transcript.drops,
    ledger: { ...ledger.get(OPERATOR_ID) },
  };
}

/** `1 +U a 5 @20`: entry, kind, columns, event time. */
function show(line: string): string {
  const { seq, op, ts, row } = JSON.parse(line) as { seq: number; op: string; ts: number; row: Record<string, Value> };
  return `${seq} ${op} ${Object.values(row).map(String).join(' ')} @${ts}`;
}

const positive = { kind: 'filter', config: { predicate: 'v > 0' } } as const;
const inverse = { kind: 'filter', config: { predicate: '10 / v > 0' } } as const;

describe('a filter over a table', () => {
  const log = '+I a 1, +I b -1, +U a 2, +U b -2, +U a -3, +U b 4, -D b, -D a';

  test('of Kafka tells what becomes of a key among the rows that pass', () => {
    const { lines, ledger } = run({ ...positive, dialect: 'kafka-streams' }, log);
    expect(lines).toEqual(['0 +I a 1 @10', '2 +U a 2 @30', '4 -D a 2 @50', '5 +I b 4 @60', '6 -D b 4 @70']);
    expect(ledger).toMatchObject({ in: 8, used: 5, filtered: 3 });
  });

  test('of Flink takes the old row back, with the time that it had, and adds the new one, each if it passes', () => {
    const { lines } = run({ ...positive, dialect: 'flink-sql' }, log);
    expect(lines).toEqual([
      '0 +I a 1 @10',
      '2 -U a 1 @10',
      '2 +U a 2 @30',
      '4 -U a 2 @30',
      '5 +U b 4 @60',
      '6 -D b 4 @60',
    ]);
  });

  test('rejects a row that it fails for before it replaces anything, and a deletion of what is not there', () => {
    const { lines, rejections, ledger } = run({ ...inverse, dialect: 'kafka-streams' }, '+I a 1, -D c, +U a 0, -D a');
    expect(lines).toEqual(['0 +I a 1 @10', '3 -D a 1 @40']);
    expect(rejections.map((line) => line.replace(/^operator /, ''))).toEqual([
      '1 There is no row of this key to delete.',
      expect.stringMatching(/^2 .*zero/),
    ]);
    expect(ledger).toMatchObject({ in: 4, used: 2, rejected: 2 });
  });

  test('gets no row without a key: the source rejects it', () => {
    const { lines, drops, ledger } = run({ ...positive, dialect: 'ksqldb' }, '+I - 1, +I a 2');
    expect(lines).toEqual(['1 +I a 2 @20']);
    expect(drops.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual(['null-key']);
    expect(ledger).toMatchObject({ in: 1 });
  });
});

describe('a map over a table', () => {
  const map = (columns: Readonly<Record<string, string>>, dialect: DialectName): Node => ({
    kind: 'map',
    config: { columns: Object.entries(columns).map(([name, expression]) => ({ name, expression })) },
    dialect,
  });

  test('hands changes on by the key that goes on under another name; a deletion has no values to compute from', () => {
    const { lines, ledger } = run(map({ name: 'k', part: '10 / v' }, 'kafka-streams'), '+I a 1, +U a 0, +U a 2, -D a');
    expect(lines).toEqual(['0 +I a 10 @10', '2 +U a 5 @30', '3 -D a null @40']);
    expect(ledger).toMatchObject({ used: 3, rejected: 1 });
  });

  test('that drops the key spells the old rows out in Flink', () => {
    const { lines } = run(map({ part: '10 / v' }, 'flink-sql'), '+I a 1, +U a 0, +U a 2, -D a');
    expect(lines).toEqual(['0 +I 10 @10', '2 -U 10 @10', '2 +U 5 @30', '3 -D 5 @30']);
  });
});

describe('a union of a table', () => {
  test('spells the old rows out in Flink', () => {
    const { lines, ledger } = run({ kind: 'union', config: {}, dialect: 'flink-sql' }, '+I a 1, +U a 2, -D b, -D a');
    expect(lines).toEqual(['0 +I a 1 @10', '1 -U a 1 @10', '1 +U a 2 @20', '3 -D a 2 @20']);
    expect(ledger).toMatchObject({ in: 4, used: 3, rejected: 1 });
  });
});

describe('a running aggregate', () => {
  const sums = { keys: ['v'], aggregates: [{ name: 'rows', function: 'count' }] };
  const kind = 'aggregate' as const;

  test('over a table of Kafka subtracts the old row, then adds the new one; an emptied group stays', () => {
    const { lines } = run({ kind, config: sums, dialect: 'kafka-streams' }, '+I a 1, +I b 1, +U a 2, +U b 1, -D b');
    expect(lines).toEqual([
      '0 +I 1 1 @10',
      '1 +U 1 2 @20',
      '2 +U 1 1 @30',
      '2 +I 2 1 @30',
      '3 +U 1 1 @40',
      '4 +U 1 0 @50',
    ]);
  });

  test('rejects a row that takes back from a group that is not there', () => {
    const flink = { kind, config: sums, dialect: 'flink-sql', changes: 'retract' } as const;
    const { lines, rejections, ledger } = run(flink, '+I a 1, -D b 2, -U a 1');
    expect(lines.filter((line) => !line.startsWith('1'))).toEqual(['0 +I 1 1 @10', '2 -D 1 1 @30']);
    expect(rejections).toEqual(['operator 1 There is no row of this group to take back.']);
    expect(ledger).toMatchObject({ in: 3, used: 2, held: 0, rejected: 1 });
  });

  test('forgets a group that no row has come to for its time to live, without a word', () => {
    const flink = { kind, config: sums, dialect: 'flink-sql', changes: 'append', engine: { ttlMs: 20 } } as const;
    const { lines, ledger } = run(flink, '+I a 1, +I a 1, +I b 2, +I a 1');
    expect(lines).toEqual(['0 +I 1 1 @10', '1 -U 1 1 @20', '1 +U 1 2 @20', '2 +I 2 1 @30', '3 +I 1 1 @40']);
    expect(ledger).toMatchObject({ in: 4, used: 2, held: 2 });
  });
});
