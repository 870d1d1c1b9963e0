import { describe, expect, test } from 'vitest';
import { runRows } from '../../testing/row-run.ts';

const last = { keys: ['k'], keep: 'last', orderBy: 'arrival' };

describe('the last row by arrival', () => {
  // DeduplicateFunctionHelper.processLastRowOnProcTime
  test('is not told again when it says nothing new, unless state has a time to live', () => {
    const log = '+ 1 k=a v=1\n+ 2 k=a v=1\n+ 3 k=a v=2';
    expect(runRows(log, { kind: 'dedup', config: last }).lines).toEqual(['0 +I a 1', '2 -U a 1', '2 +U a 2']);
    const living = runRows(log, { kind: 'dedup', config: last, engine: { ttlMs: 1000 } });
    expect(living.lines).toEqual(['0 +I a 1', '1 -U a 1', '1 +U a 1', '2 -U a 1', '2 +U a 2']);
  });

  test('needs no state where neither old nor new rows are told apart', () => {
    const { lines, ledger } = runRows('+ 1 k=a v=1\n+ 2 k=a v=1', {
      kind: 'dedup',
      config: last,
      engine: { generateUpdateBefore: false, generateInsert: false },
    });
    expect(lines).toEqual(['0 +U a 1', '1 +U a 1']);
    expect(ledger).toMatchObject({ used: 2, held: 0 });
  });

  // DeduplicateFunctionHelper.processLastRowOnChangelog
  test('of a changelog goes with any row that takes back one of its key', () => {
    const { lines, ledger } = runRows('+I 1 k=a v=1\n+I 2 k=a v=2\n-D 3 k=a v=1\n-D 4 k=a v=2', {
      kind: 'dedup',
      config: last,
      changes: 'retract',
    });
    expect(lines).toEqual(['0 +I a 1', '1 -U a 1', '1 +U a 2', '2 -D a 2', '3 rejected -D a 2']);
    expect(ledger).toMatchObject({ held: 0, used: 3, rejected: 1 });
  });
});

test('within a window the row is told when the window is over', () => {
  const log = `+ 1 k=a v=1 from=0 to=10
    + 5 k=a v=2 from=0 to=10
    + 5 k=a v=3 from=0 to=10
    + 2 k=b v=4 from=0 to=10
    W 9
    + 3 k=a v=5 from=0 to=10`;
  const kept = (keep: string): readonly string[] =>
    runRows(log, { kind: 'dedup', config: { keys: ['k'], keep, perWindow: true } }).lines;
  expect(kept('first')).toEqual(['4 +I a 1', '4 +I b 4', '5 late +I a 5']);
  expect(kept('last')).toEqual(['4 +I a 3', '4 +I b 4', '5 late +I a 5']);
});

test('a changelog is taken only where the last row by arrival is kept', () => {
  expect(() => runRows('', { kind: 'dedup', config: { ...last, keep: 'first' }, changes: 'retract' })).toThrow(
    'only the last one by arrival',
  );
});
