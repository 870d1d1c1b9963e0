import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finished, LedgerFile, ResultLine } from './running-in-tests.ts';
import { TestFiles, graph, linesOf, tidemark } from './running-in-tests.ts';

const START_MS = Date.UTC(2024, 0, 1);
const SIZE_MS = 10_000;
const DELAY_MS = 3_000;

interface Event {
  readonly ts: number;
  readonly user: string;
  readonly amount: number;
}

/** Out of order now and then, by up to half a minute. */
const events = Array.from({ length: 600 }, (_, i): Event => {
  const behindMs = i % 13 === 5 ? ((i * 7919) % 30) * 1_000 : (i * 31) % 900;
  return { ts: START_MS + i * 700 - behindMs, user: `u${(i * i) % 5}`, amount: (i * 37) % 100 };
});

const csv = ['ts,user,amount', ...events.map(({ ts, user, amount }) => `${ts},${user},${amount}`), ''].join('\n');
const ndjson = events.map((event) => `${JSON.stringify(event)}\n`).join('');

const COLUMNS = [
  { name: 'ts', type: 'TIMESTAMP', unit: 'ms' },
  { name: 'user', type: 'STRING' },
  { name: 'amount', type: 'BIGINT' },
];
const SOURCE = {
  format: 'csv',
  columns: COLUMNS,
  time: { column: 'ts', unit: 'ms' },
  watermark: { strategy: 'per-event', delayMs: DELAY_MS },
};

const windows = graph(
  {
    src: ['source.file', SOURCE],
    some: ['filter', { predicate: 'amount >= 10' }],
    win: [
      'window',
      {
        keys: ['user'],
        sizeMs: SIZE_MS,
        aggregates: [
          { name: 'n', function: 'count' },
          { name: 'total', function: 'sum', argument: 'amount' },
        ],
      },
    ],
    out: ['sink'],
    late: ['sink'],
  },
  'src>some some>win win>out win.late>late',
);

/** What windows hold and what comes too late, by a plain loop over the events. */
function expectedWindows() {
  const sums = new Map<string, { n: number; total: number }>();
  const late: { seq: number; event: Event; watermark: number }[] = [];
  let watermark = -Infinity;
  events.forEach((event, seq) => {
    const startMs = Math.floor(event.ts / SIZE_MS) * SIZE_MS;
    if (event.amount >= 10) {
      if (startMs + SIZE_MS - 1 <= watermark) late.push({ seq, event, watermark });
      else {
        const key = `${event.user} ${startMs}`;
        const { n, total } = sums.get(key) ?? { n: 0, total: 0 };
        sums.set(key, { n: n + 1, total: total + event.amount });
      }
    }
    watermark = Math.max(watermark, event.ts - DELAY_MS - 1);
  });
  return { sums, late };
}

const files = new TestFiles();
let graphPath = '';

function succeeds(args: readonly string[], input: string | Uint8Array = ''): Finished {
  const finished = tidemark(args, input);
  expect(finished.err).not.toContain('error');
  expect(finished.code).toBe(0);
  return finished;
}

beforeAll(() => {
  // The first use builds the program.
  tidemark(['--help']);
  graphPath = files.file('windows.json', windows);
  files.file('events.csv', csv);
}, 120_000);

