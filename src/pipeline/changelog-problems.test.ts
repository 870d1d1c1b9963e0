import { describe, expect, it } from 'vitest';
import { describeStreams } from './analyse.ts';
import type { DocumentNode, NodeKind, PipelineDocument } from './document.ts';
import { emptyDocument } from './empty-document.ts';
import { validate } from './validate.ts';

type Step = readonly [id: string, type: NodeKind, config?: object, engine?: object];
type Dialect = PipelineDocument['dialect'];

const columns = [
  { name: 'id', type: 'INT' },
  { name: 'place', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP', unit: 'ms' },
];
const file = { format: 'ndjson', columns, time: { column: 'at', unit: 'ms' } };
const table = ['t', 'source.file', { ...file, changes: 'upsert', key: ['id'] }] as const satisfies Step;
const changelog = ['c', 'source.file', { ...file, changes: 'retract' }] as const satisfies Step;
const rows = ['r', 'source.file', file] as const satisfies Step;

/** The steps one behind the other, with a sink at the end. */
function chain(dialect: Dialect, ...steps: readonly Step[]): PipelineDocument {
  const all: readonly Step[] = [...steps, ['out', 'sink']];
  return {
    ...emptyDocument('test'),
    dialect,
    nodes: all.map(([id, type, config = {}, engine = {}]): DocumentNode => {
      return { id, type, typeVersion: 1, config, engine } as DocumentNode;
    }),
    edges: all.slice(1).map(([id, type], i) => ({
      from: { node: all[i]![0], port: 'out' },
      to: { node: id, port: type === 'join.interval' ? 'left' : 'in' },
    })),
  };
}

function problems(dialect: Dialect, ...steps: readonly Step[]): readonly string[] {
  return validate(chain(dialect, ...steps)).map(({ code, nodeId, path }) => `${nodeId} ${code} ${path}`);
}

/** What arrives at the sink. */
function arriving(dialect: Dialect, ...steps: readonly Step[]) {
  const type = describeStreams(chain(dialect, ...steps)).get('out')?.inputs[0]?.type;
  return { changes: type?.changes, key: type?.key };
}

const FILTER: Step = ['f', 'filter', { predicate: 'id > 1' }];
const map = (list: Readonly<Record<string, string>>, more: object = {}): Step => [
  'm',
  'map',
  { columns: Object.entries(list).map(([name, expression]) => ({ name, expression })), ...more },
];

describe('a table', () => {
  it('stays one behind a filter in Kafka; in Flink the filter spells out what rows replace', () => {
    expect(arriving('kafka-streams', table, FILTER)).toEqual({ changes: 'upsert', key: ['id'] });
    expect(arriving('flink-sql', table, FILTER)).toEqual({ changes: 'retract', key: ['id'] });
  });

  it('keeps its key under another name, and a computed column is none', () => {
    expect(arriving('ksqldb', table, map({ number: 'id', place: 'place' }))).toEqual({
      changes: 'upsert',
      key: ['number'],
    });
    expect(arriving('flink-sql', table, map({ id: 'id + 1' }))).toEqual({ changes: 'retract', key: null });
  });

  it('of Kafka is none without its key', () => {
    expect(problems('kafka-streams', table, map({ place: 'place' }))).toEqual([
      'm table-without-key nodes.1.config.columns',
    ]);
  });

  it('is not keyed anew by a map, but may name the key that it has', () => {
    expect(problems('ksqldb', table, map({ id: 'id', place: 'place' }, { key: ['place'] }))).toEqual([
      'm table-key-fixed nodes.1.config.key',
    ]);
    expect(problems('ksqldb', table, map({ number: 'id' }, { key: ['number'] }))).toEqual([]);
  });

  it('is put together with others in Flink alone', () => {
    expect(problems('kafka-streams', table, ['u', 'union'])).toEqual(['u union-of-tables nodes.1.inputs']);
    expect(arriving('flink-sql', table, ['u', 'union'])).toEqual({ changes: 'retract', key: null });
  });
});

describe('a stream of new rows', () => {
  it('gets the key that a map gives it, and loses it with the column', () => {
    const keyed = map({ place: 'place' }, { key: ['place'], keep: 'all' });
    expect(arriving('ksqldb', rows, keyed)).toEqual({ changes: 'append', key: ['place'] });
    expect(arriving('ksqldb', rows, keyed, ['m2', 'map', { columns: [{ name: 'id', expression: 'id' }] }])).toEqual({
      changes: 'append',
      key: null,
    });
    expect(problems('ksqldb', rows, map({ place: 'place' }, { key: ['nothing'] }))).toEqual([
      'm unknown-column nodes.1.config.key.0',
    ]);
  });
});

describe('an operator of new rows alone', () => {
  it('refuses a changelog with a cure that fits', () => {
    const join: Step = ['j', 'join.interval', { lowerMs: 0, upperMs: 1 }];
    const [found] = validate(chain('flink-sql', changelog, join)).filter(({ code }) => code === 'changes-not-accepted');
    expect(found?.message).toContain('a changelog (+I, −U, +U, −D) arrives');
    expect(found?.fix).toContain('Take the rows before they become a changelog');
  });

  it('of a changelog that spells out old rows says how a table becomes one', () => {
    const [found] = validate(chain('flink-sql', table, ['w', 'window', { sizeMs: 1000 }]));
    expect(found).toMatchObject({ code: 'changes-not-accepted', nodeId: 'w' });
    expect(found?.fix).toContain('Put a filter before it');
    expect(
      problems('flink-sql', table, ['f', 'filter', { predicate: 'TRUE' }], ['w', 'window', { sizeMs: 1000 }]),
    ).toEqual([]);
  });
});

describe('state that grows for ever', () => {
  const aggregate = (config: object, engine: object = {}): Step => ['a', 'aggregate', config, engine];
  const generator: Step = ['g', 'source.generator', { rateEventsPerSec: 100 }];

  it('is told of running aggregates by key, with how fast it grows where a rate is known', () => {
    const [found, ...others] = validate(chain('flink-sql', generator, aggregate({ keys: ['user_id'] })));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'unbounded-state', severity: 'warning', nodeId: 'a' });
    expect(found?.message).toMatch(
      /keeps the aggregates of every key for ever: up to [\d.]+ [kMG]B a day at 100 events\/s, if every row brings a new key\.$/,
    );
    const [unknown] = validate(chain('flink-sql', rows, aggregate({ keys: ['id'] })));
    expect(unknown?.message).toMatch(/for ever\.$/);
  });

  it('is none with a time to live, in one group, or where a table is what the engine keeps', () => {
    expect(problems('flink-sql', rows, aggregate({ keys: ['id'] }, { ttlMs: 1000 }))).toEqual([]);
    expect(problems('flink-sql', rows, aggregate({ keys: [] }))).toEqual([]);
    expect(problems('kafka-streams', rows, aggregate({ keys: ['id'] }))).toEqual([]);
  });

  it('is told of aggregates that hold every value, in every dialect', () => {
    const list = { keys: [], aggregates: [{ name: 'all', function: 'collect-list', argument: 'id' }] };
    expect(problems('ksqldb', rows, aggregate(list))).toEqual(['a unbounded-state nodes.1']);
  });
});
