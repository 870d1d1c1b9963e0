import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { WindowLine, WindowRun } from '../../testing/window-run.ts';
import { runWindow } from '../../testing/window-run.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };

function run(log: string, config: object, more: Partial<WindowRun> = {}) {
  const { lines, ledger } = runWindow({
    schema,
    dialect: 'flink-sql',
    log,
    config: { result: 'rows', ...config },
    ...more,
  });
  return { lines: lines.map(show), ledger };
}

/** `3.1 [0,3000) +I a 1`: position, window columns, kind, row. */
function show({ seq, phase, node, op, row, ts, window }: WindowLine): string {
  const { user, amount, window_start: start, window_end: end, window_time: time } = row;
  if (node !== 'out') return `${seq}.${phase} ${node} ${String(user)} ${String(amount)}`;
  expect([time, ts, window]).toEqual([(end as number) - 1, time, [start, end]]);
  return `${seq}.${phase} [${String(start)},${String(end)}) ${op} ${String(user)} ${String(amount)}`;
}

describe('window columns without aggregation', () => {
  // Flink 2.0, AlignedWindowTableFunctionOperatorTest#testCumulativeWindows, recorded
  test('cumulate: each row at once with all its windows by end, late ones too', () => {
    const { lines, ledger } = run(
      `
      + 20 user=key1 amount=1
      + 3999 user=key2 amount=1
      W 999
      + 80 user=key2 amount=1
    `,
      { kind: 'cumulate', sizeMs: 3000, stepMs: 1000 },
    );
    expect(lines).toEqual([
      '0.0 [0,1000) +I key1 1',
      '0.0 [0,2000) +I key1 1',
      '0.0 [0,3000) +I key1 1',
      '1.0 [3000,4000) +I key2 1',
      '1.0 [3000,5000) +I key2 1',
      '1.0 [3000,6000) +I key2 1',
      '3.0 [0,1000) +I key2 1',
      '3.0 [0,2000) +I key2 1',
      '3.0 [0,3000) +I key2 1',
    ]);
    expect(ledger).toMatchObject({ in: 3, used: 3, held: 0, late: 0, stateRows: 0 });
  });

  // Flink 2.0, AlignedWindowTableFunctionOperatorTest#testHopWindows and SlidingWindowAssigner.assignWindows
  test('hopping: the newest window first', () => {
    const { lines } = run('+ 20 user=a amount=1', { kind: 'hopping', sizeMs: 3000, advanceMs: 1000 });
    expect(lines).toEqual(['0.0 [0,3000) +I a 1', '0.0 [-1000,2000) +I a 1', '0.0 [-2000,1000) +I a 1']);
  });

  // Flink 2.0, AlignedWindowTableFunctionOperatorTest#testConsumingChangelogRecords
  test('tumbling: rows of a changelog keep their kinds', () => {
    const { lines } = run(
      `
      + 20 user=a amount=1
      + 30 user=a amount=1
      + 40 user=a amount=2
      W 9999
      + 200 user=a amount=2
    `,
      { kind: 'tumbling', sizeMs: 3000 },
      { kinds: [INSERT, UPDATE_BEFORE, UPDATE_AFTER, DELETE] },
    );
    expect(lines).toEqual(['0.0 [0,3000) +I a 1', '1.0 [0,3000) -U a 1', '2.0 [0,3000) +U a 2', '4.0 [0,3000) -D a 2']);
  });

  test('rows without a time are rejected, rows between two windows filtered', () => {
    const { lines, ledger } = run(
      `
      + - user=a amount=1
      + 15 user=a amount=2
      + 20 user=a amount=3
    `,
      { kind: 'hopping', sizeMs: 10, advanceMs: 20 },
      { dialect: 'flink-datastream' },
    );
    expect(lines).toEqual(['0.0 rejected a 1', '2.0 [20,30) +I a 3']);
    expect(ledger).toMatchObject({ in: 3, used: 1, filtered: 1, rejected: 1 });
  });

  test('on the processing clock a row belongs to the window in which it arrives', () => {
    const { lines } = run(
      `
      + - user=a amount=1 @ 20
      + 7 user=a amount=2 @ 3999
    `,
      { kind: 'tumbling', sizeMs: 1000 },
      { timeDomain: 'processing' },
    );
    expect(lines).toEqual(['0.0 [0,1000) +I a 1', '1.0 [3000,4000) +I a 2']);
  });

  test('kinds that no table function has are refused', () => {
    const config = { kind: 'inherited' };
    expect(() => run('+ 1 user=a', config)).toThrow('Flink SQL has no columns for inherited windows.');
  });
});

