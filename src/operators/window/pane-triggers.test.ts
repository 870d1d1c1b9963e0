import { describe, expect, test } from 'vitest';
import { AT_END, count, delay, repeatedly, runPanes } from '../../testing/pane-run.ts';

describe('sessions', () => {
  const session = { kind: 'session', gapMs: 10, latenessMs: 100 };

  test('are two when only their ends touch, and one when a row lies in both', () => {
    const { panes, ledger } = runPanes(
      `
      + 0 user=a amount=1
      + 10 user=a amount=2
      + 0 user=b amount=1
      + 18 user=b amount=2
      + 9 user=b amount=4
      W 9
      W 27
    `,
      session,
    );
    expect(panes).toEqual([
      '5.1 [0,10) on-time#0 a 1 @9',
      '6.1 [10,20) on-time#0 a 2 @19',
      '6.1 [0,28) on-time#0 b 7 @27',
    ]);
    expect(ledger).toMatchObject({ in: 5, held: 5, used: 0 });
  });

  test('count rows across a merge', () => {
    const { panes } = runPanes(
      `
      + 0 user=a amount=1
      + 15 user=a amount=2
      + 8 user=a amount=4
      + 9 user=a amount=8
    `,
      session,
      { trigger: repeatedly(count(3)) },
    );
    expect(panes).toEqual(['2.0 [0,25) early#0 a 7 @24']);
  });

  test('that grow beyond the watermark again wait for their new end', () => {
    const { panes } = runPanes(
      `
      + 0 user=a amount=1
      W 9
      + 5 user=a amount=2
      W 14
      + 6 user=a amount=4
      + 7 user=a amount=8
      W 16
      + 3 user=a amount=16
    `,
      session,
      { trigger: { on: 'end-of-window', late: count(1) } },
    );
    expect(panes).toEqual([
      '1.1 [0,10) on-time#0 a 1 @9',
      // A session that has grown is another window: its panes are counted anew.
      '3.1 [0,15) on-time#0 a 3 @14',
      '6.1 [0,17) on-time#0 a 15 @16',
      '7.0 [0,17) late#1 a 31 @16',
    ]);
  });

  test('lateness is judged by the row alone, not by the session that it would join', () => {
    const { late } = runPanes(
      `
      + 15 user=a amount=1
      W 20
      + 6 user=a amount=2
      + 14 user=a amount=4
    `,
      { ...session, latenessMs: 0 },
    );
    expect(late).toEqual(['2 2']);
  });
});

describe('a trigger', () => {
  test('asks the clock with each row, and at clock entries once the time has passed', () => {
    const { panes } = runPanes(
      `
      + 1 user=a amount=1 @ 100
      clock 150
      + 2 user=a amount=2 @ 151
      + 3 user=b amount=4
      clock 201
      clock 202
    `,
      { sizeMs: 1000, accumulation: 'discarding' },
      { trigger: repeatedly(delay(50)) },
    );
    expect(panes).toEqual(['2.0 [0,1000) early#0 a 3 @999', '5.1 [0,1000) early#0 b 4 @999']);
  });

  test('of all parts fires with the last of them, once', () => {
    const { panes, ledger } = runPanes(
      `
      + 1 user=a amount=1
      + 2 user=a amount=2
      clock 30
      + 3 user=a amount=4
      W 1000
    `,
      { sizeMs: 1000 },
      { trigger: { on: 'after-all', of: [count(2), delay(20)] } },
    );
    expect(panes).toEqual(['2.1 [0,1000) early#0! a 3 @999']);
    expect(ledger).toMatchObject({ in: 3, used: 2, late: 1, lateWindows: 1, held: 0, stateBytes: 0 });
  });

  test('that never fires leaves it to the expiry', () => {
    const { panes } = runPanes(
      `
      + 1 user=b amount=1
      + 2 user=a amount=2
      W 9
      W 14
    `,
      { sizeMs: 10, latenessMs: 5 },
      { trigger: { on: 'never' } },
    );
    expect(panes).toEqual(['3.1 [0,10) on-time#0! b 1 @9', '3.1 [0,10) on-time#0! a 2 @9']);
  });

  test('in the global window fires by rows, and at the end of the input', () => {
    const { panes } = runPanes(
      `
      + 1 user=a amount=1
      + 2 user=a amount=2
      + 3 user=a amount=4
      end
    `,
      { kind: 'global', accumulation: 'discarding' },
      { trigger: repeatedly({ on: 'after-first', of: [count(2), AT_END] }), timestamps: 'latest' },
    );
    expect(panes).toEqual(['1.0 [NaN,NaN) early#0 a 3 @2', '3.1 [NaN,NaN) on-time#1! a 4 @3']);
  });
});
