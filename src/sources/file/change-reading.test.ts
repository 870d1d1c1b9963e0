import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { bytesSource } from '../byte-source.ts';
import { completeConfig, detectFile } from '../detect.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { bindFile } from './bind-file.ts';
import { fileConfig } from './file-config.ts';
import { readWhole } from './reading-in-tests.ts';

type Config = z.input<typeof fileConfig>;

interface Row {
  readonly id: number;
  readonly status?: string | null;
  readonly amount?: number | null;
}

/** A change event as Debezium writes it, its commit at second `at`. */
function event(op: string, at: number, before: Row | null, after: Row | null): string {
  const source = { db: 'shop', table: 'orders', ts_ms: at * 1000, snapshot: 'false' };
  return JSON.stringify({ before, after, source, op, ts_ms: at * 1000 + 40, transaction: null });
}

const LIFE = [
  event('r', 1, null, { id: 1, status: 'paid', amount: 10 }),
  event('c', 2, null, { id: 2, status: 'new', amount: 5.5 }),
  event('u', 3, { id: 2, status: 'new', amount: 5.5 }, { id: 2, status: 'paid', amount: 5.5 }),
  event('d', 4, { id: 1, status: 'paid', amount: 10 }, null),
  'null',
];

const envelope: Config = {
  format: 'ndjson',
  ops: { by: 'debezium' },
  changes: 'upsert',
  key: ['id'],
  columns: [
    { name: 'id', path: 'after.id', type: 'BIGINT' },
    { name: 'status', path: 'after.status', type: 'STRING' },
    { name: 'amount', path: 'after.amount', type: 'DOUBLE' },
    { name: 'committed', path: 'source.ts_ms', type: 'TIMESTAMP' },
  ],
  time: { column: 'committed', unit: 'ms' },
};

async function changesIn(lines: readonly string[], config: Config): Promise<readonly string[]> {
  const { rows, ops, ts } = await readWhole(lines.join('\n'), config);
  return rows.map((row, i) => `${ops[i]} ${JSON.stringify(row)} @${ts[i]}`);
}

async function rejectsIn(lines: readonly string[], config: Config): Promise<readonly string[]> {
  const { reader } = await readWhole(lines.join('\n'), config);
  return reader.rejects.kept.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);
}

