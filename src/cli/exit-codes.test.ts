import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LedgerFile } from './running-in-tests.ts';
import { PROGRAM, TestFiles, graph, linesOf, tidemark } from './running-in-tests.ts';

const files = new TestFiles();
const columns = [
  { name: 'ts', type: 'TIMESTAMP', unit: 'ms' },
  { name: 'a', type: 'STRING' },
];
const passing = files.file(
  'passing.json',
  graph(
    { src: ['source.file', { format: 'csv', columns, time: { column: 'ts', unit: 'ms' } }], out: ['sink'] },
    'src>out',
  ),
);
const generated = files.file(
  'generated.json',
  graph({ src: ['source.generator', { events: 50_000 }], out: ['sink'] }, 'src>out'),
);
const broken = files.file(
  'broken.json',
  graph(
    { src: ['source.generator', { events: -1 }], win: ['window', { sizeMs: 0 }], out: ['sink'] },
    'src>win win>out',
  ),
);

// The first use builds the program.
beforeAll(() => void tidemark(['--help']), 120_000);

describe('exit 2: the command line is wrong', () => {
  it.each<[string, readonly string[], string]>([
    ['no command', [], 'Say what to do'],
    ['an unknown command', ['fly'], 'no command fly'],
    ['no graph', ['run'], 'one graph file'],
    ['an unknown option', ['run', passing, '--fast'], '--fast'],
    ['a graph that is not there', ['run', '/nowhere.json'], 'no such file'],
    ['an input that is not there', ['run', passing, '--input', '/nowhere.csv'], 'no such file'],
    ['no input', ['run', passing], '--input src=FILE'],
    ['an input for nobody', ['run', generated, '--input', 'x'], 'reads no file'],
    ['input and log', ['run', passing, '--input', 'x', '--log', 'y'], 'without --input'],
    ['a number that is none', ['run', generated, '--seed', '1.5'], 'from 0 to 4294967295'],
    ['a round that is too large', ['run', generated, '--round', '5000'], 'from 1 to 4096'],
    ['an unknown dialect', ['run', generated, '--dialect', 'spark'], 'flink-datastream'],
    ['two outputs on stdout', ['run', generated, '--ledger', '-'], 'stdout'],
    ['a format that cannot be read yet', ['run', passing, '--input', passing, '--format', 'parquet'], 'Parquet'],
    ['validate without a file', ['validate'], 'one file'],
  ])('%s', (_, args, mention) => {
    const { code, out, err } = tidemark(args);
    expect(err).toContain(mention);
    expect(err).toContain('Usage:');
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('exit 1: graph or data are wrong', () => {
  it('names every problem of the graph', () => {
    const { code, err, out } = tidemark(['run', broken]);
    expect(code).toBe(1);
    expect(err).toContain('events is -1');
    expect(err).toContain('sizeMs is 0');
    expect(out).toBe('');
  });

  it('names the line of a graph that is no JSON', () => {
    const { code, err } = tidemark(['run', files.file('cut.json', '{\n  "version": 1,')]);
    expect(code).toBe(1);
    expect(err).toContain('line 2');
  });

  it('names the lines of a log that cannot be read', () => {
    const { code, err } = tidemark(['run', passing, '--log', '-'], '{"source":"src","row":{"ts":1}}\n{"source":"x"}\n');
    expect(code).toBe(1);
    expect(err).toContain('Line 2');
  });

  it('names what a data file is instead of text', () => {
    const { code, err } = tidemark(['run', passing, '--input', '-'], 'PK\u0003\u0004 and so on');
    expect(code).toBe(1);
    expect(err).toContain('zip');
  });

  it('a compressed file that is damaged is no success, and the ledger is written', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},row ${(i * 7919) % 65_536}\n`).join('');
    const damaged = gzipSync(`ts,a\n${rows}`);
    damaged.writeUInt32LE(12345, damaged.length - 8);
    const { code, err } = tidemark(['run', passing, '--input', '-', '--ledger', files.path('ledger-gz')], damaged);
    expect(code).toBe(1);
    expect(err).toContain('checksum');
    const { run } = JSON.parse(files.text('ledger-gz')) as LedgerFile;
    expect(run['entries']).toBeGreaterThan(0);
  });

  it('a compressed file that is cut off is no success; what was read of it is written', () => {
    // Hardly compressible: the first half of the stream holds about half of the rows.
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},row ${(i * 7919) % 65_536}\n`).join('');
    const whole = gzipSync(`ts,a\n${rows}`);
    const outputs = ['--out', files.path('out-cut'), '--ledger', files.path('ledger-cut')];
    const cut = whole.subarray(0, whole.length >> 1);
    const { code, err } = tidemark(['run', passing, '--input', '-', ...outputs], cut);
    expect(code).toBe(1);
    const written = files.lines('out-cut').length;
    expect(written).toBeGreaterThan(1_000);
    expect(err).toContain(
      `error: stdin is cut off: the gzip stream ends in the middle. ${written} rows were read before`,
    );
    const { nodes } = JSON.parse(files.text('ledger-cut')) as LedgerFile;
    expect(nodes['out']!['in']).toBe(written);
  });

  it('an array that is cut off is no success; what was read of it is written', () => {
    const args = ['--format', 'json', '--out', files.path('out-array'), '--ledger', files.path('ledger-array')];
    const { code, err } = tidemark(['run', passing, '--input', '-', ...args], '[{"ts":1},{"ts":2},{"ts":');
    expect(code).toBe(1);
    expect(err).toContain('incomplete JSON');
    expect(files.lines('out-array')).toHaveLength(2);
    expect((JSON.parse(files.text('ledger-array')) as LedgerFile).nodes['out']!['in']).toBe(2);
  });

  it.runIf(existsSync('/dev/full'))('a full disk ends the run, and the ledger is written', () => {
    const { code, err } = tidemark(['run', generated, '--out', '/dev/full', '--ledger', files.path('ledger-full')]);
    expect(code).toBe(1);
    expect(err).toContain('the disk is full');
    const { run } = JSON.parse(files.text('ledger-full')) as LedgerFile;
    expect(run['entries']).toBeGreaterThan(0);
  });
});

describe('exit 130: interrupted', () => {
  it('ends at a complete line, with the ledger, while the input is still open', async () => {
    const child = spawn(process.execPath, [
      PROGRAM,
      'run',
      passing,
      '--input',
      '-',
      '--ledger',
      files.path('ledger-int'),
    ]);
    let out = '';
    // The pipe may still be full of rows when the other end goes away.
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8');
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text: string) => {
        out += text;
        resolve();
      });
      child.stdin.write(`ts,a\n${Array.from({ length: 60_000 }, (_, i) => `${i},row number ${i}\n`).join('')}`);
    });
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    const rows = linesOf(out).length;
    expect(rows).toBeGreaterThan(0);
    const { nodes } = JSON.parse(files.text('ledger-int')) as LedgerFile;
    expect(nodes['out']!['in']).toBe(rows);
  });
});

