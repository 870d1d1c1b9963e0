import { describe, expect, test } from 'vitest';
import type { JoinRun, JoinSetting } from '../../testing/join-run.ts';
import { runJoin } from '../../testing/join-run.ts';

function sql(log: string, config: object = {}, setting: Partial<JoinSetting> = {}): JoinRun {
  const whole = { leftKeys: ['k'], rightKeys: ['k'], ...config };
  return runJoin(log, { kind: 'join.window', dialect: 'flink-sql', isWindowed: true, config: whole, ...setting });
}

function stream(log: string, config: object, setting: Partial<JoinSetting> = {}): JoinRun {
  const whole = { leftKeys: ['k'], rightKeys: ['k'], ...config };
  return runJoin(log, { kind: 'join.window', dialect: 'flink-datastream', config: whole, ...setting });
}

const UNTIL_10 = 'from=0 to=10';
const ROWS = `
  + 1 k=a v=1 ${UNTIL_10}
  + 2 k=b v=2 ${UNTIL_10}
  1+ 1 k=a v=3 ${UNTIL_10}
  1+ 2 k=c v=4 ${UNTIL_10}
  + 3 k=a v=5 ${UNTIL_10}
  W 9
  1W 9`;

describe('a window join of Flink SQL', () => {
  test.each([
    ['inner', ['6 out t=9 1-3', '6 out t=9 5-3']],
    ['left', ['6 out t=9 1-3', '6 out t=9 5-3', '6 out t=9 2-.']],
    ['right', ['6 out t=9 1-3', '6 out t=9 5-3', '6 out t=9 .-4']],
    ['full', ['6 out t=9 1-3', '6 out t=9 5-3', '6 out t=9 2-.', '6 out t=9 .-4']],
    ['semi', ['6 out t=9 1', '6 out t=9 5']],
    ['anti', ['6 out t=9 2']],
  ])('%s', (kind, lines) => {
    const { lines: actual, ledger } = sql(ROWS, { kind });
    expect(actual).toEqual(lines);
    expect(ledger).toMatchObject({ in: 5, held: 0 });
  });

  test('waits for the last millisecond of the window', () => {
    expect(sql(ROWS.replaceAll('W 9', 'W 8')).ledger).toMatchObject({ held: 5, unmatched: 0 });
    expect(sql(ROWS.replaceAll('W 9', 'W 8')).lines).toEqual([]);
  });

  test('joins rows of the very same window alone', () => {
    const log = '+ 1 k=a v=1 from=0 to=10\n1+ 1 k=a v=2 from=5 to=10\n1+ 1 k=a v=3 from=0 to=20\nend\n1end';
    expect(sql(log).lines).toEqual([]);
  });

  test('drops a row whose window was complete', () => {
    const { lines, ledger } = sql(`W 9\n1W 9\n+ 12 k=a v=1 ${UNTIL_10}\n1+ 12 k=a v=2 from=0 to=11`);
    expect(lines).toEqual(['2 late t=12 1-.']);
    expect(ledger).toMatchObject({ late: 1, lateWindows: 1, held: 1 });
  });

  test('rejects a row without a window', () => {
    expect(sql('+ 1 k=a v=1 from=0').lines).toEqual(['0 rejected t=1 1-.']);
  });

  test('NULL is no key, a key, or might be any', () => {
    const log = (nulls: string): string =>
      `+ 1 k=a v=1 ${UNTIL_10}\n+ 1 v=2 ${UNTIL_10}\n${nulls}\n1+ 1 k=c v=4 ${UNTIL_10}\nW 9\n1W 9`;
    const withNull = log(`1+ 1 v=3 ${UNTIL_10}`);
    expect(sql(withNull, { kind: 'anti' }).lines).toEqual(['5 out t=9 1', '5 out t=9 2']);
    expect(sql(withNull, { kind: 'anti', nullSafeKeys: ['k'] }).lines).toEqual(['5 out t=9 1']);
    // NOT IN: a NULL among the right rows leaves nothing, one on the left is left out where there are right rows at all.
    expect(sql(withNull, { kind: 'anti', nullAware: true }).lines).toEqual([]);
    expect(sql(log('# none'), { kind: 'anti', nullAware: true }).lines).toEqual(['4 out t=9 1']);
  });

  test('a condition that fails for a pair is told, and the pair does not match', () => {
    const log = `+ 1 k=a v=4 ${UNTIL_10}\n1+ 1 k=a v=0 ${UNTIL_10}\n1+ 1 k=a v=2 ${UNTIL_10}\nW 9\n1W 9`;
    const { lines, ledger, rejections } = sql(log, { kind: 'full', residual: 'v / right_v > 1' });
    expect(lines).toEqual(['4 out t=9 4-2', '4 out t=9 .-0']);
    expect(rejections).toHaveLength(1);
    expect(ledger).toMatchObject({ used: 3, rejected: 0 });
  });

  test('takes windows that are told in local time for what they are', () => {
    const log = '+ 1 k=a v=1 from=5 to=15\n1+ 1 k=a v=2 from=5 to=15\nW 8\n1W 8\nW 9\n1W 9';
    expect(sql(log, {}, { engine: { localOffsetMs: 5 } }).lines).toEqual(['5 out t=9 1-2']);
  });
});

