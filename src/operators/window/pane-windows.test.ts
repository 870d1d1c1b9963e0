import { describe, expect, test } from 'vitest';
import { AT_END, count, delay, repeatedly, runPanes } from '../../testing/pane-run.ts';

describe('panes, as ReduceFnRunnerTest of Beam 2.57 states them', () => {
  test('testSessionEowAndGcTogether: end and expiry in one step are one last pane, on time', () => {
    const { panes, ledger } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      W 99
    `,
      { kind: 'session', gapMs: 10, latenessMs: 50 },
      { closing: 'fire-always' },
    );
    expect(panes).toEqual(['2.1 [1,11) on-time#0! k 1 @10']);
    expect(ledger).toMatchObject({ in: 1, used: 1, held: 0, stateRows: 0, stateBytes: 0 });
  });

  test('testOnlyOneOnTimePane', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      W 9
      + 3 user=k amount=3
    `,
      { sizeMs: 10, latenessMs: 100 },
    );
    expect(panes).toEqual(['2.1 [0,10) on-time#0 k 1 @9', '3.0 [0,10) late#1 k 4 @9']);
  });

  test('testPaneInfoAllStatesAfterWatermarkAccumulating', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      + 2 user=k amount=2
      W 49
      W 149
    `,
      { sizeMs: 10, latenessMs: 100 },
      {
        trigger: repeatedly({ on: 'after-first', of: [count(2), AT_END] }),
        closing: 'fire-always',
        timestamps: 'earliest',
      },
    );
    expect(panes).toEqual(['2.0 [0,10) early#0 k 3 @1', '3.1 [0,10) on-time#1 k 3 @9', '4.1 [0,10) late#2! k 3 @9']);
  });

  test('testPaneInfoFinalAndOnTime: what was shown is discarded', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      + 2 user=k amount=2
      W 149
    `,
      { sizeMs: 10, latenessMs: 100, accumulation: 'discarding' },
      { trigger: { on: 'or-finally', of: repeatedly(count(2)), until: AT_END }, closing: 'fire-always' },
    );
    expect(panes).toEqual(['2.0 [0,10) early#0 k 3 @9', '3.1 [0,10) on-time#1! k 0 @9']);
  });

  test('testCombiningAccumulatingEventTime: the time of the earliest row', () => {
    const { panes } = runPanes(
      `
      + 2 user=k amount=2
      + 5 user=k amount=5
      W 999
    `,
      { sizeMs: 100, latenessMs: 1 },
      { trigger: repeatedly(AT_END), timestamps: 'earliest' },
    );
    expect(panes).toEqual(['2.1 [0,100) on-time#0! k 7 @2']);
  });

  test('testDropDataMultipleWindowsFinishedTrigger: a closed window takes no more rows, however much lateness is allowed', () => {
    const log = `
      + 23 user=k amount=10
      + 40 user=k amount=12
      W 69
      + 60 user=k amount=14
      W 129
      + 40 user=k amount=16
    `;
    const config = {
      kind: 'hopping',
      sizeMs: 100,
      advanceMs: 30,
      latenessMs: 1000,
      accumulation: 'discarding',
      keys: [],
    };
    const first = runPanes(log.split('\n').slice(0, 5).join('\n'), config, { trigger: AT_END });
    expect(first.ledger.lateWindows).toBe(1);
    const { late, ledger } = runPanes(log, config, { trigger: AT_END });
    expect(late).toEqual(['5 16']);
    expect(ledger).toMatchObject({ in: 4, used: 2, held: 1, late: 1, lateWindows: 4 });
  });

  test('testEmptyOnTimeWithOnTimeBehaviorBackwardCompatibility: an empty pane on time', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      W 10
    `,
      { sizeMs: 10 },
      { trigger: { on: 'end-of-window', early: count(1) }, timestamps: 'earliest' },
    );
    expect(panes).toEqual(['1.0 [0,10) early#0 k 1 @1', '2.1 [0,10) on-time#1! k 1 @9']);
  });

  test('testEmptyOnTimeWithOnTimeBehaviorFireIfNonEmptyAndLateData: the pane that was left out is not made up for', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      + 3 user=k amount=1
      + 7 user=k amount=1
      + 5 user=k amount=1
      clock 5
      clock 6
      W 10
      + 9 user=k amount=1
      clock 31
      clock 32
    `,
      { sizeMs: 10, latenessMs: 100 },
      {
        trigger: {
          on: 'after-each',
          of: [{ on: 'or-finally', of: repeatedly(delay(5)), until: AT_END }, repeatedly(delay(25))],
        },
        timestamps: 'earliest',
        onTime: 'fire-if-non-empty',
      },
    );
    expect(panes).toEqual(['6.1 [0,10) early#0 k 4 @1', '10.1 [0,10) late#1 k 5 @9']);
  });

  test('testProcessingTime: early, on time and late by the clock, the last at the expiry', () => {
    const { panes, ledger } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      + 3 user=k amount=1
      + 7 user=k amount=1
      + 5 user=k amount=1
      clock 6
      + 8 user=k amount=1
      + 4 user=k amount=1
      W 10
      + 8 user=k amount=1
      + 4 user=k amount=1
      + 5 user=k amount=1
      W 11
      + 3 user=k amount=1
      clock 15
      + 5 user=k amount=1
      clock 32
      + 3 user=k amount=1
      W 124
    `,
      { sizeMs: 10, latenessMs: 100 },
      {
        trigger: {
          on: 'after-each',
          of: [{ on: 'or-finally', of: repeatedly(delay(5)), until: AT_END }, repeatedly(delay(25))],
        },
        timestamps: 'earliest',
      },
    );
    expect(panes).toEqual([
      '5.1 [0,10) early#0 k 4 @1',
      '8.1 [0,10) on-time#1 k 6 @4',
      '16.1 [0,10) late#2 k 11 @9',
      '18.1 [0,10) late#3! k 12 @9',
    ]);
    expect(ledger).toMatchObject({ in: 12, used: 12, held: 0 });
  });

  test('testEmptyOnTimeWithOnTimeBehaviorFireIfNonEmpty: the closing pane is late', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=4
      clock 6
      W 10
      W 109
    `,
      { sizeMs: 10, latenessMs: 100 },
      {
        trigger: {
          on: 'after-each',
          of: [{ on: 'or-finally', of: repeatedly(delay(5)), until: AT_END }, repeatedly(delay(25))],
        },
        timestamps: 'earliest',
        onTime: 'fire-if-non-empty',
        closing: 'fire-always',
      },
    );
    expect(panes).toEqual(['2.1 [0,10) early#0 k 4 @1', '4.1 [0,10) late#1! k 4 @9']);
  });

  test('fireEmptyOnDrainInGlobalWindowIfRequested: the end of the input is the end of the global window', () => {
    const rows = Array.from({ length: 8 }, (_, i) => `clock ${i}\n+ ${i} user=k amount=1`);
    const { panes } = runPanes(
      `${rows.join('\n')}\nclock 12\nend`,
      { kind: 'global', accumulation: 'discarding' },
      { trigger: repeatedly(delay(3)) },
    );
    expect(panes).toEqual([
      '8.1 [NaN,NaN) early#0 k 4 @NaN',
      '16.1 [NaN,NaN) early#1 k 4 @NaN',
      '17.1 [NaN,NaN) on-time#2! k 0 @NaN',
    ]);
  });

  test('setGarbageCollectionHoldOnLateElements: rows that no late firing showed come out with the expiry', () => {
    const { panes } = runPanes(
      `
      W -1
      + 1 user=k amount=1
      W 108
      + 2 user=k amount=2
      W 109
    `,
      { sizeMs: 10, latenessMs: 100, accumulation: 'discarding' },
      { trigger: { on: 'end-of-window', late: count(2) }, timestamps: 'earliest' },
    );
    expect(panes).toEqual(['2.1 [0,10) on-time#0 k 1 @1', '4.1 [0,10) late#1! k 2 @9']);
  });

  // The test keeps the timers of the watermark back; here the window expires with its step, and the clock finds nothing.
  test('testLateProcessingTimeTimer: a timer of the clock after the expiry does nothing', () => {
    const { panes } = runPanes(
      `
      + 2 user=k amount=2 @ 5000
      + 5 user=k amount=5
      W 99
      clock 6000
    `,
      { sizeMs: 100 },
      { trigger: repeatedly(delay(10)), timestamps: 'earliest' },
    );
    expect(panes).toEqual(['2.1 [0,100) on-time#0! k 7 @2']);
  });

  test('testLateDataFilter: late is what belongs to an expired window', () => {
    const { late, ledger } = runPanes(
      `
      W 14
      + 13 user=k amount=13
      + 5 user=k amount=5
      + 16 user=k amount=16
      + 18 user=k amount=18
    `,
      { sizeMs: 10 },
    );
    expect(late).toEqual(['2 5']);
    expect(ledger).toMatchObject({ in: 4, held: 3, late: 1, lateWindows: 1 });
  });
});
