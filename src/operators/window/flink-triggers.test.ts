import { describe, expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { WindowLine, WindowRun } from '../../testing/window-run.ts';
import { runWindow } from '../../testing/window-run.ts';
import type { Trigger } from '../shared/trigger.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };
const aggregates = [{ name: 'total', function: 'sum', argument: 'amount' }];

function run(trigger: Trigger | undefined, log: string, config: object = {}, more: Partial<WindowRun> = {}) {
  const { lines, ledger } = runWindow({
    schema,
    dialect: 'flink-datastream',
    config: { kind: 'tumbling', sizeMs: 10, keys: ['user'], aggregates, ...config },
    engine: trigger === undefined ? {} : { trigger },
    log,
    ...more,
  });
  return { lines: lines.map(show), ledger };
}

/** `3.1 [0,10) on-time#0 a 7`: position, window, pane, key, sum. */
function show({ seq, phase, op, row, window, pane }: WindowLine): string {
  const kind = op === '+I' ? '' : `${op} `;
  const where = window === null || pane === null ? '' : `[${window.join(',')}) ${pane.timing}#${pane.index} `;
  return `${seq}.${phase} ${kind}${where}${String(row['user'])} ${String(row['total'])}`;
}

/** Rows of user a with these amounts, one after the other, all at time 1. */
function rows(...amounts: readonly number[]): string {
  return amounts.map((amount) => `+ 1 user=a amount=${amount}`).join('\n');
}

describe('a count trigger', () => {
  test('fires with every so many rows of a key, and not at the end of the window', () => {
    const { lines, ledger } = run({ on: 'count', rows: 2 }, `${rows(1, 2, 4)}\n+ 1 user=b amount=9\nend`);
    expect(lines).toEqual(['1.0 [0,10) early#0 a 3']);
    // What no result showed was filtered by the trigger.
    expect(ledger).toMatchObject({ in: 4, used: 2, filtered: 2, held: 0 });
  });

  test('adds the counts of sessions that merge', () => {
    const log = '+ 0 user=a amount=1\n+ 1 user=a amount=2\n+ 9 user=a amount=4\n+ 5 user=a amount=8\nend';
    const { lines } = run({ on: 'count', rows: 4 }, log, { kind: 'session', gapMs: 5 });
    expect(lines).toEqual(['3.0 [0,14) early#0 a 15']);
  });

  test('inside a purging one gives each row once', () => {
    const trigger = { on: 'purging', of: { on: 'count', rows: 2 } } as const;
    const { lines, ledger } = run(trigger, `${rows(1, 2, 4, 8, 16)}\nend`);
    expect(lines).toEqual(['1.0 [0,10) early#0 a 3', '3.0 [0,10) early#1 a 12']);
    expect(ledger).toMatchObject({ in: 5, used: 4, filtered: 1 });
  });
});

describe('a continuous trigger on event time', () => {
  // Flink 2.0, WindowOperatorTest#testSessionWindowsWithContinuousEventTimeTrigger, recorded
  test('goes by the grid of its interval from the first row on; merged sessions by the earlier one', () => {
    const { lines } = run(
      { on: 'continuous-event-time', intervalMs: 2000 },
      `
      + 1500 user=key1 amount=1
      + 0 user=key2 amount=1
      + 2500 user=key2 amount=3
      + 1000 user=key2 amount=2
      W 2500
      + 4000 user=key2 amount=5
      W 3000
      + 4000 user=key1 amount=2
      + 3500 user=key2 amount=4
      W 4000
    `,
      { kind: 'session', gapMs: 3000 },
    );
    expect(lines).toEqual([
      '4.1 [1500,4500) early#0 key1 1',
      '4.1 [0,5500) early#0 key2 6',
      '9.1 [0,7000) early#0 key2 15',
      '9.1 [1500,7000) early#0 key1 3',
    ]);
  });

  test('fires at the end of the window too, then with each late row', () => {
    const { lines } = run({ on: 'continuous-event-time', intervalMs: 4 }, `${rows(1)}\nW 20\n${rows(2)}`, {
      latenessMs: 20,
    });
    expect(lines).toEqual([
      '1.1 [0,10) early#0 a 1',
      '1.1 [0,10) early#1 a 1',
      '1.1 [0,10) on-time#2 a 1',
      '2.0 [0,10) late#3 a 3',
    ]);
  });

  test('that would have fired already waits for the next watermark', () => {
    const { lines } = run({ on: 'continuous-event-time', intervalMs: 4 }, `W 6\n${rows(1)}\nclock 5\nW 7`);
    expect(lines).toEqual(['3.1 [0,10) early#0 a 1']);
  });

  test('fires once more when time ends in a window that does not', () => {
    const { lines } = run({ on: 'continuous-event-time', intervalMs: 4 }, `${rows(1)}\nend`, { kind: 'global' });
    expect(lines).toEqual(['1.1 a 1', '1.1 a 1']);
  });
});

describe('triggers on the clock in windows of event time', () => {
  test('a delay fires so long after the first row since it last did', () => {
    const { lines, ledger } = run(
      { on: 'processing-delay', delayMs: 100 },
      `
      + 1 user=a amount=1 @ 1000
      + 1 user=a amount=2 @ 1050
      clock 1099
      clock 1100
      clock 1300
      + 1 user=a amount=4 @ 1310
      clock 1500
      + 1 user=a amount=8
      end
    `,
    );
    expect(lines).toEqual(['3.1 [0,10) early#0 a 3', '6.1 [0,10) early#1 a 7']);
    expect(ledger).toMatchObject({ in: 4, used: 3, filtered: 1 });
  });

  test('a continuous one goes by the grid of the clock', () => {
    const { lines } = run(
      { on: 'continuous-processing-time', intervalMs: 100 },
      '+ 1 user=a amount=1 @ 1030\nclock 1100\nclock 1250\nclock 1300',
    );
    expect(lines).toEqual(['1.1 [0,10) early#0 a 1', '2.1 [0,10) early#1 a 1', '3.1 [0,10) early#2 a 1']);
  });
});

describe('panes of the older group windows of Flink SQL', () => {
  const sql: Partial<WindowRun> = { dialect: 'flink-sql', engine: { api: 'group-window' } };
  const run2 = (log: string, config: object) => run(undefined, log, { emission: 'panes', ...config }, sql);

  // ProcessingTimeTriggers.AfterFirstElementPeriodic
  test('early ones come at equal distances from the first row, if something has changed', () => {
    const { lines } = run2(
      `
      + 1 user=a amount=1 @ 1030
      clock 1130
      + 1 user=a amount=2 @ 1150
      clock 1200
      clock 1230
      clock 1330
      + 1 user=a amount=4
      W 9
      clock 1430
    `,
      { earlyEveryMs: 100 },
    );
    expect(lines).toEqual([
      '1.1 [0,10) early#0 a 1',
      '4.1 -U [0,10) early#1 a 1',
      '4.1 +U [0,10) early#1 a 3',
      '7.1 -U [0,10) on-time#2 a 3',
      '7.1 +U [0,10) on-time#2 a 7',
    ]);
  });

  test('late ones wait for the clock where they have a delay, else each late row gives one', () => {
    const log = '+ 1 user=a amount=1 @ 1000\nW 9\n+ 1 user=a amount=2\n+ 1 user=a amount=4\nclock 1100\nW 20';
    expect(run2(log, { latenessMs: 20, lateEveryMs: 100 }).lines).toEqual([
      '1.1 [0,10) on-time#0 a 1',
      '4.1 -U [0,10) late#1 a 1',
      '4.1 +U [0,10) late#1 a 7',
    ]);
    expect(run2(log, { latenessMs: 20 }).lines).toEqual([
      '1.1 [0,10) on-time#0 a 1',
      '2.0 -U [0,10) late#1 a 1',
      '2.0 +U [0,10) late#1 a 3',
      '3.0 -U [0,10) late#2 a 3',
      '3.0 +U [0,10) late#2 a 7',
    ]);
  });

  test('by number and by time: whichever comes first, both begin anew', () => {
    const { lines } = run2(
      `
      + 1 user=a amount=1 @ 1000
      + 1 user=a amount=2 @ 1090
      clock 1100
      + 1 user=a amount=4 @ 1150
      clock 1249
      clock 1250
    `,
      { earlyEveryMs: 100, earlyEveryRows: 2 },
    );
    expect(lines).toEqual(['1.0 [0,10) early#0 a 3', '5.1 -U [0,10) early#1 a 3', '5.1 +U [0,10) early#1 a 7']);
  });

  test('on the clock the end of the window is its own', () => {
    const { lines } = run(
      undefined,
      '+ 1 user=a amount=1 @ 1030\nclock 1130\n+ 1 user=a amount=2 @ 1150\nclock 2000',
      { sizeMs: 1000, emission: 'panes', earlyEveryMs: 100 },
      { ...sql, timeDomain: 'processing' },
    );
    expect(lines).toEqual([
      '1.1 [1000,2000) early#0 a 1',
      '3.1 -U [1000,2000) early#1 a 1',
      '3.1 +U [1000,2000) early#1 a 3',
    ]);
  });
});

describe('a window that nothing fires', () => {
  test('goes away without a result', () => {
    const { lines, ledger } = run({ on: 'never' }, `${rows(1, 2)}\nW 9\n${rows(4)}\nend`);
    expect(lines).toEqual(['3.0 a undefined']);
    expect(ledger).toMatchObject({ in: 3, used: 0, filtered: 2, late: 1 });
  });
});