describe('exit 0', () => {
  it('when the reader of the results goes away', () => {
    const line = `"${process.execPath}" "${PROGRAM}" run "${generated}" 2>/dev/null | head -n 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('0');
  });

  it('for help', () => {
    expect(tidemark(['--help'])).toMatchObject({ code: 0, err: '' });
  });
});

describe('validate', () => {
  it('says all as JSON in the words of the contract', () => {
    const { code, out } = tidemark(['validate', broken, '--json']);
    expect(code).toBe(1);
    const { problems } = JSON.parse(out) as { problems: readonly Record<string, unknown>[] };
    expect(problems.map(({ node, path }) => [node, path])).toEqual([
      ['src', 'nodes.0.config.events'],
      ['win', 'nodes.1.config.sizeMs'],
    ]);
    expect(Object.keys(problems[0]!)).toEqual(['code', 'severity', 'path', 'node', 'message', 'fix']);
  });

  it('is content with a graph that runs, from stdin too', () => {
    expect(tidemark(['validate', generated])).toMatchObject({ code: 0, out: 'No problems.\n' });
    expect(tidemark(['validate', '-', '--json'], files.text('generated.json'))).toMatchObject({
      code: 0,
      out: '{\n  "problems": []\n}\n',
    });
  });

  it('shows a stranger’s control characters instead of obeying them', () => {
    const { out } = tidemark(['validate', '-'], JSON.stringify({ version: 1, nodes: [], edges: [], '\u001b[2J': 1 }));
    expect(out).not.toContain('\u001b');
    expect(out).toContain('\\u001b');
  });
});

describe('inspect', () => {
  const csv = 'time,user,amount\n2024-01-01T00:00:00Z,a,1\n2024-01-01T00:00:05Z,b,2.5\nsoon,c,3\n';

  it('says all as JSON in the words of the contract', () => {
    const { code, out } = tidemark(['inspect', files.file('data.csv', csv), '--json']);
    expect(code).toBe(0);
    const inspection = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(inspection)).toEqual([
      'verdict',
      'rows',
      'rejected',
      'columns',
      'timeColumn',
      'warnings',
      'error',
    ]);
    expect(inspection).toMatchObject({
      verdict: 'accept_with_warnings',
      rows: 2,
      rejected: 1,
      columns: [
        { name: 'time', type: 'TIMESTAMP', unit: 'iso' },
        { name: 'user', type: 'STRING' },
        { name: 'amount', type: 'DOUBLE' },
      ],
      timeColumn: 'time',
      error: null,
    });
  });

  it('reads stdin and gzip, and tells people in lines', () => {
    const { code, out } = tidemark(['inspect', '-'], gzipSync(csv));
    expect(code).toBe(0);
    expect(out).toContain('accept with warnings, 2 rows, 1 rejected');
    expect(out).toContain('time TIMESTAMP (iso) · event time');
  });

  it('refuses what holds no events', () => {
    const { code, out } = tidemark(['inspect', '-', '--json'], '');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'reject', rows: 0, error: { code: 'empty-file' } });
  });
});

describe('what a graph leaves open', () => {
  const open = files.file('open.json', graph({ src: ['source.file'], out: ['sink'] }, 'src>out'));

  it('is found in the file, and the command line has the last word', () => {
    const csv = 'seen;user;sent\n2024-01-01 00:00:07;a;1704067200\n2024-01-01 00:00:05;b;1704067201\n';
    const found = linesOf<{ row: object; ts: number }>(tidemark(['run', open, '--input', '-'], csv).out);
    expect(found.map(({ ts }) => ts)).toEqual([1_704_067_207_000, 1_704_067_205_000]);
    const told = tidemark(['run', open, '--input', '-', '--time', 'sent:s', '--arrival', 'seen'], csv);
    expect(told.err).not.toContain('error');
    expect(linesOf<{ row: object; ts: number }>(told.out).map(({ ts }) => ts)).toEqual([
      1_704_067_201_000, 1_704_067_200_000,
    ]);
  });

  it('may be a file without header', () => {
    const { out } = tidemark(['run', open, '--input', '-', '--header', 'none', '--time', 'c1:ms'], '5,a\n9,b\n');
    expect(linesOf<{ row: object }>(out).map(({ row }) => row)).toEqual([
      { c1: 5, c2: 'a' },
      { c1: 9, c2: 'b' },
    ]);
  });

  it('is found in a written log too', () => {
    const log = ['{"row":{"at":1704067201000,"n":1}}', '{"source":"src","row":{"at":1704067202000}}', ''];
    const { out, err } = tidemark(['run', open, '--log', '-'], log.join('\n'));
    expect(err).not.toContain('error');
    expect(linesOf<{ row: object; ts: number }>(out).map(({ ts, row }) => [ts, row])).toEqual([
      [1_704_067_201_000, { at: 1_704_067_201_000, n: 1 }],
      [1_704_067_202_000, { at: 1_704_067_202_000, n: null }],
    ]);
  });
});
