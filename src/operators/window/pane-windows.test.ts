import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { PANE_TIMING_NAMES } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { WindowRun } from '../../testing/window-run.ts';
import { logOfWindow, planOfWindow, runWindow } from '../../testing/window-run.ts';
import type { Trigger } from '../shared/trigger.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };
const AT_END: Trigger = { on: 'end-of-window' };

function count(rows: number): Trigger {
  return { on: 'count', rows };
}

function repeatedly(of: Trigger): Trigger {
  return { on: 'repeatedly', of };
}

function delay(delayMs: number): Trigger {
  return { on: 'processing-delay', delayMs };
}

/** Watermarks in the logs are Flink's: one less than Beam's own, which the recorded cases state. */
function run(log: string, config: object, engine: object = {}) {
  const aggregates = [{ name: 'total', function: 'sum', argument: 'amount' }];
  const whole: WindowRun = { schema, dialect: 'beam', log, config: { aggregates, keys: ['user'], ...config }, engine };
  const { lines, ledger } = runWindow(whole);
  return {
    panes: panesOf(whole),
    late: lines.filter(({ node }) => node === 'late').map(({ seq, row }) => `${seq} ${String(row['amount'])}`),
    ledger,
  };
}

/** `3.1 [0,10) on-time#0 a 7 @9`: position, window, pane, `!` for the last one, key, sum, time of the result. */
function panesOf(whole: WindowRun): readonly string[] {
  const panes: string[] = [];
  const plan = planOfWindow(whole);
  const engine = new Engine(plan, {
    committed: (node, { origin, columns, length, seq, phase, ts }) => {
      if (plan.nodes[node]?.id !== 'out' || origin === null) return;
      for (let row = 0; row < length; row++) {
        const at = `${seq[row]}.${phase?.[row] ?? 0}`;
        const window = `[${origin.windowStartMs[row]},${origin.windowEndMs[row]})`;
        const pane = `${PANE_TIMING_NAMES[origin.timing[row]!]!}#${origin.paneIndex[row]}${origin.last?.[row] === 1 ? '!' : ''}`;
        const [key, total] = [columns[0]!, columns.at(-1)!];
        const user = key.kind === 'text' ? key.dictionary[key.ids[row]!]! : '';
        const sum = total.kind !== 'float' || isNull(total.nulls, row) ? '–' : String(total.values[row]);
        panes.push(`${at} ${window} ${pane} ${user} ${sum} @${ts[row]}`);
      }
    },
  });
  engine.run(logOfWindow(whole));
  return panes;
}

describe('panes, as ReduceFnRunnerTest of Beam 2.57 states them', () => {
  test('testSessionEowAndGcTogether: end and expiry in one step are one last pane, on time', () => {
    const { panes, ledger } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const first = run(log.split('\n').slice(0, 5).join('\n'), config, { trigger: AT_END });
    expect(first.ledger.lateWindows).toBe(1);
    const { late, ledger } = run(log, config, { trigger: AT_END });
    expect(late).toEqual(['5 16']);
    expect(ledger).toMatchObject({ in: 4, used: 2, held: 1, late: 1, lateWindows: 4 });
  });

  test('testEmptyOnTimeWithOnTimeBehaviorBackwardCompatibility: an empty pane on time', () => {
    const { panes } = run(
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
    const { panes } = run(
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
    const { panes, ledger } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { late, ledger } = run(
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

describe('sessions', () => {
  const session = { kind: 'session', gapMs: 10, latenessMs: 100 };

  test('are two when only their ends touch, and one when a row lies in both', () => {
    const { panes, ledger } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
    const { late } = run(
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
    const { panes } = run(
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
    const { panes, ledger } = run(
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
    const { panes } = run(
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
    const { panes } = run(
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
