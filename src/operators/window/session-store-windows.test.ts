import { describe, expect, test } from 'vitest';
import { runStore } from '../../testing/store-lines.ts';

const session = { kind: 'session', gapMs: 5 };
const updates = { ...session, emission: 'each-event' };

describe('with each event, sessions', () => {
  test('reach from their first row to their last and are withdrawn when they grow', () => {
    // kafka.session.impl.AggregateSessionWindowed.onUpdate, in small: a merger joins to the initial text
    const { lines } = runStore(updates, '+ 10 1 1\n+ 15 1 2\n+ 21 1 3\n+ 20 2 4');
    expect(lines).toEqual([
      '0 1 [10,10] 0+1 @10',
      '1 -D 1 [10,10] null @10',
      '1 1 [10,15] 0+0+1+2 @15',
      '2 1 [21,21] 0+3 @21',
      '3 2 [20,20] 0+4 @20',
    ]);
  });

  test('are joined by a row between them, by end, also inside', () => {
    const { lines, ledger } = runStore({ ...updates, latenessMs: 20 }, '+ 0 a 1\n+ 8 a 2\n+ 4 a 3\n+ 6 a 4');
    expect(lines.slice(2)).toEqual([
      '2 -D a [0,0] null @0',
      '2 -D a [8,8] null @8',
      '2 a [0,8] 0+0+1+0+2+3 @8',
      '3 -D a [0,8] null @8',
      '3 a [0,8] 0+0+0+1+0+2+3+4 @8',
    ]);
    expect(ledger).toMatchObject({ held: 4, stateRows: 1 });
  });

  test('of one instant only change with another row of that instant', () => {
    expect(runStore(updates, '+ 3 a 1\n+ 3 a 2').lines).toEqual(['0 a [3,3] 0+1 @3', '1 +U a [3,3] 0+0+1+2 @3']);
  });

  test('take no row when they would end before stream time less grace and gap', () => {
    const log = '+ 20 a 1\n+ 13 b 2\n+ 12 c 3';
    const { lines, ledger } = runStore({ ...updates, latenessMs: 2 }, log);
    expect(lines.slice(1)).toEqual(['1 b [13,13] 0+2 @13', '2 late c 3']);
    expect(ledger).toMatchObject({ in: 3, held: 2, late: 1, lateWindows: 1 });
  });

  test('take a row that would be late by itself as long as they live', () => {
    expect(runStore({ ...updates, latenessMs: 3 }, '+ 20 a 1\n+ 13 b 2\n+ 11 b 3').lines.slice(2)).toEqual([
      '2 -D b [13,13] null @13',
      '2 b [11,13] 0+0+2+3 @13',
    ]);
  });

  test('are not seen when the store has passed them, which is a millisecond before they close', () => {
    const log = '+ 20 a 1\n+ 13 b 2\n+ 13 b 3\n+ 12 b 4';
    const { lines, ledger } = runStore({ ...updates, latenessMs: 2 }, log);
    expect(lines.slice(1)).toEqual(['1 b [13,13] 0+2 @13', '2 +U b [13,13] 0+3 @13', '3 late b 4']);
    expect(ledger).toMatchObject({ used: 1, held: 2, late: 1 });
    const kept = runStore({ ...updates, latenessMs: 2 }, log, { retentionMs: 60 });
    expect(kept.lines.slice(2)).toEqual([
      '2 +U b [13,13] 0+0+2+3 @13',
      '3 -D b [13,13] null @13',
      '3 b [12,13] 0+0+0+2+3+4 @13',
    ]);
  });

  test('join over exactly a gap and not over more', () => {
    const { lines } = runStore({ ...updates, latenessMs: 9 }, '+ 10 a 1\n+ 15 a 2\n+ 21 a 3\n+ 5 a 4\n+ 31 a 5');
    expect(lines.filter((line) => !line.includes('-D')).map((line) => line.split(' ')[2])).toEqual([
      '[10,10]',
      '[10,15]',
      '[21,21]',
      '[5,15]',
      '[31,31]',
    ]);
  });
});

describe('on close, sessions', () => {
  test('come when stream time is more than gap and grace behind them, by end, start, key', () => {
    const { lines, ledger } = runStore(
      { ...session, latenessMs: 10 },
      '+ 4 b 1\n+ 3 c 2\n+ 4 c 3\n+ 4 a 4\n+ 2 d 5\n+ 19 e 6\n+ 20 e 7',
    );
    expect(lines).toEqual(['5 d [2,2] 0+5 @2', '6 c [3,4] 0+0+2+3 @4', '6 a [4,4] 0+4 @4', '6 b [4,4] 0+1 @4']);
    expect(ledger).toMatchObject({ used: 5, held: 2, stateRows: 1 });
  });

  test('are not lost on a jump of stream time, but for one that drops their segment of the store', () => {
    expect(runStore(session, '+ 0 a 1\n+ 60004 b 2').lines).toEqual(['1 a [0,0] 0+1 @0']);
    const { lines, ledger } = runStore(session, '+ 0 a 1\n+ 60005 b 2');
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ late: 1, lateWindows: 0, held: 1 });
  });

  test('are overwritten by another of the same bounds that does not see them', () => {
    const { lines, ledger } = runStore(session, '+ 5 a 1\n+ 0 b 2\n+ 0 b 3\n+ 6 a 4');
    expect(lines).toEqual(['3 b [0,0] 0+3 @0']);
    expect(ledger).toMatchObject({ used: 1, late: 1, lateWindows: 0, held: 2 });
  });
});