describe('session columns without aggregation', () => {
  const session = { kind: 'session', gapMs: 3000, keys: ['user'] };

  // Flink 2.0, UnalignedWindowTableFunctionOperatorTest#testEventTimeSessionWindows, recorded
  test('rows wait for the end of their session and come in order of arrival', () => {
    const { lines, ledger } = run(
      `
      + 20 user=key1 amount=1
      + 3999 user=key2 amount=1
      W 999
      W 1999
      W 2999
      W 3999
      + 2000 user=key1 amount=1
      W 4999
      + 7999 user=key2 amount=2
      + 5999 user=key2 amount=3
      W 9999
      W 10999
      + 999 user=key1 amount=1
      + - user=key1 amount=1
    `,
      session,
    );
    expect(lines).toEqual([
      '5.1 [20,3020) +I key1 1',
      '7.1 [2000,5000) +I key1 1',
      '11.1 [3999,10999) +I key2 1',
      '11.1 [3999,10999) +I key2 2',
      '11.1 [3999,10999) +I key2 3',
      '12.0 late key1 1',
      '13.0 rejected key1 1',
    ]);
    expect(ledger).toMatchObject({ in: 7, used: 5, held: 0, late: 1, lateWindows: 1, rejected: 1, stateRows: 0 });
  });

  // Flink 2.0, UnalignedWindowTableFunctionOperatorTest#testEventTimeSessionWindowsWithChangelog, recorded
  test('rows of a changelog keep their kinds and lengthen sessions', () => {
    const { lines } = run(
      `
      + 20 user=key1 amount=1
      + 1999 user=key2 amount=1
      + 2999 user=key3 amount=1
      + 1999 user=key4 amount=1
      W 999
      + 2999 user=key4 amount=1
      W 1999
      + 3999 user=key3 amount=1
      + 4999 user=key3 amount=1
      W 2999
      W 3999
      W 4999
      W 5999
      W 7999
    `,
      session,
      { kinds: [INSERT, DELETE, INSERT, INSERT, DELETE, UPDATE_BEFORE, UPDATE_AFTER] },
    );
    expect(lines).toEqual([
      '10.1 [20,3020) +I key1 1',
      '11.1 [1999,4999) -D key2 1',
      '12.1 [1999,5999) +I key4 1',
      '12.1 [1999,5999) -D key4 1',
      '13.1 [2999,7999) +I key3 1',
      '13.1 [2999,7999) -U key3 1',
      '13.1 [2999,7999) +U key3 1',
    ]);
  });

  test('a row that joins two sessions makes them one; equal ends go by start, then by first arrival', () => {
    const { lines, ledger } = run(
      `
      + 5000 user=b amount=1
      + 0 user=a amount=2
      + 5000 user=a amount=3
      + 5000 user=c amount=4
      + 2500 user=a amount=5
      W 7998
      W 7999
    `,
      session,
    );
    expect(lines).toEqual([
      '6.1 [0,8000) +I a 2',
      '6.1 [0,8000) +I a 3',
      '6.1 [0,8000) +I a 5',
      '6.1 [5000,8000) +I b 1',
      '6.1 [5000,8000) +I c 4',
    ]);
    expect(ledger).toMatchObject({ used: 5, held: 0, stateBytes: 0 });
  });

  test('an event behind the watermark is taken where an open session reaches it', () => {
    const { lines } = run(
      `
      + 5000 user=a amount=1
      W 7000
      + 2000 user=a amount=2
      + 2000 user=b amount=3
      W 7999
    `,
      session,
    );
    expect(lines).toEqual(['3.0 late b 3', '4.1 [2000,8000) +I a 1', '4.1 [2000,8000) +I a 2']);
  });

  test('on the processing clock sessions end at clock entries', () => {
    const { lines, ledger } = run(
      `
      + - user=a amount=1 @ 1000
      + - user=a amount=2 @ 3000
      clock 5998
      clock 6200
      + - user=a amount=3 @ 6300
      end
    `,
      session,
      { timeDomain: 'processing' },
    );
    expect(lines).toEqual(['3.1 [1000,6000) +I a 1', '3.1 [1000,6000) +I a 2']);
    expect(ledger).toMatchObject({ in: 3, used: 2, held: 1 });
  });

  test('are those of a plain loop over all rows so far', () => {
    const entry = fc.record({
      isRow: fc.boolean(),
      user: fc.constantFrom('a', 'b'),
      time: fc.integer({ min: -8, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const log = entries.map(({ isRow, user, time }, i) => {
          const at = i + time;
          return isRow ? `+ ${at} user=${user} amount=${i}` : `W ${at}`;
        });
        const { lines } = run(log.join('\n'), { kind: 'session', gapMs: 3, keys: ['user'] });
        expect(lines.filter((line) => !line.includes('late'))).toEqual(plainSessions(entries, 3));
      }),
      { numRuns: 200 },
    );
  });
});

interface PlainRow {
  readonly user: string;
  readonly time: number;
  readonly place: number;
}

/** Entry `i` is a row or a watermark at `i + time`. At each watermark all open rows are put together anew. */
function plainSessions(
  entries: readonly { readonly isRow: boolean; readonly user: string; readonly time: number }[],
  gapMs: number,
): readonly string[] {
  const lines: string[] = [];
  let open: PlainRow[] = [];
  let watermark = -Infinity;
  const sessionOf = (row: PlainRow): readonly PlainRow[] => {
    const members = [row];
    for (let before = 0; before < members.length;) {
      before = members.length;
      for (const other of open) {
        const isNear = members.some(({ time }) => Math.abs(time - other.time) <= gapMs);
        if (other.user === row.user && isNear && !members.includes(other)) members.push(other);
      }
    }
    return members.sort((a, b) => a.place - b.place);
  };
  const endOf = (rows: readonly PlainRow[]): number => Math.max(...rows.map(({ time }) => time)) + gapMs;
  entries.forEach(({ isRow, user, time }, place) => {
    if (isRow) {
      const row = { user, time: place + time, place };
      if (endOf(sessionOf(row)) - 1 > watermark) open.push(row);
      return;
    }
    watermark = Math.max(watermark, place + time);
    const sessions = [...new Set(open.map((row) => JSON.stringify(sessionOf(row))))].map((text) => ({
      rows: JSON.parse(text) as readonly PlainRow[],
    }));
    const ended = sessions
      .map(({ rows }) => ({ rows, start: Math.min(...rows.map((row) => row.time)), end: endOf(rows) }))
      .filter(({ end }) => end - 1 <= watermark)
      .sort((a, b) => a.end - b.end || a.start - b.start || a.rows[0]!.place - b.rows[0]!.place);
    for (const { rows, start, end } of ended) {
      for (const row of rows) lines.push(`${place}.1 [${start},${end}) +I ${row.user} ${row.place}`);
      open = open.filter(({ place: other }) => rows.every((row) => row.place !== other));
    }
  });
  return lines;
}
