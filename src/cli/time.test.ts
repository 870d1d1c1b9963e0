import { beforeAll, describe, expect, it } from 'vitest';
import type { Finished, LedgerFile, ResultLine } from './running-in-tests.ts';
import { TestFiles, graph, linesOf, tidemark } from './running-in-tests.ts';

const files = new TestFiles();

const COLUMNS = [
  { name: 't', type: 'TIMESTAMP', unit: 'ms' },
  { name: 'k', type: 'STRING' },
];
const TIMED = { format: 'ndjson', columns: COLUMNS, time: { column: 't', unit: 'ms' } };
const WINDOW = { keys: ['k'], sizeMs: 1_000, aggregates: [{ name: 'n', function: 'count' }] };

function document(source: object, window: object, extra: object = {}): object {
  const nodes = {
    s: ['source.file', { ...TIMED, ...source }],
    win: ['window', { ...WINDOW, ...window }],
    out: ['sink'],
  };
  return { ...graph(nodes as never, 's>win win>out'), ...extra };
}

function ndjson(entries: readonly object[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function windows({ out }: Finished): readonly (readonly [number | undefined, unknown])[] {
  return linesOf<ResultLine>(out).map(({ window, row }) => [window?.[0], row['n']] as const);
}

// The first use builds the program.
beforeAll(() => void tidemark(['--help']), 120_000);

describe('the watermark file', () => {
  const silent = { watermark: { strategy: 'none' } };
  const path = files.file('silent.json', document(silent, {}));

  it('has a line for each step of each node and each change of its status, also those that the log states', () => {
    const log = ndjson([
      { row: { t: 100, k: 'a' } },
      { watermark: 50 },
      { watermark: 40 },
      { status: 'idle' },
      { status: 'active' },
      { watermark: 999 },
      { end: true },
    ]);
    const told = tidemark(['run', path, '--log', '-', '--watermarks', files.path('steps')], log);
    expect(told.code).toBe(0);
    const steps = [
      [1, 50, false],
      [3, 50, true],
      [4, 50, false],
      [5, 999, false],
      [6, 'Infinity', false],
    ];
    const expected = steps.flatMap(([seq, watermark, idle]) =>
      ['s', 'win', 'out'].map((node) => ({ seq, node, watermark, idle })),
    );
    expect(files.lines('steps')).toEqual(expected);
    expect(linesOf<ResultLine>(told.out).map(({ seq, phase }) => [seq, phase])).toEqual([[5, 1]]);
  });

  it.each([{ watermark: null }, { watermark: 2 ** 53 }, { watermark: 'soon' }, { watermark: 1.5 }])(
    'has no place for %j: such a log is refused',
    (entry) => {
      const { code, err } = tidemark(['run', path, '--log', '-'], ndjson([{ row: { t: 1, k: 'a' } }, entry]));
      expect(code).toBe(1);
      expect(err).toContain('log.1.watermark');
    },
  );
});

describe('partitions', () => {
  const parted = {
    partition: { column: 'k', count: 2 },
    watermark: { strategy: 'per-event', delayMs: 0, idleMs: 300 },
  };
  const path = files.file('parted.json', document(parted, {}));
  // `a` and `b` are of different partitions.
  const rows = (keys: string): string => ndjson([...keys].map((k, i) => ({ row: { t: i * 1_000, k }, at: i * 1_000 })));

  function steps(log: string): readonly (readonly unknown[])[] {
    tidemark(['run', path, '--log', '-', '--end', 'none', '--watermarks', files.path('parted')], log);
    const lines = files.lines<{ seq: number; node: string; watermark: unknown; idle: boolean }>('parted');
    return lines.filter(({ node }) => node === 's').map(({ seq, watermark, idle }) => [seq, watermark, idle]);
  }

  it('hold the watermark back, the least of them counts', () => {
    expect(steps(rows('aaa'))).toEqual([]);
    expect(steps(rows('aab'))).toEqual([[2, 999, false]]);
  });

  it('that are idle hold nothing back', () => {
    const clocks = [2_200, 2_400, 2_600, 2_800].map((clock) => ({ clock }));
    const log = rows('aaa') + ndjson([...clocks, { row: { t: 5_000, k: 'a' }, at: 2_900 }, { clock: 3_000 }]);
    // Of the one that never sent, quiet counts from the first look, at 2200, of `a` from the one at 2400.
    expect(steps(log)).toEqual([
      [5, 1_999, false],
      [6, 1_999, true],
      [7, 4_999, false],
    ]);
  });

  it('only tag rows in a dialect without watermarks', () => {
    const kafka = files.file('kafka.json', document(parted, { emission: 'on-close' }, { dialect: 'kafka-streams' }));
    tidemark(['run', kafka, '--log', '-', '--watermarks', files.path('kafka')], rows('aa'));
    const own = files.lines<{ node: string; watermark: number }>('kafka').filter(({ node }) => node === 's');
    expect(own.map(({ watermark }) => watermark)).toEqual([0, 1_000]);
  });
});

describe('the early guard', () => {
  const POISONED = Date.UTC(2061, 6, 28);
  const rows = [0, 400, POISONED, 900, 1_200, 2_100].map((t) => ({ t, k: 'a' }));

  it('drops what is too far ahead of its arrival, and nothing else is late for it', () => {
    const watermark = { strategy: 'per-event', delayMs: 0, maxAheadMs: 60_000 };
    const path = files.file('guarded.json', document({ watermark }, {}));
    const args = ['--drops', files.path('drops'), '--ledger', files.path('ledger')];
    const guarded = tidemark(['run', path, '--input', '-', ...args], ndjson(rows));
    expect(windows(guarded)).toEqual([
      [0, 3],
      [1_000, 1],
      [2_000, 1],
    ]);
    expect(files.lines('drops')).toMatchObject([
      { seq: 2, node: 's', source: 's', reason: 'early', ts: POISONED, watermark: 399, windows: [] },
    ]);
    const { nodes } = JSON.parse(files.text('ledger')) as LedgerFile;
    expect(nodes['s']).toMatchObject({ in: 6, used: 5, filtered: 1 });
    const written = ndjson(rows.map((row) => ({ row })));
    expect(tidemark(['run', path, '--log', '-'], written).out).toBe(guarded.out);
  });

  it('is off unless asked for', () => {
    const path = files.file('open.json', document({ watermark: { strategy: 'per-event', delayMs: 0 } }, {}));
    expect(windows(tidemark(['run', path, '--input', '-'], ndjson(rows)))).toEqual([
      [0, 2],
      [POISONED - (POISONED % 1_000), 1],
    ]);
  });
});

describe('the processing clock', () => {
  const domain = { time: { domain: 'processing' } };
  const path = files.file('processing.json', document({}, {}, domain));
  // In file order a row is processed at the latest time so far: the third one at 900, in the first window.
  const rows = ndjson([100, 900, 500, 2_500].map((t) => ({ t, k: 'a' })));

  it('fires windows on its ticks, and stands still at the end', () => {
    const flushed = tidemark(['run', path, '--input', '-'], rows);
    expect(windows(flushed)).toEqual([[0, 3]]);
    expect(flushed.err).toContain('held: 1 rows still wait in win at the end of the run, for the processing clock');
  });

  it('moves once more, to the last timer, where the run is drained', () => {
    const drained = tidemark(['run', path, '--input', '-', '--end', 'drain'], rows);
    expect(windows(drained)).toEqual([
      [0, 3],
      [2_000, 1],
    ]);
    expect(drained.err).not.toContain('held:');
    for (const round of ['1', '3']) {
      expect(tidemark(['run', path, '--input', '-', '--end', 'drain', '--round', round], rows).out).toBe(drained.out);
    }
  });

  it('needs no event time: a written log says when its rows were processed', () => {
    const timeless = files.file('timeless.json', document({ time: null }, {}, domain));
    const log = ndjson([
      { row: { k: 'a' }, at: 100 },
      { row: { k: 'a' }, at: 950, ts: null },
      { clock: 1_000 },
      { row: { k: 'a' }, at: 1_000 },
      { clock: 1_999 },
    ]);
    expect(windows(tidemark(['run', timeless, '--log', '-'], log))).toEqual([
      [0, 2],
      [1_000, 1],
    ]);
  });

  it('is not there in every dialect', () => {
    const { code, err } = tidemark(['run', path, '--input', '-', '--dialect', 'beam'], rows);
    expect(code).toBe(1);
    expect(err).toContain('Beam has no windows on the processing clock');
  });
});

describe('ingestion time', () => {
  it('is the time of arrival, for rows of files, logs and generators', () => {
    const own = { time: { domain: 'ingestion' } };
    const path = files.file('ingestion.json', document({}, {}, own));
    const rows = [100, 900, 500, 2_500].map((t) => ({ t, k: 'a' }));
    const expected = [
      [0, 3],
      [2_000, 1],
    ];
    expect(windows(tidemark(['run', path, '--input', '-'], ndjson(rows)))).toEqual(expected);
    expect(windows(tidemark(['run', path, '--log', '-'], ndjson(rows.map((row) => ({ row })))))).toEqual(expected);
    const made = graph({ s: ['source.generator', { events: 50, shape: 'clicks' }], out: ['sink'] }, 's>out');
    const { out } = tidemark(['run', files.file('made.json', { ...made, ...own })]);
    const lines = linesOf<ResultLine>(out);
    expect(lines).toHaveLength(50);
    expect(lines.every(({ ts, row }) => ts! >= Number(row['ts']))).toBe(true);
    expect(lines.some(({ ts, row }) => ts! > Number(row['ts']))).toBe(true);
    expect(lines.every(({ ts }, i) => i === 0 || ts! >= lines[i - 1]!.ts!)).toBe(true);
  });
});

describe('a written log', () => {
  it('may take rows back where its source says so', () => {
    const changing = { ...TIMED, changes: 'retract' };
    const path = files.file('changing.json', graph({ s: ['source.file', changing], out: ['sink'] }, 's>out'));
    const ops = ['+I', '-U', '+U', '-D'];
    const log = ndjson(ops.map((op, i) => ({ row: { t: i, k: 'a' }, op })));
    const { out, code } = tidemark(['run', path, '--log', '-'], log);
    expect(code).toBe(0);
    expect(linesOf<ResultLine>(out).map(({ op }) => op)).toEqual(ops);
  });

  it('replaces rows by key where its source says so, without spelling out the old ones', () => {
    const keyed = { ...TIMED, changes: 'upsert', key: ['k'] };
    const path = files.file('keyed.json', graph({ s: ['source.file', keyed], out: ['sink'] }, 's>out'));
    const rows = (op: string): string => ndjson([{ row: { t: 0, k: 'a' } }, { row: { t: 1, k: 'a' }, op }]);
    expect(linesOf<ResultLine>(tidemark(['run', path, '--log', '-'], rows('+U')).out).map(({ op }) => op)).toEqual([
      '+I',
      '+U',
    ]);
    expect(tidemark(['run', path, '--log', '-'], rows('-U')).err).toContain('log.1.op');
    const keyless = files.file(
      'keyless.json',
      graph({ s: ['source.file', { ...keyed, key: [] }], out: ['sink'] }, 's>out'),
    );
    expect(tidemark(['run', keyless, '--log', '-'], rows('+U')).err).toContain('config.key');
  });

  it('may hold checkpoints, crashes and rows without a time', () => {
    const path = files.file('crashing.json', document({ watermark: { strategy: 'per-event', delayMs: 0 } }, {}));
    const rows = [10, 900, 1_500, 700, 2_600, 3_700].map((t) => ({ row: { t, k: 'a' } }));
    const controls = ['checkpoint', 'crash-restore'].map((control) => ({ control }));
    const straight = windows(tidemark(['run', path, '--log', '-'], ndjson(rows)));
    expect(straight).toHaveLength(4);
    for (let at = 0; at <= rows.length; at++) {
      const crashed = rows.toSpliced(at, 0, ...(controls as never[]));
      expect(windows(tidemark(['run', path, '--log', '-'], ndjson(crashed)))).toEqual(straight);
    }
    const args = ['--drops', files.path('timeless')];
    const untimed = [...rows, { row: { t: 1, k: 'a' }, ts: null }];
    expect(windows(tidemark(['run', path, '--log', '-', ...args], ndjson(untimed)))).toEqual(straight);
    expect(files.lines<{ reason: string }>('timeless').map(({ reason }) => reason)).toEqual(['late', 'no-time']);
  });
});

describe('the end of a run', () => {
  it.each([
    ['flink-datastream', 'flush', 'Infinity'],
    ['flink-sql', 'flush', 'Infinity'],
    ['beam', 'flush', 'Infinity'],
    ['kafka-streams', 'none', 5],
    ['ksqldb', 'none', 5],
  ])('of %s is %s by itself', (dialect, end, watermark) => {
    const { run: _, ...plain } = graph({ s: ['source.file', TIMED], out: ['sink'] }, 's>out') as { run: unknown };
    const path = files.file('plain.json', plain);
    const args = ['--input', '-', '--dialect', dialect, '--ledger', files.path('end')];
    expect(tidemark(['run', path, ...args], ndjson([{ t: 5, k: 'a' }])).code).toBe(0);
    expect((JSON.parse(files.text('end')) as LedgerFile).run).toMatchObject({ dialect, end, watermark });
  });
});
