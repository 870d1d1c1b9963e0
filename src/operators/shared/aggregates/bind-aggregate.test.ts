import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../testing/aggregate-run.ts';
import { boundAggregate, tryBinding } from '../../../testing/aggregate-run.ts';
import type { DialectName } from '../../../stream/node-definition.ts';
import type { Schema } from '../../../stream/types.ts';
import { BIGINT, DOUBLE, INT, STRING, decimal, field, typeName } from '../../../stream/types.ts';
import { aggregateConfig } from './aggregate-config.ts';
import { AGGREGATE_FUNCTIONS } from './functions.ts';

const schema: Schema = {
  fields: [
    field('i', INT, false),
    field('b', BIGINT),
    field('d', DOUBLE),
    field('p', decimal(8, 2)),
    field('s', STRING, false),
    field('l', { kind: 'ARRAY', element: INT }),
  ],
};

function typeOf(name: Asked['function'], argument: string, dialect: DialectName): string {
  const needs = { percentile: { percentile: 0.5 }, 'top-k': { limit: 2 }, 'top-k-distinct': { limit: 2 } };
  const more = Object.hasOwn(needs, name) ? needs[name as keyof typeof needs] : {};
  const bound = tryBinding({ function: name, argument, ...more }, { schema, dialect });
  return bound.ok ? `${typeName(bound.value.field.type)}${bound.value.field.nullable ? '' : ' NOT NULL'}` : 'none';
}

function problemsOf(asked: Asked): readonly string[] {
  return tryBinding(asked, { schema }).problems.map(
    ({ code, path, message, fix }) => `${code} ${path}: ${message} ${fix}`,
  );
}

describe('types of results', () => {
  test.each([
    ['sum', 'flink-sql', ['INT NOT NULL', 'BIGINT', 'DOUBLE', 'DECIMAL(38, 2)', 'none', 'none']],
    ['sum', 'ksqldb', ['INT NOT NULL', 'BIGINT NOT NULL', 'DOUBLE NOT NULL', 'DECIMAL(8, 2)', 'none', 'none']],
    ['sum', 'flink-datastream', ['BIGINT NOT NULL', 'BIGINT', 'DOUBLE', 'DECIMAL(38, 2)', 'none', 'none']],
    ['avg', 'flink-sql', ['INT NOT NULL', 'BIGINT', 'DOUBLE', 'DECIMAL(38, 6)', 'none', 'none']],
    ['avg', 'ksqldb', Array.from({ length: 4 }, () => 'DOUBLE NOT NULL').concat('none', 'none')],
    ['stddev-samp', 'flink-sql', ['INT', 'BIGINT', 'DOUBLE', 'DECIMAL(38, 6)', 'none', 'none']],
    ['var-pop', 'beam', ['DOUBLE NOT NULL', 'DOUBLE', 'DOUBLE', 'DOUBLE', 'none', 'none']],
    ['min', 'beam', ['INT NOT NULL', 'BIGINT', 'DOUBLE', 'DECIMAL(8, 2)', 'STRING NOT NULL', 'none']],
    ['percentile', 'beam', ['DOUBLE NOT NULL', 'DOUBLE', 'DOUBLE', 'DOUBLE', 'none', 'none']],
    [
      'collect-list',
      'flink-sql',
      [
        'ARRAY<INT> NOT NULL',
        'ARRAY<BIGINT>',
        'ARRAY<DOUBLE>',
        'ARRAY<DECIMAL(8, 2)>',
        'ARRAY<STRING> NOT NULL',
      ].concat('ARRAY<ARRAY<INT>>'),
    ],
    [
      'top-k',
      'ksqldb',
      ['INT', 'BIGINT', 'DOUBLE', 'DECIMAL(8, 2)', 'STRING'].map((type) => `ARRAY<${type}> NOT NULL`).concat('none'),
    ],
    ['string-agg', 'flink-sql', ['none', 'none', 'none', 'none', 'STRING NOT NULL', 'none']],
    ['first', 'beam', ['INT NOT NULL', 'BIGINT', 'DOUBLE', 'DECIMAL(8, 2)', 'STRING NOT NULL', 'ARRAY<INT>']],
    ['count', 'beam', Array.from({ length: 6 }, () => 'BIGINT NOT NULL')],
  ] as const)('of %s in %s', (name, dialect, types) => {
    expect(schema.fields.map((column) => typeOf(name, column.name, dialect))).toEqual(types);
  });

  test('may be NULL where a filter or a change may leave nothing', () => {
    expect(boundAggregate({ function: 'sum', argument: 'i', filter: "s = 'a'" }, { schema }).field).toMatchObject({
      nullable: true,
    });
    expect(boundAggregate({ function: 'sum', argument: 'i' }, { schema, takesChanges: true }).field).toMatchObject({
      nullable: true,
    });
  });
});

describe('what is wrong with an aggregate', () => {
  test('is told with the figure and the cure', () => {
    expect(problemsOf({ function: 'percentile', argument: 'i' })).toEqual([
      'missing-field config.aggregates.0.percentile: percentile needs percentile. Enter a number from 0 to 1.',
    ]);
    expect(problemsOf({ function: 'top-k', argument: 'i' })).toEqual([
      'missing-field config.aggregates.0.limit: top-k needs limit. Enter a whole number from 1.',
    ]);
    expect(problemsOf({ function: 'sum', argument: 'i', separator: ';' })).toEqual([
      'value-range config.aggregates.0.separator: sum takes no separator, and separator is ";". Remove it, or choose string-agg.',
    ]);
    expect(problemsOf({ function: 'top-k', argument: 'i', limit: 2, distinct: true })).toEqual([
      'value-range config.aggregates.0.distinct: top-k takes no distinct, and distinct is true. Remove it, and choose top-k-distinct.',
    ]);
    expect(problemsOf({ function: 'string-agg', argument: 'i' })).toEqual([
      'wrong-type config.aggregates.0.argument: string-agg cannot be computed of INT. Cast the argument to STRING.',
    ]);
  });

  test('is told all at once', () => {
    const asked: Asked = { function: 'sum', filter: 'i', percentile: 0.5, limit: 3 };
    expect(tryBinding(asked, { schema }).problems.map(({ path }) => path.replace('config.aggregates.0.', ''))).toEqual([
      'percentile',
      'limit',
      'argument',
      'filter',
    ]);
  });

  test('is refused by the document where a figure is out of its range', () => {
    const base = { name: 'a', function: 'percentile', argument: 'i' };
    for (const [wrong, right] of [
      [{ percentile: 1.01 }, { percentile: 1 }],
      [{ percentile: -0.1 }, { percentile: 0 }],
      [{ limit: 0 }, { limit: 1 }],
      [{ limit: 1.5 }, { limit: 10_000 }],
      [{ limit: 10_001 }, { nulls: 'keep' }],
    ]) {
      expect(aggregateConfig.safeParse({ ...base, ...wrong }).success).toBe(false);
      expect(aggregateConfig.safeParse({ ...base, ...right }).success).toBe(true);
    }
  });

  test('is a missing argument for every function but a count of rows', () => {
    const without = AGGREGATE_FUNCTIONS.filter((name) =>
      tryBinding({ function: name }, { schema }).problems.some(({ code }) => code === 'missing-argument'),
    );
    expect(without).toEqual(AGGREGATE_FUNCTIONS.filter((name) => name !== 'count'));
    expect(problemsOf({ function: 'count', distinct: true })).toHaveLength(1);
  });
});
