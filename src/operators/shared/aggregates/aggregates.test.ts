import { describe, expect, test } from 'vitest';
import type { Asked, AskedOf } from '../../../testing/aggregate-run.ts';
import { AggregateRun, batchOf, boundAggregate } from '../../../testing/aggregate-run.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { BIGINT, BOOLEAN, BYTES, DOUBLE, INT, STRING, TIMESTAMP, decimal, field } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';

function schemaOf(type: DataType): Schema {
  return { fields: [field('x', type)] };
}

/** The aggregate of `x` over the values in order of arrival. */
function over(values: readonly Value[], type: DataType, asked: Asked, of: Omit<AskedOf, 'schema'> = {}): Value {
  const schema = schemaOf(type);
  const batch = batchOf(
    schema,
    values.map((value) => [value]),
  );
  const run = new AggregateRun(boundAggregate({ argument: 'x', ...asked }, { schema, ...of }), batch);
  const cell = run.cells.take();
  values.forEach((_, row) => run.cells.add(cell, row));
  return run.result(cell);
}

describe('counts and sums', () => {
  test('count rows, values, and different values', () => {
    const values = [1, null, 2, 1];
    expect(over(values, INT, { function: 'count', argument: '*' })).toBe(4);
    expect(over(values, INT, { function: 'count' })).toBe(3);
    expect(over(values, INT, { function: 'count', distinct: true })).toBe(2);
  });

  test('take equal numbers as one: zeros of either sign, and NaN', () => {
    expect(over([0, -0, Number.NaN, Number.NaN], DOUBLE, { function: 'count', distinct: true })).toBe(2);
  });

  test('wrap like the integers of the type that the dialect keeps', () => {
    const most = [2_147_483_647, 1];
    expect(over(most, INT, { function: 'sum' }, { dialect: 'flink-sql' })).toBe(-2_147_483_648);
    expect(over(most, INT, { function: 'sum' }, { dialect: 'ksqldb' })).toBe(-2_147_483_648);
    expect(over(most, INT, { function: 'sum' })).toBe(2_147_483_648);
    expect(over([2n ** 63n - 1n, 1], BIGINT, { function: 'sum' })).toBe(-(2n ** 63n));
  });

  test('are NULL over no value, but 0 in ksqlDB', () => {
    expect(over([null], INT, { function: 'sum' }, { dialect: 'flink-sql' })).toBe(null);
    expect(over([null], INT, { function: 'sum' }, { dialect: 'ksqldb' })).toBe(0);
    expect(over([null], decimal(4, 2), { function: 'sum' }, { dialect: 'ksqldb' })).toBe('0.00');
    expect(over([null], INT, { function: 'avg' }, { dialect: 'ksqldb' })).toBe(0);
  });

  test('are NULL where a DECIMAL cannot hold them', () => {
    const nines = 10n ** 4n - 1n;
    expect(over([nines], decimal(4, 2), { function: 'sum' }, { dialect: 'ksqldb' })).toBe('99.99');
    expect(over([nines, 1n], decimal(4, 2), { function: 'sum' }, { dialect: 'ksqldb' })).toBe(null);
    expect(over([nines, 1n], decimal(4, 2), { function: 'sum' }, { dialect: 'flink-sql' })).toBe('100.00');
  });
});

describe('averages', () => {
  test('keep whole types in Flink SQL, cut off towards zero', () => {
    expect(over([-3, -4], INT, { function: 'avg' }, { dialect: 'flink-sql' })).toBe(-3);
    expect(over([3, 4], BIGINT, { function: 'avg' }, { dialect: 'flink-sql' })).toBe(3);
    expect(over([3, 4], INT, { function: 'avg' }, { dialect: 'ksqldb' })).toBe(3.5);
    expect(over([3, 4], INT, { function: 'avg' })).toBe(3.5);
  });

  test('of DECIMAL have at least six digits in Flink SQL, halves rounded away from zero', () => {
    expect(over([100n, 100n, 101n], decimal(5, 2), { function: 'avg' }, { dialect: 'flink-sql' })).toBe('1.003333');
    expect(over([-1n, 0n], decimal(9, 7), { function: 'avg' }, { dialect: 'flink-sql' })).toBe('-0.0000001');
    expect(over([-1n, -2n], decimal(9, 7), { function: 'avg' }, { dialect: 'flink-sql' })).toBe('-0.0000002');
  });
});