describe('a window join of the DataStream API', () => {
  test('joins what is in the same hopping windows, once in each', () => {
    const log = '+ 6 k=a v=1\n1+ 9 k=a v=2\n1+ 11 k=a v=3\nend\n1end';
    const config = { window: 'hopping', sizeMs: 10, advanceMs: 5 };
    expect(stream(log, config).lines).toEqual(['4 out t=9 1-2', '4 out t=14 1-2', '4 out t=14 1-3']);
  });

  test('a session goes on with rows of either side', () => {
    const log = '+ 0 k=a v=1\n1+ 8 k=a v=2\n+ 16 k=a v=3\nW 25\n1W 25';
    expect(stream(log, { window: 'session', gapMs: 10 }).lines).toEqual(['4 out t=25 1-2', '4 out t=25 3-2']);
  });

  test('rows of sessions that a later row joins stand as they came', () => {
    const log = '+ 20 k=a v=1\n+ 0 k=a v=2\n1+ 10 k=a v=3\nend\n1end';
    expect(stream(log, { window: 'session', gapMs: 10 }).lines).toEqual(['4 out t=29 1-3', '4 out t=29 2-3']);
  });

  test('gives all pairs of a window again with each row that comes within the lateness', () => {
    const log = '+ 1 k=a v=1\n1+ 2 k=a v=2\nW 9\n1W 9\n1+ 3 k=a v=3\nW 14\n1W 14\n1+ 4 k=a v=4';
    const { lines, ledger } = stream(log, { window: 'tumbling', sizeMs: 10, latenessMs: 5 });
    expect(lines).toEqual(['3 out t=9 1-2', '4 out t=9 1-2', '4 out t=9 1-3', '7 late t=4 .-4']);
    expect(ledger).toMatchObject({ in: 4, used: 3, late: 1, held: 0 });
  });

  test('goes by the clock where the graph does', () => {
    const log = '+ - k=a v=1 @ 103\n1+ - k=a v=2 @ 105\nclock 108\n1+ - k=a v=3 @ 108\nclock 109';
    const config = { window: 'tumbling', sizeMs: 10 };
    const { lines } = stream(log, config, { timeDomain: 'processing' });
    expect(lines).toEqual(['4 out t=109 1-2', '4 out t=109 1-3']);
  });

  test('NULL keys meet nobody', () => {
    const { lines, ledger } = stream('+ 1 v=1\n1+ 1 v=2\nend\n1end', { window: 'tumbling', sizeMs: 10 });
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ in: 2, unmatched: 2 });
  });
});
