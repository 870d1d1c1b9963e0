import { describe, expect, test } from 'vitest';
import type { JoinRun, JoinSetting } from '../../testing/join-run.ts';
import { runJoin } from '../../testing/join-run.ts';

interface Options {
  readonly kind?: string;
  readonly bounds: readonly [lowerMs: number, upperMs: number];
  readonly more?: Readonly<Record<string, unknown>>;
  readonly engine?: Readonly<Record<string, unknown>>;
  readonly setting?: Partial<JoinSetting>;
}

function run(log: string, { kind = 'inner', bounds: [lowerMs, upperMs], more, engine, setting }: Options): JoinRun {
  const config = { kind, leftKeys: ['k'], rightKeys: ['k'], lowerMs, upperMs, ...more };
  return runJoin(log, { kind: 'join.interval', dialect: 'flink-sql', config, engine: engine ?? {}, ...setting });
}

describe('an interval join of Flink SQL', () => {
  test('takes both ends of the interval', () => {
    const { lines } = run('+ 10 k=a v=1\n1+ 7 k=a v=2\n1+ 8 k=a v=3\n1+ 15 k=a v=4\n1+ 16 k=a v=5', {
      bounds: [-2, 5],
    });
    expect(lines).toEqual(['2 out t=10 1-3', '3 out t=15 1-4']);
  });

  test('pads a row with the first watermark behind its last possible partner', () => {
    const { lines, ledger } = run('+ 10 k=a v=1\nW 15\n1W 15\nW 16\n1W 16', { kind: 'left', bounds: [0, 5] });
    expect(lines).toEqual(['4 out t=10 1-.']);
    expect(ledger).toMatchObject({ in: 1, used: 1, held: 0 });
  });

  test('pads later by the clean-up interval, unless a row of the other side comes by', () => {
    const options = { kind: 'full', bounds: [0, 5] as const, engine: { minCleanupMs: 10 } };
    expect(run('+ 10 k=a v=1\nW 20\n1W 20\nW 26\n1W 26', options).lines).toEqual(['4 out t=10 1-.']);
    expect(run('+ 10 k=a v=1\nW 20\n1W 20\n1+ 21 k=a v=2\nend\n1end', options).lines).toEqual([
      '3 out t=10 1-.',
      '5 out t=21 .-2',
    ]);
  });

  test('joins a late row with what is left, and pads it at once when its partners are gone', () => {
    const { lines, ledger } = run('+ 30 k=a v=1\nW 30\n1W 30\n1+ 28 k=a v=2\n1+ 20 k=a v=3\n+ 20 k=a v=4', {
      kind: 'left',
      bounds: [-5, 0],
    });
    expect(lines).toEqual(['3 out t=30 1-2', '5 out t=20 4-.']);
    expect(ledger).toMatchObject({ in: 4, late: 0, used: 1, held: 2, unmatched: 1 });
  });

  test('does not look for partners before what any key was cleaned of', () => {
    // The right rows of b went unnoticed: the clean-up of a is that of all keys.
    const log = '1+ 10 k=a v=1\n1+ 10 k=b v=2\nW 20\n1W 20\n+ 20 k=a v=3\n+ 10 k=b v=4';
    const { lines } = run(log, { bounds: [0, 0], engine: { minCleanupMs: 50 } });
    expect(lines).toEqual([]);
    expect(run(log.replace('+ 20 k=a v=3\n', ''), { bounds: [0, 0], engine: { minCleanupMs: 50 } }).lines).toEqual([
      '4 out t=10 4-2',
    ]);
  });

  test('keeps rows, and its watermark back, by the longer side of the interval and the lateness', () => {
    const { lines, watermarks } = run('+ 10 k=a v=1\nW 17\n1W 17\n1+ 12 k=a v=2\nW 40\n1W 40', {
      bounds: [-1, 5],
      engine: { latenessMs: 3 },
    });
    expect(lines).toEqual(['3 out t=12 1-2']);
    expect(watermarks).toEqual([-Infinity, -Infinity, 9, 9, 9, 32]);
  });

  test('never matches NULL keys unless they are values like others', () => {
    const log = '+ 10 v=1\n1+ 10 v=2\nend\n1end';
    const full = run(log, { kind: 'full', bounds: [0, 5] });
    expect(full.lines).toEqual(['3 out t=10 .-2', '3 out t=10 1-.']);
    expect(run(log, { bounds: [0, 5] }).ledger).toMatchObject({ in: 2, unmatched: 2 });
    expect(run(log, { bounds: [0, 5], more: { nullSafeKeys: ['k'] } }).lines).toEqual(['1 out t=10 1-2']);
  });

  test('rejects a row that the condition fails for, and goes on as if it had not come', () => {
    const { lines, ledger, rejections } = run('+ 10 k=a v=1\n1+ 10 k=a v=0\n1+ 10 k=a v=2', {
      bounds: [0, 5],
      more: { residual: 'v / right_v < 1' },
    });
    expect(lines).toEqual(['1 rejected t=10 .-0', '2 out t=10 1-2']);
    expect(ledger).toMatchObject({ in: 3, rejected: 1, held: 2 });
    expect(rejections).toHaveLength(1);
  });

  test('gives every row of an interval that ends before it begins its NULLs at once', () => {
    const { lines, watermarks } = run('+ 10 k=a v=1\n1+ 10 k=a v=2\nW 10\n1W 10', { kind: 'right', bounds: [5, 1] });
    expect(lines).toEqual(['1 out t=10 .-2']);
    expect(watermarks.at(-1)).toBe(10);
  });

  test('gives the time of the side that was asked for', () => {
    const log = '+ 10 k=a v=1\n1+ 12 k=a v=2\n1+ 12 k=b v=3\nend\n1end';
    const options = { kind: 'right', bounds: [0, 5] as const, more: { resultTime: 'left' } };
    expect(run(log, options).lines).toEqual(['1 out t=10 1-2', '4 out t=none .-3']);
  });

  test('goes by arrival on the processing clock, and pads when a timer is due', () => {
    const log = '+ - k=a v=1 @ 100\n1+ - k=a v=2 @ 150\n1+ - k=a v=3 @ 151\n+ - k=a v=4 @ 160\nclock 210';
    const options = { kind: 'left', bounds: [0, 50] as const, setting: { timeDomain: 'processing' as const } };
    expect(run(log, options).lines).toEqual(['1 out t=none 1-2']);
    expect(run(`${log}\nclock 211`, options).lines).toEqual(['1 out t=none 1-2', '5 out t=none 4-.']);
  });
});