describe('variances', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];

  test('of all and of a sample', () => {
    expect(over(values, DOUBLE, { function: 'var-pop' })).toBe(4);
    expect(over(values, DOUBLE, { function: 'stddev-pop' })).toBe(2);
    expect(over(values, DOUBLE, { function: 'var-samp' })).toBeCloseTo(32 / 7, 12);
    expect(over(values, DOUBLE, { function: 'stddev-samp' })).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  test('keep whole types in Flink SQL, every division cut off', () => {
    // 10 - 16 / 3 = 10 - 5; 5 / 3 = 1
    expect(over([0, 1, 3], INT, { function: 'var-pop' }, { dialect: 'flink-sql' })).toBe(1);
    expect(over([0, 1, 3], INT, { function: 'var-samp' }, { dialect: 'flink-sql' })).toBe(2);
    expect(over([0, 1, 3], INT, { function: 'stddev-samp' }, { dialect: 'flink-sql' })).toBe(1);
    expect(over([0n, 100n, 300n], decimal(5, 2), { function: 'var-pop' }, { dialect: 'flink-sql' })).toBe('1.555556');
  });

  test('of a sample of one are NULL, but 0 in ksqlDB', () => {
    expect(over([5], DOUBLE, { function: 'stddev-samp' })).toBe(null);
    expect(over([5], DOUBLE, { function: 'stddev-samp' }, { dialect: 'ksqldb' })).toBe(0);
    expect(over([5], DOUBLE, { function: 'var-pop' })).toBe(0);
  });

  test('do not lose a small spread of large values', () => {
    expect(over([1e9, 1e9 + 1, 1e9 + 2], DOUBLE, { function: 'var-samp' })).toBe(1);
  });
});

describe('smallest and largest values', () => {
  test('are of any type that has an order: texts by code point, NaN above all', () => {
    expect(over(['\u{1f600}', '\u{ffee}', 'z'], STRING, { function: 'max' })).toBe('\u{1f600}');
    expect(over([1, Number.NaN, 2], DOUBLE, { function: 'max' })).toBe(Number.NaN);
    expect(over([2n ** 60n, 5, null], BIGINT, { function: 'min' })).toBe(5);
    expect(over([true, false], BOOLEAN, { function: 'min' })).toBe(false);
  });

  test('of a list, largest first', () => {
    expect(over([3, 9, null, 9, 1], INT, { function: 'top-k', limit: 3 })).toEqual([9, 9, 3]);
    expect(over([3, 9, null, 9, 1], INT, { function: 'top-k-distinct', limit: 3 })).toEqual([9, 3, 1]);
    expect(over([98n, 89n, 99n], decimal(2, 1), { function: 'top-k', limit: 2 })).toEqual(['9.9', '9.8']);
    expect(over([null], INT, { function: 'top-k', limit: 2 })).toEqual([]);
  });

  test('of a list of rows by their first field, equal ones in order of arrival', () => {
    const type: DataType = { kind: 'ROW', fields: [field('rank', INT), field('name', STRING)] };
    const rows = ['1 a', '3 b', '2 c', '3 d', '2 e'].map((text) => {
      const [rank, name = ''] = text.split(' ');
      return new Map<string, Value>([
        ['rank', Number(rank)],
        ['name', name],
      ]);
    });
    const unranked = new Map<string, Value>([
      ['rank', null],
      ['name', 'x'],
    ]);
    const top = over([...rows, unranked], type, { function: 'top-k', limit: 3 }) as readonly Map<string, Value>[];
    expect(top.map((row) => [...row.values()].join(' '))).toEqual(['3 b', '3 d', '2 c']);
  });

  test('between two values a percentile is interpolated', () => {
    const values = [40, 10, null, 20, 30];
    expect(over(values, INT, { function: 'percentile', percentile: 0.5 })).toBe(25);
    expect(over(values, INT, { function: 'percentile', percentile: 0.25 })).toBe(17.5);
    expect(over(values, INT, { function: 'percentile', percentile: 0 })).toBe(10);
    expect(over(values, INT, { function: 'percentile', percentile: 1 })).toBe(40);
    expect(over([150n, 250n], decimal(5, 2), { function: 'percentile', percentile: 0.5 })).toBe(2);
    expect(over([null], INT, { function: 'percentile', percentile: 0.5 })).toBe(null);
  });
});

