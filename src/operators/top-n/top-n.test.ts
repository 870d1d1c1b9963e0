import { describe, expect, test } from 'vitest';
import { runRows } from '../../testing/row-run.ts';
import { operatorDefinitions } from '../definitions.ts';
import type { StreamType } from '../../stream/batch.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';

const byValue = { keys: ['k'], orderBy: [{ column: 'v', descending: true }] };

describe('the best rows of rows that are only added', () => {
  test('a new row moves those behind it back, and the last one out', () => {
    const { lines, ledger } = runRows('+ 1 k=a v=1\n+ 2 k=a v=3\n+ 3 k=a v=2\n+ 4 k=a v=1', {
      kind: 'top-n',
      config: { ...byValue, to: 2, rankColumn: 'place' },
    });
    expect(lines).toEqual(['0 +I a 1 1', '1 -U a 1 1', '1 +U a 3 1', '1 +I a 1 2', '2 -U a 1 2', '2 +U a 2 2']);
    expect(ledger).toMatchObject({ held: 2, used: 1, filtered: 1 });
  });

  test('the best alone is replaced, by nothing that is only as good', () => {
    const { lines } = runRows('+ 1 k=a v=1\n+ 2 k=a v=1\n+ 3 k=a v=5', {
      kind: 'top-n',
      config: { ...byValue, to: 1 },
    });
    expect(lines).toEqual(['0 +I a 1', '2 -U a 1', '2 +U a 5']);
  });

  test('the first rows of a key never change', () => {
    const { lines, ledger } = runRows('+ 1 k=a v=9\n+ 2 k=b v=8\n+ 3 k=a v=7\n+ 4 k=a v=6', {
      kind: 'top-n',
      config: { keys: ['k'], from: 2, to: 2, rankColumn: 'place' },
    });
    expect(lines).toEqual(['2 +I a 7 2']);
    expect(ledger).toMatchObject({ held: 0, used: 1, filtered: 3 });
  });

  // AbstractTopNFunction.initRankEnd
  test('what the first row of a key says of the last rank holds for all', () => {
    const { lines } = runRows('+ 1 k=a v=2\n+ 2 k=a v=5\n+ 3 k=a v=1\n+ 4 k=b v=0\n+ 5 k=b v=7', {
      kind: 'top-n',
      config: { keys: ['k'], orderBy: [{ column: 'v' }], toColumn: 'v' },
    });
    expect(lines).toEqual(['0 +I a 2', '1 +I a 5', '2 -D a 5', '2 +I a 1']);
  });

  test('NULL is the smallest: first ascending, last descending', () => {
    const rows = '+ 1 k=a v=1\n+ 2 k=a\n+ 3 k=a v=2';
    const ranked = (descending: boolean): string | undefined =>
      runRows(rows, { kind: 'top-n', config: { orderBy: [{ column: 'v', descending }], to: 1 } }).lines.at(-1);
    expect(ranked(false)).toBe('1 +U a null');
    expect(ranked(true)).toBe('2 +U a 2');
  });

  test('a key that nobody writes to is forgotten after its time to live', () => {
    const { lines } = runRows('+ 1 k=a v=5 @ 0\n+ 2 k=a v=1 @ 9\n+ 3 k=a v=1 @ 10', {
      kind: 'top-n',
      config: { ...byValue, to: 1 },
      engine: { ttlMs: 10 },
    });
    expect(lines).toEqual(['0 +I a 5', '2 +I a 1']);
  });
});