describe('a run', () => {
  it('gives what a plain loop gives: windows, late rows, drops, ledger', () => {
    const args = ['--out', files.path('out'), '--ledger', files.path('ledger'), '--drops', files.path('drops')];
    succeeds(['run', graphPath, '--input', files.path('events.csv'), ...args]);
    const { sums, late } = expectedWindows();
    expect(late.length).toBeGreaterThan(10);

    const results = files.lines<ResultLine>('out');
    const counted = results.filter(({ node }) => node === 'out');
    const found = new Map(counted.map(({ key, window, row }) => [`${String(key?.['user'])} ${window?.[0]}`, row]));
    expect(counted).toHaveLength(sums.size);
    for (const [key, { n, total }] of sums) expect(found.get(key)).toMatchObject({ n, total });
    for (const { port, op, pane, ts, window } of counted) {
      expect({ port, op, pane }).toEqual({ port: 'in', op: '+I', pane: { timing: 'on-time', index: 0 } });
      expect(window).toEqual([ts! + 1 - SIZE_MS, ts! + 1]);
    }
    expect(results.every(({ seq }, i) => i === 0 || seq >= results[i - 1]!.seq)).toBe(true);

    const lateRows = results.filter(({ node }) => node === 'late');
    expect(lateRows.map(({ seq, row }) => ({ seq, row }))).toEqual(late.map(({ seq, event }) => ({ seq, row: event })));
    expect(files.lines('drops')).toEqual(
      late.map(({ seq, event, watermark }) => {
        const startMs = Math.floor(event.ts / SIZE_MS) * SIZE_MS;
        const window = [startMs, startMs + SIZE_MS];
        return {
          seq,
          node: 'win',
          source: 'src',
          row: event,
          ts: event.ts,
          watermark,
          windows: [window],
          reason: 'late',
        };
      }),
    );

    const passed = events.filter(({ amount }) => amount >= 10).length;
    const { run, nodes } = JSON.parse(files.text('ledger')) as LedgerFile;
    expect(run).toEqual({
      dialect: 'flink-datastream',
      end: 'flush',
      seed: 1,
      entries: events.length + 1,
      watermark: 'Infinity',
    });
    expect(nodes['some']).toMatchObject({ in: events.length, used: passed, filtered: events.length - passed });
    expect(nodes['win']).toMatchObject({ in: passed, used: passed - late.length, late: late.length, held: 0 });
    expect(nodes['win']!['emitted']).toEqual({ out: { '+I': sums.size }, late: { '+I': late.length } });
  });

  it('does not show how it was cut into rounds, nor how it was fed', () => {
    const whole = succeeds(['run', graphPath, '--input', files.path('events.csv')]).out;
    expect(linesOf<ResultLine>(whole).length).toBeGreaterThan(100);
    for (const round of ['1', '7', '4096']) {
      const args = ['--round', round, '--watermarks', files.path(`watermarks-${round}`)];
      expect(succeeds(['run', graphPath, '--input', files.path('events.csv'), ...args]).out).toBe(whole);
      expect(files.text(`watermarks-${round}`)).toBe(files.text('watermarks-1'));
    }
    expect(succeeds(['run', graphPath, '--input', '-'], csv).out).toBe(whole);
    expect(succeeds(['run', graphPath, '--input', 'src=-'], gzipSync(csv)).out).toBe(whole);
    expect(succeeds(['run', graphPath, '--format', 'ndjson', '--input', '-'], ndjson).out).toBe(whole);
    const log = events.map((row) => `${JSON.stringify({ source: 'src', row })}\n`).join('');
    expect(succeeds(['run', graphPath, '--log', '-'], log).out).toBe(whole);
    const withoutFormat = JSON.stringify(windows).replace('"format":"csv",', '');
    expect(withoutFormat).not.toBe(JSON.stringify(windows));
    const anyFormat = files.file('any-format.json', withoutFormat);
    expect(succeeds(['run', anyFormat, '--log', '-'], log).out).toBe(whole);
  });

  it('stops before an entry, and says what still waits', () => {
    const whole = linesOf<ResultLine>(succeeds(['run', graphPath, '--input', files.path('events.csv')]).out);
    const { out, err } = succeeds(['run', graphPath, '--input', files.path('events.csv'), '--until', '300']);
    expect(linesOf(out)).toEqual(whole.filter(({ seq }) => seq < 300));
    expect(err).toMatch(/held: \d+ rows still wait in win/);
  });

  it('merges several files by time, and joins them as nested loops do', () => {
    const joined = graph(
      {
        a: ['source.file', SOURCE],
        b: ['source.file', SOURCE],
        near: ['join.interval', { leftKeys: ['user'], rightKeys: ['user'], lowerMs: -2_000, upperMs: 5_000 }],
        out: ['sink'],
      },
      'a>near.left b>near.right near>out',
    );
    const sorted = events.toSorted((x, y) => x.ts - y.ts);
    const left = sorted.filter((_, i) => i % 2 === 0);
    const right = sorted.filter((_, i) => i % 3 === 0);
    const toCsv = (rows: readonly Event[]) =>
      ['ts,user,amount', ...rows.map(({ ts, user, amount }) => `${ts},${user},${amount}`), ''].join('\n');
    const inputs = [`a=${files.file('a.csv', toCsv(left))}`, `b=${files.file('b.csv', toCsv(right))}`];
    const args = inputs.flatMap((input) => ['--input', input]);
    const { out } = succeeds(['run', files.file('joined.json', joined), ...args]);
    const pairs = linesOf<ResultLine>(out).map(({ row }) => `${String(row['ts'])} ${String(row['right_ts'])}`);
    const expected = left.flatMap((l) =>
      right
        .filter((r) => r.user === l.user && r.ts >= l.ts - 2_000 && r.ts <= l.ts + 5_000)
        .map((r) => `${l.ts} ${r.ts}`),
    );
    expect(expected.length).toBeGreaterThan(50);
    expect(pairs.toSorted()).toEqual(expected.toSorted());
  });

  it('reads times as the command line says: unit, pattern and zone, arrival by column or expression', () => {
    const rows = 'id,local,delay\n1,2024-07-01 12:00,90\n2,2024-07-01 12:01,0\n';
    const timed = graph(
      {
        src: [
          'source.file',
          {
            format: 'csv',
            columns: [
              { name: 'id', type: 'BIGINT' },
              { name: 'local', type: 'TIMESTAMP', unit: 'iso' },
              { name: 'delay', type: 'BIGINT' },
            ],
          },
        ],
        out: ['sink'],
      },
      'src>out',
    );
    const path = files.file('timed.json', timed);
    const time = ['--time', 'src=local:yyyy-MM-dd HH:mm', '--zone', 'Europe/Berlin'];
    const straight = linesOf<ResultLine>(succeeds(['run', path, '--input', '-', ...time], rows).out);
    expect(straight.map(({ ts, row }) => [row['id'], ts])).toEqual([
      [1, Date.UTC(2024, 6, 1, 10, 0)],
      [2, Date.UTC(2024, 6, 1, 10, 1)],
    ]);
    const arrival = ['--arrival', 'src=expr:local + delay * 1000'];
    const delayed = linesOf<ResultLine>(succeeds(['run', path, '--input', '-', ...time, ...arrival], rows).out);
    expect(delayed.map(({ row }) => row['id'])).toEqual([2, 1]);
  });
});