describe('values in order of arrival', () => {
  const values = [null, 'b', 'a', 'b', null];

  test('first and last, NULL only where it is kept', () => {
    expect(over(values, STRING, { function: 'first' })).toBe('b');
    expect(over(values, STRING, { function: 'last' })).toBe('b');
    expect(over(values, STRING, { function: 'first', nulls: 'keep' })).toBe(null);
    expect(over(values, STRING, { function: 'first', limit: 2 })).toEqual(['b', 'a']);
    expect(over(values, STRING, { function: 'last', limit: 2 })).toEqual(['a', 'b']);
    expect(over(values, STRING, { function: 'last', limit: 2, nulls: 'keep' })).toEqual(['b', null]);
    expect(over([null], STRING, { function: 'last', limit: 2 }, { dialect: 'ksqldb' })).toEqual([]);
  });

  test('lists and sets, NULL as the dialect has it', () => {
    expect(over(values, STRING, { function: 'collect-list' })).toEqual(['b', 'a', 'b']);
    expect(over(values, STRING, { function: 'collect-list', distinct: true })).toEqual(['b', 'a']);
    expect(over(values, STRING, { function: 'collect-list' }, { dialect: 'ksqldb' })).toEqual(values);
    expect(over(values, STRING, { function: 'collect-set' }, { dialect: 'ksqldb' })).toEqual([null, 'b', 'a']);
    expect(over(values, STRING, { function: 'collect-list' }, { dialect: 'flink-sql' })).toEqual(values);
    expect(over([null], STRING, { function: 'collect-list', nulls: 'skip' }, { dialect: 'flink-sql' })).toBe(null);
  });

  test('of any type, equal where what they hold is equal', () => {
    const times: DataType = { kind: 'MAP', value: TIMESTAMP };
    const maps = [new Map([['a', 1]]), new Map([['a', 1]]), new Map([['a', 2]])];
    expect(over(maps, times, { function: 'collect-set' })).toEqual([maps[0], maps[2]]);
    const bytes = [Uint8Array.of(1, 2), Uint8Array.of(1, 2)];
    expect(over(bytes, BYTES, { function: 'count', distinct: true })).toBe(1);
    const list: DataType = { kind: 'ARRAY', element: decimal(3, 1) };
    expect(
      over(
        [
          [15n, null],
          [15n, null],
        ],
        list,
        { function: 'collect-set' },
      ),
    ).toEqual([['1.5', null]]);
  });

  test('joined texts, behind an initial one where there is one', () => {
    expect(over(values, STRING, { function: 'string-agg' })).toBe('b,a,b');
    expect(over(values, STRING, { function: 'string-agg', separator: '+', distinct: true })).toBe('b+a');
    expect(over(values, STRING, { function: 'string-agg', separator: '' })).toBe('bab');
    expect(over(values, STRING, { function: 'string-agg', separator: '+' }, { initial: '0' })).toBe('0+b+a+b');
    expect(over([null], STRING, { function: 'string-agg' })).toBe(null);
    expect(over([null], STRING, { function: 'string-agg' }, { initial: '0' })).toBe('0');
  });
});