describe('Debezium envelopes', () => {
  test('put and delete rows by key; the tombstone behind a deletion is a blank line', async () => {
    expect(await changesIn(LIFE, envelope)).toEqual([
      '+I {"id":1,"status":"paid","amount":10} @1000',
      '+I {"id":2,"status":"new","amount":5.5} @2000',
      '+U {"id":2,"status":"paid","amount":5.5} @3000',
      '-D {"id":1,"status":"paid","amount":10} @4000',
    ]);
    const { reader } = await readWhole(LIFE.join('\n'), envelope);
    expect([reader.blank, reader.rejects.count]).toEqual([1, 0]);
  });

  test('where rows are taken back one by one, an update comes as the row before and the row after', async () => {
    const changes = await changesIn(LIFE, { ...envelope, changes: 'retract', key: [] });
    expect(changes.slice(2)).toEqual([
      '-U {"id":2,"status":"new","amount":5.5} @3000',
      '+U {"id":2,"status":"paid","amount":5.5} @3000',
      '-D {"id":1,"status":"paid","amount":10} @4000',
    ]);
  });

  test('a change without the image that it needs is rejected, and says what to do', async () => {
    const lines = [
      event('u', 1, null, { id: 1, status: 'a' }),
      event('d', 2, null, null),
      event('c', 3, null, null),
      event('d', 4, { id: 7, status: null, amount: null }, null),
    ];
    expect(await rejectsIn(lines, envelope)).toEqual([
      '2 before: −D without “before”: nothing says which row is gone',
      '3 after: +I without “after”: there is no row to put',
    ]);
    expect(await changesIn(lines, envelope)).toEqual([
      '+U {"id":1,"status":"a","amount":null} @1000',
      '-D {"id":7,"status":null,"amount":null} @4000',
    ]);
    expect(await rejectsIn(lines.slice(0, 1), { ...envelope, changes: 'retract', key: [] })).toEqual([
      '1 before: +U without “before”: nothing says which row it replaces; set REPLICA IDENTITY FULL on the table, or read it as upsert by key',
    ]);
  });

  test('what concerns no row, and what nobody knows, is rejected', async () => {
    const lines = [
      event('t', 1, null, null),
      event('m', 2, null, null),
      event('x', 3, null, { id: 1 }),
      '{"after":{"id":2}}',
    ];
    expect(await rejectsIn(lines, { ...envelope, time: null, arrival: { by: 'file-order' } }).catch(String)).toMatch(
      /event time/,
    );
    expect((await rejectsIn(lines, envelope)).map((line) => line.replace(/^(\d \w+: [^:]*).*/, '$1'))).toEqual([
      '1 op: truncate (t) empties a table',
      '2 op: a message (m) of the database, no row',
      '3 op: the operation "x" is none that is known',
      '4 op: no operation',
    ]);
  });

  test('with its schema, the envelope is in the payload, and a tombstone has none', async () => {
    const wrapped = LIFE.slice(0, 4).map((line) => `{"schema":{"type":"struct"},"payload":${line}}`);
    const config: Config = {
      ...envelope,
      ops: { by: 'debezium', path: 'payload' },
      columns: envelope.columns!.map((column) => ({ ...column, path: `payload.${column.path!}` })),
    };
    const lines = [...wrapped, '{"schema":null,"payload":null}'];
    expect(await changesIn(lines, config)).toEqual(await changesIn(LIFE, envelope));
    expect((await readWhole(lines.join('\n'), config)).reader.blank).toBe(1);
  });

  test('a JSON array of them reads the same, in pieces of any size', async () => {
    const text = `[${LIFE.join(',\n')}]`;
    const whole = await readWhole(text, { ...envelope, format: 'json' });
    const pieces = await readWhole(text, { ...envelope, format: 'json' }, 7);
    expect([whole.rows, whole.ops]).toEqual([pieces.rows, pieces.ops]);
    expect([whole.ops, whole.reader.blank]).toEqual([['+I', '+I', '+U', '-D'], 1]);
  });

  test('in order of another time, rows keep what they do, and both rows of an update stay together', async () => {
    const lines = [LIFE[0]!, LIFE[2]!, LIFE[1]!];
    const config: Config = {
      ...envelope,
      changes: 'retract',
      key: [],
      arrival: { by: 'column', column: 'committed', unit: 'ms' },
    };
    expect((await readWhole(lines.join('\n'), config)).ops).toEqual(['+I', '+I', '-U', '+U']);
  });
});

describe('a column of operations', () => {
  const csv: Config = {
    format: 'csv',
    ops: { by: 'column', column: 'op' },
    changes: 'retract',
    columns: [
      { name: 'op', type: 'STRING' },
      { name: 'ts', type: 'TIMESTAMP', unit: 's' },
      { name: 'k', type: 'STRING' },
    ],
    time: { column: 'ts', unit: 's' },
  };

  test('says what each row does and is none of its values', async () => {
    const lines = ['op,ts,k', '+I,1,a', '-U,2,a', '+U,2,b', '-D,3,b', 'insert,4,c', 'DELETE,5,c', 'c,6,d', 'true,7,d'];
    expect((await changesIn(lines, csv)).map((change) => change.slice(0, 2))).toEqual([
      '+I',
      '-U',
      '+U',
      '-D',
      '+I',
      '-D',
      '+I',
      '-D',
    ]);
    expect((await changesIn(lines, csv))[0]).toBe('+I {"ts":1000,"k":"a"} @1000');
  });

  test('that holds nothing known rejects its record; by key nothing is spelled out', async () => {
    const lines = ['op,ts,k', ',1,a', 'upsert,2,a', '-U,3,a', '+U,4,a'];
    expect(await rejectsIn(lines, { ...csv, changes: 'upsert', key: ['k'] })).toEqual([
      '2 op: no operation: nothing says what the record does',
      '3 op: the operation "upsert" is none that is known',
      '4 op: a −U in a changelog by key: what a row replaces is known by its key',
    ]);
  });
});

