import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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

  it('names a dialect that is not there yet', () => {
    const { code, err } = tidemark(['run', generated, '--dialect', 'beam']);
    expect(code).toBe(1);
    expect(err).toContain('beam');
  });

  it('names the lines of a log that cannot be read', () => {
    const { code, err } = tidemark(['run', passing, '--log', '-'], '{"source":"src","row":{"ts":1}}\n{"source":"x"}\n');
    expect(code).toBe(1);
    expect(err).toContain('Line 2');
  });

  it('a data file that is no text ends the run, and the ledger is written', () => {
    const { code } = tidemark(['run', passing, '--input', '-', '--ledger', files.path('ledger-zip')], 'PK\u0003\u0004');
    expect(code).toBe(1);
    expect(existsSync(files.path('ledger-zip'))).toBe(true);
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
