import { describe, expect, test } from 'vitest';
import { runStore } from '../../testing/store-lines.ts';
import { INT, STRING, field } from '../../stream/types.ts';
import { runWindow } from '../../testing/window-run.ts';

const hopping = { kind: 'hopping', sizeMs: 10, advanceMs: 5 };
const tumbling = { kind: 'tumbling', sizeMs: 10 };
const updates = { emission: 'each-event' };

describe('with each event, time windows', () => {
  test('give every window of the row, the earliest first, at the largest time of their rows', () => {
    const { lines } = runStore({ ...hopping, ...updates, latenessMs: 100 }, '+ 8 B 1\n+ 13 B 2\n+ 2 B 3\n+ 9 B 4');
    expect(lines).toEqual([
      '0 B [0,10] 0+1 @8',
      '0 B [5,15] 0+1 @8',
      '1 +U B [5,15] 0+1+2 @13',
      '1 B [10,20] 0+2 @13',
      '2 +U B [0,10] 0+1+3 @8',
      '3 +U B [0,10] 0+1+3+4 @9',
      '3 +U B [5,15] 0+1+2+4 @13',
    ]);
  });

  test('drop a row for each window by itself, and count each', () => {
    const { lines, ledger } = runStore({ ...hopping, ...updates }, '+ 12 A 1\n+ 8 A 2\n+ 3 A 3');
    expect(lines.slice(2)).toEqual(['1 +U A [5,15] 0+1+2 @12', '2 late A 3']);
    expect(ledger).toMatchObject({ in: 3, held: 2, late: 1, lateWindows: 2 });
  });

  test('end behind stream time less grace: 110 is not behind 200 - 90', () => {
    // kafka.tumbling.expiredByGrace.onUpdate
    const { lines, ledger } = runStore(
      { ...tumbling, ...updates, latenessMs: 90 },
      '+ 200 k 1\n+ 109 k 2\n+ 110 k 3\n+ 6 k 4',
    );
    expect(lines).toEqual(['0 k [200,210] 0+1 @200', '1 late k 2', '2 k [110,120] 0+3 @110', '3 late k 4']);
    expect(ledger).toMatchObject({ late: 2, lateWindows: 2, held: 2 });
  });

  test('begin at 1970, so that early rows have fewer', () => {
    expect(runStore({ ...hopping, ...updates }, '+ 3 A 1').lines).toEqual(['0 A [0,10] 0+1 @3']);
  });

  test('are used up when their time is over', () => {
    const { ledger } = runStore({ ...tumbling, ...updates, latenessMs: 5 }, '+ 3 A 1\n+ 14 A 2\n+ 15 A 3');
    expect(ledger).toMatchObject({ used: 1, held: 2 });
  });
});

describe('stream time', () => {
  test('moves with rows that have a key and a time from 0 on, and with no others', () => {
    const { lines, ledger } = runStore(tumbling, '+ 1 A 1\n+ 50 v=2\n+ - A 3\n+ -1 A 4\n+ 9 A 5\n+ 10 A 6');
    expect(lines.filter((line) => !line.includes('rejected'))).toEqual(['5 A [0,10] 0+1+5 @9']);
    expect(ledger).toMatchObject({ rejected: 3, used: 2, held: 1, late: 0 });
  });

  test('does not come with watermarks or the end of the input', () => {
    const { lines, ledger } = runStore(tumbling, '+ 1 A 1\nW 100\nend');
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ held: 1 });
  });
});

describe('on close, time windows', () => {
  test('come after the row that closes them, by start and key', () => {
    // kafka.hopping.interval0.onClose
    const { lines } = runStore({ ...hopping, latenessMs: 5 }, '+ 0 A 1\n+ 5 A 1\n+ 10 B 2\n+ 15 C 3\n+ 20 D 4', {
      retentionMs: 86_400_000,
    });
    expect(lines).toEqual(['3 A [0,10] 0+1+1 @5', '4 A [5,15] 0+1 @5', '4 B [5,15] 0+2 @10']);
  });

  test('wait for the emit interval of the processing clock', () => {
    // kafka.hopping.largeInterval.onClose
    const { lines } = runStore(
      { ...hopping, latenessMs: 5 },
      '+ 0 A 1 @ 0\n+ 5 A 1 @ 0\n+ 10 B 2 @ 0\n+ 15 C 3 @ 0\n+ 20 D 4 @ 10000\n+ 40 E 5 @ 10100',
      { retentionMs: 86_400_000, emitIntervalMs: 1000 },
    );
    expect(lines).toEqual(['4 A [0,10] 0+1+1 @5', '4 A [5,15] 0+1 @5', '4 B [5,15] 0+2 @10']);
  });

  test('are lost when the store has moved past them: their rows are late, without a drop', () => {
    expect(runStore(tumbling, '+ 0 a 1\n+ 19 a 2').lines).toEqual(['1 a [0,10] 0+1 @0']);
    const { lines, ledger } = runStore(tumbling, '+ 0 a 1\n+ 20 a 2\n+ 40 a 3');
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ in: 3, late: 2, lateWindows: 0, held: 1, stateRows: 1 });
  });

  test('are kept longer by a longer retention', () => {
    const { lines, ledger } = runStore(tumbling, '+ 0 a 1\n+ 20 a 2\n+ 40 a 3', { retentionMs: 30 });
    expect(lines).toEqual(['1 a [0,10] 0+1 @0', '2 a [20,30] 0+2 @20']);
    expect(ledger).toMatchObject({ late: 0, used: 2, held: 1 });
  });

  test('refuse a retention that is shorter than they may change', () => {
    expect(() => runStore({ ...tumbling, latenessMs: 5 }, '', { retentionMs: 14 })).toThrow('15ms, grace included');
  });

  test('have keys in order of their bytes: negative numbers last, texts as UTF-8', () => {
    const schema = { fields: [field('n', INT), field('s', STRING)] };
    const keys = (column: string, log: string) =>
      runWindow({ schema, dialect: 'kafka-streams', config: { ...tumbling, keys: [column] }, log }).lines.map(
        ({ row }) => row[column],
      );
    expect(keys('n', '+ 1 n=-1\n+ 1 n=256\n+ 1 n=1\n+ 10 n=0')).toEqual([1, 256, -1]);
    expect(keys('s', '+ 1 s=\u{1f600}\n+ 1 s=\uff5a\n+ 1 s=b\n+ 1 s=ab\n+ 10 s=a')).toEqual([
      'ab',
      'b',
      '\uff5a',
      '\u{1f600}',
    ]);
  });
});

test('EMIT FINAL of ksqlDB is on close', () => {
  const { lines, ledger } = runStore(
    { kind: 'tumbling', sizeMs: 2, latenessMs: 1 },
    '+ 0 k 1\n+ 2 k 2\n+ 1 k 3\n+ 5 k 4',
    {},
    'ksqldb',
  );
  // The window from 0 on ends with stream time 3, which never comes: at 5 the store has passed it.
  expect(lines).toEqual(['3 k [2,4] 0+2 @2']);
  expect(ledger).toMatchObject({ used: 1, late: 2, held: 1 });
});
