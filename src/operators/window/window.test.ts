import { describe, expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };

interface Line {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
  readonly row: Readonly<Record<string, unknown>>;
}

function run(
  log: string,
  config: object = {},
): { readonly lines: readonly string[]; readonly ledger: Readonly<Record<string, unknown>> } {
  const scenario: Scenario = {
    kind: 'window',
    config: {
      keys: ['user'],
      sizeMs: 10_000,
      aggregates: [
        { name: 'n', function: 'count' },
        { name: 'total', function: 'sum', argument: 'amount' },
      ],
      ...config,
    },
    sources: [{ schema, watermark: watermarkConfig.parse({ strategy: 'none' }) }],
    entries: entriesFrom(log, [schema]),
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return { lines: transcript.results.map(show), ledger: { ...ledger.get(OPERATOR_ID) } };
}

/** `3.1 [0,10) on-time#0 a n=2 total=7`: position, window in seconds, pane, key, values; late rows by their node. */
function show(line: string): string {
  const { seq, phase, node, window, pane, row } = JSON.parse(line) as Line;
  const at = `${seq}.${phase}`;
  if (window === null || pane === null) return `${at} ${node} ${String(row['user'])} ${String(row['amount'])}`;
  const [start, end] = window.map((ms) => ms / 1000);
  const key = row['user'] === null ? 'NULL' : String(row['user']);
  return `${at} [${start},${end}) ${pane.timing}#${pane.index} ${key} n=${String(row['n'])} total=${String(row['total'])}`;
}

describe('a tumbling window', () => {
  test('fires with the entry whose watermark reaches its last millisecond, keys in order of arrival', () => {
    const { lines } = run(`
      + 00:00:03 user=b amount=5
      + 00:00:01 user=a amount=1
      + 00:00:09.999 user=b amount=2
      W 9998
      W 9999
    `);
    expect(lines).toEqual(['4.1 [0,10) on-time#0 b n=2 total=7', '4.1 [0,10) on-time#0 a n=1 total=1']);
  });

  test('takes a row behind the watermark as long as its window is open', () => {
    const { lines, ledger } = run(`
      W 00:00:08
      + 00:00:02 user=a amount=1
      W 00:00:10
    `);
    expect(lines).toEqual(['2.1 [0,10) on-time#0 a n=1 total=1']);
    expect(ledger).toMatchObject({ in: 1, used: 1, held: 0, late: 0 });
  });

  test('drops a row whose window has closed and hands it to the late port', () => {
    const { lines, ledger } = run(`
      W 9999
      + 9999 user=a amount=1
      + 10000 user=a amount=2
    `);
    expect(lines).toEqual(['1.0 sink-late a 1']);
    expect(ledger).toMatchObject({ in: 2, late: 1, lateWindows: 1, held: 1, emitted: { late: { '+I': 1 } } });
  });

  test('fires again with every row within the allowed lateness, then forgets', () => {
    const { lines, ledger } = run(
      `
      + 1000 user=a amount=1
      W 9999
      + 2000 user=a amount=2
      + 3000 user=b amount=3
      W 11998
      + 4000 user=a amount=4
      W 11999
      + 5000 user=a amount=5
    `,
      { latenessMs: 2000 },
    );
    expect(lines).toEqual([
      '1.1 [0,10) on-time#0 a n=1 total=1',
      '2.0 [0,10) late#1 a n=2 total=3',
      '3.0 [0,10) late#0 b n=1 total=3',
      '5.0 [0,10) late#2 a n=3 total=7',
      '7.0 sink-late a 5',
    ]);
    expect(ledger).toMatchObject({ in: 5, used: 4, held: 0, late: 1 });
  });

  test('puts times before 1970 into the window below', () => {
    const { lines } = run(`
      + -1 user=a amount=1
      + -10000 user=a amount=2
      + -10001 user=a amount=3
      end
    `);
    expect(lines).toEqual(['3.1 [-20,-10) on-time#0 a n=1 total=3', '3.1 [-10,0) on-time#0 a n=2 total=3']);
  });

  test('groups NULL keys together and leaves NULL amounts out of the sum', () => {
    const { lines } = run(`
      + 1000 amount=4
      + 2000
      + 3000 user=a
      end
    `);
    expect(lines).toEqual(['3.1 [0,10) on-time#0 NULL n=2 total=4', '3.1 [0,10) on-time#0 a n=1 total=null']);
  });

  test('moves its grid by the offset', () => {
    const { lines } = run('+ 2999 user=a amount=1\n+ 3000 user=a amount=2\nend', { offsetMs: 3000 });
    expect(lines).toEqual(['2.1 [-7,3) on-time#0 a n=1 total=1', '2.1 [3,13) on-time#0 a n=1 total=2']);
  });

  test('rejects a row without event time and hands it to the rejected port', () => {
    const { lines, ledger } = run('+ - user=a amount=1\nend');
    expect(lines).toEqual(['0.0 sink-rejected a 1']);
    expect(ledger).toMatchObject({ in: 1, rejected: 1 });
  });
});
