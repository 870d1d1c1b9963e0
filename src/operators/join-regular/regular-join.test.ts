import { describe, expect, test } from 'vitest';
import type { JoinRun, JoinSetting } from '../../testing/join-run.ts';
import { runJoin } from '../../testing/join-run.ts';

const RETRACT = [{ changes: 'retract' as const }, { changes: 'retract' as const }];

function join(log: string, kind: string, setting: Partial<JoinSetting> = {}): JoinRun {
  const config = { kind, leftKeys: ['k'], rightKeys: ['k'] };
  return runJoin(log, { kind: 'join.regular', dialect: 'flink-sql', config, inputs: RETRACT, ...setting });
}

describe('a regular join', () => {
  test('takes a padded row back with its first partner, and gives it again behind the last', () => {
    const log = '+ 1 k=a v=1\n1+ 2 k=a v=2\n1+ 3 k=a v=3\n1-D 2 k=a v=2\n1-D 3 k=a v=3';
    expect(join(log, 'left').lines).toEqual([
      '0 out t=1 1-.',
      '1 out t=1 1-. -D',
      '1 out t=2 1-2',
      '2 out t=3 1-3',
      '3 out t=2 1-2 -D',
      '4 out t=3 1-3 -D',
      '4 out t=1 1-.',
    ]);
  });

  test('equal rows are as many as came', () => {
    const { lines, ledger } = join('+ 1 k=a v=1\n+ 2 k=a v=1\n1+ 3 k=a v=9\n-D 5 k=a v=1', 'inner');
    expect(lines).toEqual(['2 out t=3 1-9', '2 out t=3 1-9', '3 out t=3 1-9 -D']);
    expect(ledger).toMatchObject({ in: 4, held: 2, used: 2 });
  });

  test('left rows come and go with their first and last partner', () => {
    const log = '+ 1 k=a v=1\n1+ 2 k=a v=2\n1+ 3 k=a v=3\n1-D 2 k=a v=2\n1-D 3 k=a v=3';
    expect(join(log, 'semi').lines).toEqual(['1 out t=1 1', '4 out t=1 1 -D']);
    expect(join(log, 'anti').lines).toEqual(['0 out t=1 1', '1 out t=1 1 -D', '4 out t=1 1']);
  });

  test('rejects what takes back a row that is not there, unless it may have been forgotten', () => {
    const log = '1+ 1 k=a v=9\n-D 2 k=a v=1';
    const { lines, ledger } = join(log, 'inner');
    expect(lines).toEqual(['1 rejected t=2 1-.']);
    expect(ledger).toMatchObject({ held: 1, rejected: 1 });
    expect(join(log, 'inner', { engine: { leftTtlMs: 100 } }).lines).toEqual(['1 out t=2 1-9 -D']);
  });

  test('rows of a table replace each other', () => {
    const inputs = [{ changes: 'upsert' as const, key: ['k'] }, { changes: 'append' as const }];
    const { lines, ledger } = join('1+ 1 k=a v=9\n+ 2 k=a v=1\n+U 3 k=a v=2\n-D 4 k=b', 'inner', { inputs });
    expect(lines).toEqual(['1 out t=2 1-9', '2 out t=2 1-9 -U', '2 out t=3 2-9 +U', '3 rejected t=4 .-.']);
    expect(ledger).toMatchObject({ held: 2, used: 1, rejected: 1 });
  });

  test('NULL in a key matches nothing', () => {
    const { lines, ledger } = join('+ 1 v=1\n1+ 2 v=2', 'left');
    expect(lines).toEqual(['0 out t=1 1-.']);
    expect(ledger).toMatchObject({ held: 1, unmatched: 1 });
  });
});

describe('of streams that are kept for ever', () => {
  const inputs = [{ changes: 'append' as const }, { changes: 'append' as const }];

  test('equal rows are met one after the other, in place of the first', () => {
    const log = '+ 1 k=a v=1\n+ 2 k=a v=2\n1+ 3 k=a v=8\n+ 4 k=a v=1\n+ 5 k=a v=2\n1+ 6 k=a v=9';
    expect(join(log, 'inner', { inputs }).lines.slice(-4)).toEqual([
      '5 out t=6 1-9',
      '5 out t=6 1-9',
      '5 out t=6 2-9',
      '5 out t=6 2-9',
    ]);
  });

  test('a row for which the condition fails with one partner is given with none, and not kept', () => {
    const config = { kind: 'inner', leftKeys: ['k'], rightKeys: ['k'], residual: '6 / right_v > 1' };
    const log = '1+ 1 k=a v=3\n1+ 2 k=a v=0\n+ 3 k=a v=1\n1+ 4 k=b v=2\n+ 5 k=b v=7\n1+ 6 k=a v=1';
    const { lines, ledger } = join(log, 'inner', { inputs, config });
    expect(lines).toEqual(['2 rejected t=3 1-.', '4 out t=5 7-2']);
    expect(ledger).toMatchObject({ in: 6, held: 5, rejected: 1 });
  });
});
