import { describe, expect, test } from 'vitest';
import type { StateEntry } from '../stream/state-look.ts';
import type { Schema } from '../stream/types.ts';
import { TIMESTAMP, field } from '../stream/types.ts';
import type { LookSetting } from '../testing/look-after.ts';
import { lookAfter, lookSchema } from '../testing/look-after.ts';

const inWindows: Schema = { fields: [...lookSchema.fields, field('from', TIMESTAMP), field('to', TIMESTAMP)] };
const sum = [{ name: 's', function: 'sum', argument: 'v' }];
const table = { changes: 'upsert', key: ['k'] } as const;

/** Each kind's entries as `[0,10) a 7 fires@9`. */
function told(log: string, setting: LookSetting): Readonly<Record<string, readonly string[]>> {
  const { contents } = lookAfter(log, setting);
  return Object.fromEntries(contents.map(({ what, entries }) => [what, entries.map(lineOf)]));
}

function lineOf({ window, cells, until }: StateEntry): string {
  const bounds = window === null ? [] : [`[${window.startMs},${window.endMs})`];
  const ends =
    until === null ? [] : [`${until.does}@${until.timeMs}${until.isByClock === true ? ' by the clock' : ''}`];
  return [...bounds, ...cells.map(String), ...ends].join(' ');
}

describe('windows by watermark', () => {
  const window = (config: object): LookSetting => ({
    kind: 'window',
    config: { keys: ['k'], aggregates: sum, ...config },
  });
  const rows = '+ 1 k=a v=1\n+ 7 k=b v=2\n+ 3 k=a v=4\n+ 12 k=a v=8';

  test('tumbling: the sum of each key in each window, and the watermark that fires it', () => {
    const look = lookAfter(rows, window({ sizeMs: 10 }));
    expect(look.contents[0]?.entries.map(lineOf)).toEqual([
      '[0,10) a 5 fires@9',
      '[0,10) b 2 fires@9',
      '[10,20) a 8 fires@19',
    ]);
    expect(look.windows).toEqual([
      { startMs: 0, endMs: 10, keys: 2, rows: 3, untilMs: 9, hasFired: false, goesMs: 9 },
      { startMs: 10, endMs: 20, keys: 1, rows: 1, untilMs: 19, hasFired: false, goesMs: 19 },
    ]);
  });

  test('of many the first are told, and how many there are', () => {
    const [contents] = lookAfter(rows, window({ sizeMs: 10 }), 2).contents;
    expect([contents?.entries.length, contents?.total]).toEqual([2, 3]);
  });

  test('one that has fired is kept for late rows until its lateness is over', () => {
    expect(told(`${rows}\nW 9`, window({ sizeMs: 10, latenessMs: 5 }))).toEqual({
      'keys in windows': ['[0,10) a 5 goes@14', '[0,10) b 2 goes@14', '[10,20) a 8 fires@19'],
    });
  });

  test('when they are let go is told before they fire, too', () => {
    const look = lookAfter(rows, window({ sizeMs: 10, latenessMs: 5 }));
    expect(look.windows.map(({ untilMs, goesMs }) => [untilMs, goesMs])).toEqual([
      [9, 14],
      [19, 24],
    ]);
    expect(look.contents[0]?.entries.map(({ until }) => until?.goesMs)).toEqual([14, 14, 24]);
    const sessions = lookAfter('+ 1 k=a v=1', window({ kind: 'session', gapMs: 3, latenessMs: 5 }));
    expect(sessions.contents[0]?.entries[0]?.until).toEqual({ timeMs: 3, does: 'fires', goesMs: 8 });
  });

  test('hopping: slices, which go with the last window that they belong to', () => {
    const look = told(rows, window({ kind: 'hopping', sizeMs: 10, advanceMs: 5 }));
    expect(look).toEqual({
      'keys in slices, which windows share': ['[0,5) a 5 goes@9', '[5,10) b 2 goes@14', '[10,15) a 8 goes@19'],
    });
  });

  test('sessions: from the first row to a gap behind the last; a row between two makes them one', () => {
    const sessions = window({ kind: 'session', gapMs: 3 });
    expect(told('+ 1 k=a v=1\n+ 6 k=a v=2\n+ 2 k=b v=4', sessions)).toEqual({
      sessions: ['[1,4) a 1 fires@3', '[2,5) b 4 fires@4', '[6,9) a 2 fires@8'],
    });
    expect(told('+ 1 k=a v=1\n+ 6 k=a v=2\n+ 4 k=a v=8', sessions)).toEqual({ sessions: ['[1,9) a 11 fires@8'] });
  });

  test('rows that a session of SQL keeps are counted', () => {
    const config = { kind: 'session', gapMs: 3, result: 'rows', keys: ['k'] };
    expect(told('+ 1 k=a\n+ 2 k=a\n+ 9 k=b', { kind: 'window', dialect: 'flink-sql', config })).toEqual({
      sessions: ['[1,5) a 2 ends@4', '[9,12) b 1 ends@11'],
    });
  });

  test('windows of rows: what has come so far of each key', () => {
    expect(told('+ 1 k=a v=1\n+ 2 k=a v=2\n+ 3 k=b v=4', window({ kind: 'count', countRows: 3 }))).toEqual({
      'keys in windows': ['a 3 2', 'b 4 1'],
    });
  });
});