describe('cells', () => {
  const schema: Schema = { fields: [field('x', STRING), field('keep', BOOLEAN)] };
  const rows = ['a', 'b', 'c', 'd'].map((text, i): readonly Value[] => [text, [true, false, true, null][i]!]);

  function runOf(asked: Asked, of: Omit<AskedOf, 'schema'> = {}): AggregateRun {
    return new AggregateRun(boundAggregate({ argument: 'x', ...asked }, { schema, ...of }), batchOf(schema, rows));
  }

  test('leave out the rows that the filter does not hold for, NULL among them', () => {
    const run = runOf({ function: 'collect-list', filter: 'keep' });
    const cell = run.cells.take();
    rows.forEach((_, row) => run.cells.add(cell, row));
    expect(run.result(cell)).toEqual(['a', 'c']);
  });

  // Kafka Streams 4.0, KStreamSessionWindowAggregate.process: agg = initializer; merger over the sessions; aggregator.
  test('join texts of merged sessions with both initial texts', () => {
    const run = runOf({ function: 'string-agg', separator: '+' }, { dialect: 'kafka-streams', initial: '0' });
    const session = (found: readonly number[], row: number): number => {
      const cell = run.cells.take();
      for (const other of found) run.cells.merge(cell, other);
      run.cells.add(cell, row);
      return cell;
    };
    const one = session([], 0);
    const two = session([one], 1);
    expect(run.result(two)).toBe('0+0+a+b');
    const three = session([], 2);
    expect(run.result(session([two, three], 3))).toBe('0+0+0+a+b+0+c+d');
  });

  test('join texts of merged sessions by the separator where nothing comes first', () => {
    const run = runOf({ function: 'string-agg', separator: '+' });
    const [left, right] = [run.cells.take(), run.cells.take()];
    run.cells.merge(left, right);
    expect(run.result(left)).toBe(null);
    run.cells.add(right, 0);
    run.cells.merge(left, right);
    run.cells.add(left, 1);
    run.cells.merge(left, right);
    expect(run.result(left)).toBe('a+b+a');
  });

  // ksqlDB LatestByOffset, EarliestByOffset: a sequence number with each value decides, not the order of the merge.
  test('take first and last of merged sessions by arrival', () => {
    const last = runOf({ function: 'last', limit: 2 });
    const [left, right] = [last.cells.take(), last.cells.take()];
    [1, 3].forEach((row) => last.cells.add(left, row));
    [0, 2].forEach((row) => last.cells.add(right, row));
    last.cells.merge(left, right);
    expect(last.result(left)).toEqual(['c', 'd']);
  });

  test('remember a value that was taken back before it came', () => {
    const run = runOf({ function: 'collect-list', distinct: true }, { dialect: 'flink-sql', takesChanges: true });
    const cell = run.cells.take();
    run.cells.retract(cell, 0);
    run.cells.add(cell, 0);
    expect(run.result(cell)).toBe(null);
    run.cells.add(cell, 0);
    expect(run.result(cell)).toEqual(['a']);
  });

  test('take the first of equal values back, ksqlDB the last', () => {
    const equal = ['a', 'b', 'a'].map((text): readonly Value[] => [text, true]);
    const left = (dialect: 'flink-sql' | 'ksqldb'): Value => {
      const asked = { function: 'collect-list', argument: 'x' } as const;
      const bound = boundAggregate(asked, { schema, dialect, takesChanges: true });
      const run = new AggregateRun(bound, batchOf(schema, equal));
      const cell = run.cells.take();
      equal.forEach((_, row) => run.cells.add(cell, row));
      run.cells.retract(cell, 0);
      return run.result(cell);
    };
    expect(left('flink-sql')).toEqual(['b', 'a']);
    expect(left('ksqldb')).toEqual(['a', 'b']);
  });

  test('count what they hold, and nothing once they are given back', () => {
    const run = runOf({ function: 'collect-list' });
    const cell = run.cells.take();
    const before = run.cells.bytes;
    run.cells.add(cell, 0);
    expect(run.cells.bytes).toBeGreaterThan(before);
    run.cells.release(cell);
    expect(run.cells.bytes).toBe(0);
  });
});