describe('what is wrong with a configuration is told', () => {
  const codes = (config: Config): readonly string[] =>
    bindFile(fileConfig.parse(config), 'event').problems.map(({ code, path }) => `${code} ${path}`);

  test.each<[string, Config, readonly string[]]>([
    ['changes in a stream of new rows', { ...envelope, changes: 'append' }, ['changes-missing config.changes']],
    ['no key', { ...envelope, key: [] }, ['missing-key config.key']],
    ['a key beside the row', { ...envelope, key: ['committed'] }, ['unknown-column config.key.0']],
    ['an envelope in a CSV file', { ...envelope, format: 'csv' }, ['wrong-format config.ops.by']],
    [
      'another envelope',
      { ...envelope, ops: { by: 'debezium', path: 'x' }, key: [] },
      ['no-row-columns config.columns', 'missing-key config.key'],
    ],
    ['no such column', { ...envelope, ops: { by: 'column', column: 'nope' } }, ['unknown-column config.ops.column']],
  ])('%s', (_, config, expected) => {
    expect(codes(config)).toEqual(expected);
  });
});

describe('a file of changes is recognised', () => {
  const detect = async (text: string): Promise<z.output<typeof fileConfig>> => {
    const environment = { inflate: (chunks: AsyncIterable<Uint8Array>) => chunks, signal: null };
    const detection = await detectFile(bytesSource('x', encodeUtf8(text), 1 << 16), environment);
    return completeConfig(fileConfig.parse({}), detection);
  };

  test('Debezium: the row’s columns, its key, and the time of the commit', async () => {
    const { ops, changes, key, columns, time } = await detect(LIFE.join('\n'));
    expect({ ops, changes, key, time }).toEqual({
      ops: { by: 'debezium', path: '' },
      changes: 'upsert',
      key: ['id'],
      time: { column: 'source.ts_ms', unit: 'ms', zone: 'UTC' },
    });
    expect(columns.map(({ name, path, type }) => `${name} ${path ?? name} ${type}`)).toEqual([
      'id after.id BIGINT',
      'status after.status STRING',
      'amount after.amount DOUBLE',
      'source.ts_ms source.ts_ms TIMESTAMP',
      'ts_ms ts_ms BIGINT',
    ]);
    expect(await changesIn(LIFE, await detect(LIFE.join('\n')))).toEqual(await changesIn(LIFE, envelope));
  });

  test('in a payload; without a key, and with whole rows before, as rows taken back one by one', async () => {
    const keyless = LIFE.slice(0, 4).map((line) => `{"payload":${line.replaceAll('"id"', '"number"')}}`);
    const { ops, changes, key } = await detect(keyless.join('\n'));
    expect({ ops, changes, key }).toEqual({ ops: { by: 'debezium', path: 'payload' }, changes: 'retract', key: [] });
  });

  test('a column of row kinds; a flattened Debezium record', async () => {
    const kinds = await detect('op,ts,user_id\n+I,2024-01-01T00:00:00Z,a\n-D,2024-01-01T00:00:01Z,a\n');
    expect([kinds.ops, kinds.changes, kinds.key]).toEqual([{ by: 'column', column: 'op' }, 'upsert', ['user_id']]);
    const flat = await detect(
      '{"id":1,"at":"2024-01-01T00:00:00Z","__op":"c","__deleted":"false"}\n{"id":1,"at":"2024-01-01T00:00:01Z","__op":"d","__deleted":"true"}\n',
    );
    expect([flat.ops, flat.changes, flat.key]).toEqual([{ by: 'column', column: '__op' }, 'upsert', ['id']]);
    expect(flat.columns.map(({ name }) => name)).toEqual(['id', 'at', '__op']);
  });

  test('a column that is called op for another reason is left alone', async () => {
    const { ops, changes } = await detect('op,ts\nadd,2024-01-01T00:00:00Z\nmul,2024-01-01T00:00:01Z\n');
    expect([ops.by, changes]).toEqual(['none', 'append']);
  });
});