describe('the best rows of a changelog', () => {
  const retract = { kind: 'top-n' as const, changes: 'retract' as const };

  test('a row that is taken back makes room for one that was behind', () => {
    const { lines, ledger } = runRows('+I 1 k=a v=1\n+I 2 k=a v=2\n+I 3 k=a v=3\n-D 4 k=a v=3', {
      ...retract,
      config: { ...byValue, to: 2 },
    });
    expect(lines).toEqual(['0 +I a 1', '1 +I a 2', '2 -D a 1', '2 +I a 3', '3 -D a 3', '3 +I a 1']);
    expect(ledger).toMatchObject({ held: 2, used: 2 });
  });

  test('ranks move up, and the last one is gone', () => {
    const { lines } = runRows('+I 1 k=a v=1\n+I 2 k=a v=2\n-D 3 k=a v=2', {
      ...retract,
      config: { ...byValue, rankColumn: 'place' },
    });
    expect(lines.slice(-3)).toEqual(['2 -U a 2 1', '2 +U a 1 1', '2 -D a 1 2']);
  });

  test('taking back what is not there is rejected and changes nothing', () => {
    const { lines, ledger } = runRows('+I 1 k=a v=1\n-D 2 k=a v=7\n-D 3 k=b v=1', { ...retract, config: byValue });
    expect(lines).toEqual(['0 +I a 1', '1 rejected -D a 7', '2 rejected -D b 1']);
    expect(ledger).toMatchObject({ held: 1, rejected: 2 });
  });

  test('a row moves forward by its key, which update-fast finds it by', () => {
    const { lines } = runRows('+I 1 k=a v=1\n+I 2 k=b v=2\n+U 3 k=a v=3\n-D 4 k=a v=3', {
      kind: 'top-n',
      changes: 'upsert',
      key: ['k'],
      config: { orderBy: [{ column: 'v', descending: true }], to: 2, rankColumn: 'place' },
      engine: { strategy: 'update-fast', generateUpdateBefore: false },
    });
    expect(lines.slice(3)).toEqual(['2 +U a 3 1', '2 +U b 2 2', '3 rejected -D a 3']);
  });
});

test('the rows of a window are ranked once, when it is over', () => {
  const { lines, ledger } = runRows(
    `+ 1 k=a v=1 from=0 to=10
     + 2 k=a v=3 from=0 to=10
     + 3 k=a v=2 from=0 to=10
     + 4 k=a v=9 from=0 to=20
     W 9
     + 5 k=a v=8 from=0 to=10`,
    { kind: 'top-n', config: { ...byValue, to: 2, rankColumn: 'place', perWindow: true } },
  );
  expect(lines).toEqual(['4 +I a 3 1', '4 +I a 2 2', '5 late +I a 8']);
  expect(ledger).toMatchObject({ held: 1, used: 2, filtered: 1, late: 1 });
});

describe('what cannot be ranked is a problem', () => {
  const fields = [field('k', STRING), field('v', BIGINT)];
  const append: StreamType = { schema: { fields }, changes: 'append', key: null, eventTime: true };
  const bind = (config: object, input: StreamType = append, engine: object = {}): readonly string[] => {
    const definition = operatorDefinitions['top-n'];
    const request = { config: definition.config.parse(config), engine: definition.engine.parse(engine) };
    const bound = definition.bind({ ...request, inputs: [input], dialect: 'flink-sql', timeDomain: 'event' });
    return bound.problems.map(({ code, path }) => `${code} ${path}`);
  };

  test('by name', () => {
    expect(bind({ orderBy: [{ column: 'x' }], from: 3, to: 2 })).toEqual([
      'unknown-column config.orderBy.0.column',
      'value-range config.to',
    ]);
    expect(bind({ toColumn: 'k' })).toEqual(['wrong-type config.toColumn']);
    expect(bind({ rankColumn: 'v' })).toEqual(['duplicate-column config.rankColumn']);
    expect(bind({ perWindow: true })).toEqual(['no-windows config.perWindow']);
  });

  test('of rows that change', () => {
    const changing: StreamType = { ...append, changes: 'retract' };
    expect(bind({}, changing)).toEqual(['missing-field config.orderBy']);
    expect(bind({ perWindow: true }, changing)).toContain('takes-appends config.perWindow');
    expect(bind(byValue, changing, { strategy: 'update-fast' })).toEqual(['table-without-key engine.strategy']);
    const keyed: StreamType = { ...changing, key: ['v'] };
    expect(bind(byValue, keyed, { strategy: 'update-fast' })).toEqual(['key-lacks engine.strategy']);
    expect(bind({ ...byValue, from: 2 }, changing, { generateUpdateBefore: false })).toEqual([
      'table-without-key engine.generateUpdateBefore',
    ]);
  });
});