describe('windows in stores, by stream time', () => {
  const kafka = (config: object): LookSetting => ({
    kind: 'window',
    dialect: 'kafka-streams',
    config: { keys: ['k'], aggregates: sum, ...config },
  });

  test('open ones before those that only retention keeps', () => {
    const log = '+ 1 k=a v=1\n+ 12 k=a v=2\n+ 13 k=b v=4';
    const look = lookAfter(log, { ...kafka({ sizeMs: 10 }), engine: { retentionMs: 100 } });
    expect(look.contents[0]?.entries.map(lineOf)).toEqual([
      '[10,20) a 2 fires@20',
      '[10,20) b 4 fires@20',
      '[0,10) a 1',
    ]);
    expect(look.parts.map(({ count }) => count)).toEqual([2, 1]);
  });

  test('a session ends with its last row, and closes once a gap has gone by', () => {
    expect(told('+ 1 k=a v=1\n+ 3 k=a v=2', kafka({ kind: 'session', gapMs: 4 }))).toEqual({
      'windows in the store': ['[1,3) a 3 fires@8'],
    });
  });
});

describe('windows under Beam', () => {
  const beam = (config: object): LookSetting => ({
    kind: 'window',
    dialect: 'beam',
    config: { keys: ['k'], aggregates: sum, sizeMs: 10, ...config },
  });

  test('fire at their end, and go when lateness is over', () => {
    const log = '+ 1 k=a v=1\n+ 12 k=a v=2\nW 10';
    expect(told(log, beam({ latenessMs: 5 }))).toEqual({
      'keys in windows': ['[0,10) a 1 goes@14', '[10,20) a 2 fires@19'],
    });
  });
});

describe('joins', () => {
  const keys = { leftKeys: ['k'], rightKeys: ['k'] };
  const log = '+ 5 k=a v=1\n1+ 7 k=a v=2\n+ 6 k=b v=4';
  const both = [{}, {}];

  test('interval: each row until no partner of it can come', () => {
    const config = { ...keys, lowerMs: -2, upperMs: 3 };
    for (const dialect of ['flink-datastream', 'flink-sql'] as const) {
      expect(told(log, { kind: 'join.interval', dialect, config, sources: both })).toEqual({
        'left rows': ['a 1 goes@8', 'b 4 goes@9'],
        'right rows': ['a 2 goes@9'],
      });
    }
  });

  /** Time of each row that is kept, and from when to when a partner's is. */
  function moments(setting: LookSetting): readonly (readonly [number, number, number][])[] {
    return lookAfter(log, setting).contents.map(({ entries }) =>
      entries.map(({ moment }) => [moment!.timeMs, moment!.partners!.fromMs, moment!.partners!.toMs]),
    );
  }

  test('rows tell their time, and that of their partners from either side', () => {
    const interval = { ...keys, lowerMs: -2, upperMs: 3 };
    for (const dialect of ['flink-datastream', 'flink-sql'] as const) {
      const [left, right] = moments({ kind: 'join.interval', dialect, config: interval, sources: both });
      expect(left).toEqual([
        [5, 3, 8],
        [6, 4, 9],
      ]);
      expect(right).toEqual([[7, 4, 9]]);
    }
    const within = { ...keys, beforeMs: 1, afterMs: 2 };
    const [left, right] = moments({ kind: 'join.stream', dialect: 'kafka-streams', config: within, sources: both });
    expect(left?.[0]).toEqual([5, 4, 7]);
    expect(right).toEqual([[7, 5, 8]]);
  });

  test('window: how many rows of either side each key has', () => {
    expect(
      told(log, { kind: 'join.window', config: { ...keys, window: 'tumbling', sizeMs: 10 }, sources: both }),
    ).toEqual({
      'keys in windows': ['[0,10) a 1 1 fires@9', '[0,10) b 1 0 fires@9'],
    });
  });

  test('regular: all rows, or those that were written within the time to live', () => {
    const regular: LookSetting = { kind: 'join.regular', dialect: 'flink-sql', config: keys, sources: both };
    expect(told(log, regular)).toEqual({ 'left rows': ['a 1', 'b 4'], 'right rows': ['a 2'] });
    const clocked = '+ 5 k=a v=1 @ 10\n+ 5 k=a v=1 @ 20\n1+ 7 k=a v=2 @ 30';
    const look = lookAfter(clocked, { ...regular, engine: { leftTtlMs: 50, rightTtlMs: 50 } });
    expect(look.contents.map(({ entries }) => entries.map(lineOf))).toEqual([
      ['a 1 goes@70 by the clock'],
      ['a 2 goes@80 by the clock'],
    ]);
    expect(look.parts).toEqual([
      { what: 'left rows', count: 2 },
      { what: 'right rows', count: 1 },
    ]);
  });

  test('stream: rows while the store keeps them', () => {
    const config = { ...keys, beforeMs: 2, afterMs: 2 };
    expect(told(log, { kind: 'join.stream', dialect: 'kafka-streams', config, sources: both })).toEqual({
      'left rows': ['a 1 goes@9', 'b 4 goes@10'],
      'right rows': ['a 2 goes@11'],
    });
  });

  test('table: both tables as they stand', () => {
    const sources = [table, table];
    const changes = '+ 5 k=a v=1\n1+ 7 k=a v=2\n+U 8 k=a v=9\n+ 9 k=b v=3\n-D 10 k=b';
    expect(told(changes, { kind: 'join.table', dialect: 'kafka-streams', config: keys, sources })).toEqual({
      'left rows': ['a 9'],
      'right rows': ['a 2'],
    });
  });

  test('temporal: left rows until their time, and the versions that they may need', () => {
    const sources = [{}, table];
    const changes = '1+ 1 k=a v=1\n1+U 6 k=a v=2\n+ 5 k=a v=7';
    expect(told(changes, { kind: 'join.temporal', dialect: 'flink-sql', config: keys, sources })).toEqual({
      'left rows that wait': ['a 7 joins@5'],
      'versions of right rows': ['a 1', 'a 2'],
    });
  });
});

