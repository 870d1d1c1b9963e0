import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';
import { tableJoinDefinition } from './definition.ts';

const left: Schema = { fields: [field('k', STRING), field('f', STRING), field('v', BIGINT)] };
const right: Schema = { fields: [field('k', STRING), field('v', BIGINT)] };

interface Settings {
  readonly config: object;
  readonly engine?: object;
  readonly dialect?: DialectName;
}

/** Logs as in `notation.ts`; lines with − in the place of + are deletions. */
function run(
  log: string,
  { config, engine = {}, dialect = 'kafka-streams' }: Settings,
): { readonly lines: readonly string[]; readonly ledger: object } {
  const watermark = watermarkConfig.parse({ strategy: 'none', delayMs: 0 });
  const lines = log.split('\n');
  const entries = entriesFrom(log.replaceAll(/^(\d?)-/gm, '$1+'), [left, right]);
  const source = { watermark, changes: 'upsert' as const, key: ['k'] };
  const scenario: Scenario = {
    kind: 'join.table',
    config: { leftKeys: ['k'], rightKeys: ['k'], ...config },
    engine,
    dialect,
    sources: [
      { schema: left, ...source },
      { schema: right, ...source },
    ],
    entries: entries.map((entry, i) =>
      entry.kind === 'row' ? { ...entry, op: /^\d?-/.test(lines[i]!) ? '-D' : '+I' } : entry,
    ),
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return { lines: transcript.results.map(show), ledger: { ...ledger.get(OPERATOR_ID) } };
}

/** `3 out +U t=12 a 1-7`: entry, port, kind, event time, key, left and right value. */
function show(line: string): string {
  const { seq, node, op, ts, row } = JSON.parse(line) as {
    seq: number;
    node: string;
    op: string;
    ts: number;
    row: Record<string, unknown>;
  };
  const key = String(row['rowkey'] ?? row['k'] ?? row['right_k']);
  return `${seq} ${node.replace('sink-', '')} ${op} t=${ts} ${key} ${String(row['v'])}-${String(row['right_v'])}`;
}

describe('a table join by key', () => {
  test('inner: a result while both sides have the key, with the larger time', () => {
    const log = '+ 5 k=a v=1\n1+ 3 k=a v=2\n+ 4 k=a v=3\n1- 9 k=a\n1+ 8 k=a v=4\n- 7 k=a';
    const { lines, ledger } = run(log, { config: {} });
    expect(lines).toEqual([
      '1 out +I t=5 a 1-2',
      '2 out +U t=4 a 3-2',
      '3 out -D t=9 a null-null',
      '4 out +I t=8 a 3-4',
      '5 out -D t=8 a null-null',
    ]);
    expect(ledger).toMatchObject({ in: 6, used: 5, held: 1 });
  });

  test('inner: a deletion comes out for a key that had no result, when the other side has it', () => {
    const { lines, ledger } = run('1+ 0 k=a v=1\n- 1 k=a\n- 2 k=b', { config: {} });
    expect(lines).toEqual(['1 out -D t=1 a null-null', '2 rejected +I t=2 b null-null']);
    expect(ledger).toMatchObject({ in: 3, used: 1, held: 1, rejected: 1 });
  });

  test('left: the right side alone is silent, and its end leaves the left row', () => {
    const log = '1+ 0 k=a v=1\n+ 1 k=a v=2\n1- 5 k=a\n- 6 k=a';
    expect(run(log, { config: { kind: 'left' } }).lines).toEqual([
      '1 out +I t=1 a 2-1',
      '2 out +U t=5 a 2-null',
      '3 out -D t=6 a null-null',
    ]);
  });

  test('full: keys of either side, in a column of their own', () => {
    const log = '1+ 0 k=a v=1\n+ 1 k=a v=2\n1- 5 k=a\n- 6 k=a';
    expect(run(log, { config: { kind: 'full' } }).lines).toEqual([
      '0 out +I t=0 a null-1',
      '1 out +U t=1 a 2-1',
      '2 out +U t=5 a 2-null',
      '3 out -D t=6 a null-null',
    ]);
  });

  test('takes updates as they arrive, whatever their time, unless the table is versioned', () => {
    const log = '1+ 0 k=a v=1\n+ 20 k=a v=2\n+ 15 k=a v=3\n- 30 k=a\n+ 25 k=a v=4\n+ 5 k=b v=5';
    expect(run(log, { config: {} }).lines).toEqual([
      '1 out +I t=20 a 2-1',
      '2 out +U t=15 a 3-1',
      '3 out -D t=30 a null-null',
      '4 out +I t=25 a 4-1',
    ]);
    const versioned = run(log, { config: {}, engine: { leftHistoryRetentionMs: 20 } });
    expect(versioned.lines).toEqual(['1 out +I t=20 a 2-1', '3 out -D t=30 a null-null']);
    expect(versioned.ledger).toMatchObject({ in: 6, late: 3, used: 2, held: 1 });
  });
});

describe('a table join by foreign key', () => {
  const config = { leftKeys: ['f'] };

  test('answers all left rows that name a right one, by bytes of their keys, with the time of the change', () => {
    const log = '+ 9 k=b f=x v=1\n+ 8 k=a f=x v=2\n1+ 3 k=x v=7\n1- 4 k=x\n- 5 k=b';
    expect(run(log, { config }).lines).toEqual([
      '2 out +I t=3 a 2-7',
      '2 out +I t=3 b 1-7',
      '3 out -D t=4 a null-null',
      '3 out -D t=4 b null-null',
      '4 out -D t=5 b null-null',
    ]);
  });

  test('inner: naming another right row replaces the result, or takes it back', () => {
    const log = '1+ 0 k=x v=7\n1+ 0 k=y v=8\n+ 1 k=a f=x v=1\n+ 2 k=a f=y v=1\n+ 3 k=a f=z v=1\n1+ 4 k=x v=9';
    expect(run(log, { config }).lines).toEqual([
      '2 out +I t=1 a 1-7',
      '3 out +U t=2 a 1-8',
      '4 out -D t=3 a null-null',
    ]);
  });

  test('inner: a row that comes to name nobody keeps its result, which is not updated any more', () => {
    const log = '1+ 0 k=x v=7\n+ 1 k=a f=x v=1\n+ 2 k=a v=2\n1+ 3 k=x v=8\n+ 4 k=a f=x v=3';
    const { lines } = run(log, { config });
    expect(lines).toEqual(['1 out +I t=1 a 1-7']);
  });

  test('left: between two right rows comes a padded result in Kafka, none in ksqlDB', () => {
    const log = '1+ 0 k=x v=7\n1+ 0 k=y v=8\n+ 1 k=a f=x v=1\n+ 2 k=a f=y v=2\n+ 3 k=b v=3';
    const join = { ...config, kind: 'left' };
    expect(run(log, { config: join }).lines).toEqual([
      '2 out +I t=1 a 1-7',
      '3 out +U t=2 a 2-null',
      '3 out +U t=2 a 2-8',
      '4 out +I t=3 b 3-null',
    ]);
    expect(run(log, { config: join, dialect: 'ksqldb' }).lines).toEqual(['2 out +I t=1 a 1-7', '3 out +U t=2 a 2-8']);
  });
});

describe('a configuration of a table join', () => {
  function codes(config: object, keys: readonly (readonly string[] | null)[] = [['k'], ['k']]): readonly string[] {
    const join = tableJoinDefinition.config.parse({ leftKeys: ['k'], rightKeys: ['k'], ...config });
    const inputs = [left, right].map((schema, i) => ({
      schema,
      changes: 'upsert' as const,
      key: keys[i] ?? null,
      eventTime: true,
    }));
    const request = { config: join, engine: {}, inputs, dialect: 'ksqldb' as const, timeDomain: 'event' as const };
    return tableJoinDefinition.bind(request).problems.map(({ code, path }) => `${code} ${path}`);
  }

  test('is refused over a table without a key', () => {
    expect(codes({}, [['k'], []])).toEqual(['no-key config.rightKeys']);
  });

  test('is refused where the right side is not found by its key', () => {
    expect(codes({ rightKeys: ['v'], leftKeys: ['v'] })).toEqual(['not-the-key config.rightKeys']);
  });

  test('is refused where the types of the keys differ', () => {
    expect(codes({ leftKeys: ['v'] })).toEqual(['key-types-differ config.rightKeys']);
  });

  test('is refused by foreign key for right and full joins', () => {
    expect(codes({ leftKeys: ['f'], kind: 'full' })).toEqual(['dialect-lacks config.kind']);
    expect(codes({ leftKeys: ['f'], kind: 'left' })).toEqual([]);
  });
});