describe('rejected records', () => {
  const damaged = csv.replace(/\n(\d+),u1,/g, '\nnot-a-time,u1,');
  const wrong = damaged.split('\n').filter((line) => line.startsWith('not')).length;

  it('are listed with line, column, reason and text, and counted', () => {
    const args = ['--rejects', files.path('rejects'), '--ledger', files.path('ledger-r')];
    const { err } = tidemark(['run', graphPath, '--input', '-', ...args], damaged);
    expect(err).toContain(`rejected: ${wrong} records of src`);
    const rejects = files.lines<Record<string, unknown>>('rejects');
    expect(rejects).toHaveLength(wrong);
    const lines = damaged.split('\n');
    for (const { source, line, column, reason, text } of rejects) {
      expect([source, column]).toEqual(['src', 'ts']);
      expect(reason).not.toBe('');
      expect(text).toBe(lines[Number(line) - 1]);
    }
    const { nodes } = JSON.parse(files.text('ledger-r')) as LedgerFile;
    expect(nodes['src']).toMatchObject({ in: events.length, rejected: wrong, used: events.length - wrong });
  });

  it('are all written, however many', () => {
    const many = ['ts,user,amount', ...Array.from({ length: 12_000 }, (_, i) => `never,u${i},1`), ''].join('\n');
    tidemark(['run', graphPath, '--input', '-', '--rejects', files.path('many')], many);
    const lines = files.lines<{ readonly line: number }>('many').map(({ line }) => line);
    expect(lines).toEqual(Array.from({ length: 12_000 }, (_, i) => i + 2));
  });

  it('are well, but not with --strict', () => {
    expect(tidemark(['run', graphPath, '--input', '-'], damaged).code).toBe(0);
    expect(tidemark(['run', graphPath, '--input', '-', '--strict'], damaged).code).toBe(1);
    expect(tidemark(['run', graphPath, '--input', '-', '--strict'], csv).code).toBe(0);
  });
});

describe('rows that an operator rejects', () => {
  const columns = [
    { name: 'ts', type: 'TIMESTAMP', unit: 'ms' },
    { name: 'a', type: 'STRING' },
  ];
  const source = { format: 'csv', columns, time: { column: 'ts', unit: 'ms' } };
  const casting = files.file(
    'casting.json',
    graph(
      { src: ['source.file', source], some: ['filter', { predicate: 'CAST(a AS INT) > 1' }], out: ['sink'] },
      'src>some some>out',
    ),
  );
  const rows = ['ts,a', '1,5', '2,abc', '3,7', '4,u', '5,v', '6,w', ''].join('\n');

  it('are counted for each node, with the first reasons', () => {
    const { code, err } = tidemark(['run', casting, '--input', '-'], rows);
    expect(code).toBe(0);
    expect(err).toContain('rejected: 4 rows in some\n  entry 1: ');
    const reasons = err.split('\n').filter((line) => line.startsWith('  entry '));
    expect(reasons.map((line) => line.split(':')[0])).toEqual(['  entry 1', '  entry 3', '  entry 4']);
    expect(reasons[0]).toContain('abc');
  });

  it('are not well with --strict', () => {
    expect(tidemark(['run', casting, '--input', '-', '--strict'], rows).code).toBe(1);
    expect(tidemark(['run', casting, '--input', '-', '--strict'], 'ts,a\n1,5\n').code).toBe(0);
  });
});

describe('an event time far ahead of all others', () => {
  it('is named by the run, too', () => {
    const time = (i: number): string => `${START_MS + i * 1_000},u,1`;
    const rows = Array.from({ length: 30 }, (_, i) => time(i)).with(9, `${Date.UTC(2061, 6, 28)},u,1`);
    const { code, err } = tidemark(['run', graphPath, '--input', '-'], ['ts,user,amount', ...rows, ''].join('\n'));
    expect(code).toBe(0);
    expect(err).toMatch(/warning.*line 11: 2061-07-28.* 20 later events/);
    expect(tidemark(['run', graphPath, '--input', files.path('events.csv')]).err).not.toContain('warning');
  });
});