describe('keys and ranks', () => {
  const rows = '+ 1 k=a v=4\n+ 2 k=a v=9\n+ 3 k=b v=1\n+ 4 k=a v=6';

  test('aggregate: what each key comes to', () => {
    const aggregate: LookSetting = {
      kind: 'aggregate',
      dialect: 'flink-sql',
      config: { keys: ['k'], aggregates: sum },
    };
    expect(told(rows, aggregate)).toEqual({ keys: ['a 19', 'b 1'] });
  });

  test('dedup: the row that counts', () => {
    const config = { keys: ['k'], keep: 'first', orderBy: 'arrival' };
    expect(told(rows, { kind: 'dedup', dialect: 'flink-sql', config })).toEqual({
      'rows, one of each key': ['a 4', 'b 1'],
    });
  });

  test('top-n: rows with their ranks, running and by window', () => {
    const config = { keys: ['k'], orderBy: [{ column: 'v', descending: true }], to: 2 };
    expect(told(rows, { kind: 'top-n', dialect: 'flink-sql', config })).toEqual({
      'rows, by key and rank': ['a 9 1', 'a 6 2', 'b 1 1'],
    });
    const windowed = { isMerging: false, closesAfterMs: 0, startColumn: 'from', endColumn: 'to' };
    const sources = [{ schema: inWindows, windowed }];
    const log = '+ 1 k=a v=4 from=0 to=10\n+ 2 k=a v=9 from=0 to=10\n+ 12 k=a v=5 from=10 to=20';
    expect(told(log, { kind: 'top-n', dialect: 'flink-sql', config: { ...config, perWindow: true }, sources })).toEqual(
      {
        'rows in windows': ['[0,10) a 9 0 10 1 fires@9', '[0,10) a 4 0 10 2 fires@9', '[10,20) a 5 10 20 1 fires@19'],
      },
    );
  });

  test('over: the frame of each key, what it comes to, and who waits for the watermark', () => {
    const config = { keys: ['k'], aggregates: sum, frame: 'rows', precedingRows: 1 };
    const look = lookAfter(`${rows}\nW 2\n+ 5 k=b v=3`, { kind: 'over', dialect: 'flink-sql', config });
    expect(look.contents[0]?.entries.map(lineOf)).toEqual(['a 13 2 1', 'b null 0 2']);
    expect(look.parts.map(({ count }) => count)).toEqual([2, 3]);
  });

  test('suppress: the latest update of each window, until it is closed', () => {
    const windowed = { isMerging: false, closesAfterMs: 0, startColumn: 'from', endColumn: 'to' };
    const key = ['k', 'from', 'to'];
    const sources = [{ schema: inWindows, changes: 'upsert', key, windowed }] as const;
    const log = '+ 1 k=a v=4 from=0 to=10\n+U 2 k=a v=9 from=0 to=10\n+ 3 k=b v=1 from=0 to=10';
    const held = told(log, { kind: 'suppress', dialect: 'kafka-streams', config: {}, sources });
    expect(held).toEqual({ 'updates held back': ['a 9 0 10 comes out@10', 'b 1 0 10 comes out@10'] });
  });

  test('pattern: which steps a beginning has, since when, and when its time is over', () => {
    const steps = [
      { name: 'small', condition: 'v < 5', maxTimes: 2 },
      { name: 'large', condition: 'v > 8', contiguity: 'relaxed' },
    ];
    const config = { keys: ['k'], steps, withinMs: 100, measures: [{ name: 'n', function: 'count' }] };
    const look = lookAfter('+ 1 k=a v=4\n+ 2 k=a v=3\n+ 3 k=b v=1\nW 2', {
      kind: 'pattern',
      config,
    });
    expect(look.contents[0]?.entries.map(lineOf)).toContain('a small ×2 1 ends@101');
    expect(look.parts).toEqual([
      { what: 'rows of beginnings', count: 2 },
      { what: 'rows that wait', count: 1 },
    ]);
  });
});
