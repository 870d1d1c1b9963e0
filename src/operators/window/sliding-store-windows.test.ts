import { describe, expect, test } from 'vitest';
import { runStore } from '../../testing/store-lines.ts';

const sliding = { kind: 'sliding', sizeMs: 10 };
const updates = { ...sliding, emission: 'each-event' };

/** The lines of one entry, without its number. */
function linesOf(lines: readonly string[], entry: number): readonly string[] {
  return lines.filter((line) => line.startsWith(`${entry} `)).map((line) => line.slice(2));
}

describe('with each event, sliding windows', () => {
  test('are updated from the newest on; then the right one of the row before, the left, the right', () => {
    // kafka.sliding.aggregateLarge.onUpdate
    const { lines } = runStore({ ...updates, latenessMs: 50 }, '+ 10 A 1\n+ 20 A 2\n+ 22 A 3\n+ 15 A 4', {
      retentionMs: 50_000,
    });
    expect(linesOf(lines, 0)).toEqual(['A [0,10] 0+1 @10']);
    expect(linesOf(lines, 1)).toEqual(['A [11,21] 0+2 @20', 'A [10,20] 0+1+2 @20']);
    expect(linesOf(lines, 2)).toEqual(['A [21,31] 0+3 @22', 'A [12,22] 0+2+3 @22']);
    expect(linesOf(lines, 3)).toEqual([
      '+U A [12,22] 0+2+3+4 @22',
      '+U A [11,21] 0+2+4 @20',
      '+U A [10,20] 0+1+2+4 @20',
      'A [5,15] 0+1+4 @15',
      'A [16,26] 0+2+3 @22',
    ]);
  });

  test('are not made again for another row of the same time', () => {
    const { lines } = runStore(updates, '+ 10 A 1\n+ 10 A 2');
    expect(lines).toEqual(['0 A [0,10] 0+1 @10', '1 +U A [0,10] 0+1+2 @10']);
  });

  test('are one for rows before the first full window', () => {
    // kafka.sliding.earlyRepeated.onUpdate
    const { lines } = runStore({ ...updates, sizeMs: 5 }, '+ 0 A 1\n+ 2 A 2\n+ 4 A 3\n+ 0 A 4\n+ 7 A 5');
    expect(linesOf(lines, 1)).toEqual(['A [1,6] 0+2 @2', '+U A [0,5] 0+1+2 @2']);
    expect(linesOf(lines, 2)).toEqual(['+U A [1,6] 0+2+3 @4', 'A [3,8] 0+3 @4', '+U A [0,5] 0+1+2+3 @4']);
    expect(linesOf(lines, 3)).toEqual(['+U A [0,5] 0+1+2+3+4 @4']);
    expect(linesOf(lines, 4)).toEqual(['+U A [3,8] 0+3+5 @7', 'A [5,10] 0+5 @7', 'A [2,7] 0+2+3+5 @7']);
  });

  test('that are left of one row and right of the one before are made twice, as the engine does', () => {
    const { lines, ledger } = runStore({ ...updates, sizeMs: 3, latenessMs: 20 }, '+ 7 A 0\n+ 8 A 1\n+ 12 A 2');
    expect(linesOf(lines, 2)).toEqual(['A [9,12] 0+2 @12', '+U A [9,12] 0+2 @12']);
    expect(ledger).toMatchObject({ in: 3, held: 3, stateRows: 4 });
  });

  test('take rows until stream time less grace is behind their end', () => {
    // kafka.sliding.noGraceLarge.onUpdate, and its drops: 102 misses its left window and all that have closed
    const { lines, ledger } = runStore(
      updates,
      '+ 100 E 1\n+ 105 E 3\n+ 106 E 4\n+ 103 E 2\n+ 113 E 6\n+ 110 E 5\n+ 104 E 7\n+ 102 E 8\n+ 115 E 9',
      { retentionMs: 500 },
    );
    expect(linesOf(lines, 6)).toEqual([
      '+U E [104,114] 0+3+4+6+5+7 @113',
      '+U E [103,113] 0+3+4+2+6+5+7 @113',
      'E [105,115] 0+3+4+6+5 @113',
    ]);
    expect(linesOf(lines, 7)).toEqual(['late E 8']);
    expect(ledger).toMatchObject({ lateWindows: 9, late: 1 });
  });

  test('let a row go at once whose every window has closed: one drop', () => {
    const { lines, ledger } = runStore({ ...updates, latenessMs: 5 }, '+ 50 A 1\n+ 34 A 2\n+ 35 A 3');
    expect(lines.slice(1)).toEqual(['1 late A 2', '2 late A 3']);
    // 35 is taken on, for the window right of it, but its left window ends at 35.
    expect(ledger).toMatchObject({ late: 2, lateWindows: 2 });
  });
});

describe('on close, sliding windows', () => {
  test('come when stream time less grace is behind their end, by start and key', () => {
    // kafka.sliding.aggregateLarge.onClose, its last firing
    const { lines, ledger } = runStore(
      { ...sliding, latenessMs: 10 },
      '+ 10 A 1\n+ 20 A 2\n+ 22 A 3\n+ 15 A 4\n+ 15 C 5\n+ 18 B 6\n+ 29 D 7',
    );
    expect(lines).toEqual(['2 A [0,10] 0+1 @10', '6 A [5,15] 0+1+4 @15', '6 C [5,15] 0+5 @15', '6 B [8,18] 0+6 @18']);
    expect(ledger).toMatchObject({ in: 7, late: 0 });
  });

  test('are not looked for after a row before the first full window', () => {
    const { lines } = runStore({ ...sliding, sizeMs: 50 }, '+ 0 A 1\n+ 5 A 2\n+ 70 B 3');
    expect(lines).toEqual(['2 A [0,50] 0+1+2 @5', '2 A [1,51] 0+2 @5']);
  });

  test('are lost when the store has moved past them', () => {
    const kept = runStore(sliding, '+ 20 a 1\n+ 40 a 2');
    expect(kept.lines).toEqual(['1 a [10,20] 0+1 @20']);
    const { lines, ledger } = runStore(sliding, '+ 20 a 1\n+ 41 a 2');
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ late: 1, lateWindows: 0, held: 1 });
  });

  test('keep rows in the ledger as long as later windows may be made of them', () => {
    const log = '+ 10 A 1\n+ 14 A 2\n+ 15 B 3';
    expect(runStore(sliding, log).ledger).toMatchObject({ used: 0, held: 3 });
    expect(runStore(sliding, `${log}\n+ 35 B 4`).ledger).toMatchObject({ used: 1, held: 3, late: 0 });
  });
});
