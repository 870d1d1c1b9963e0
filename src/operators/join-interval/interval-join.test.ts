import { describe, expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';

const schema: Schema = { fields: [field('k', STRING), field('v', BIGINT)] };

function run(
  log: string,
  bounds: readonly [number, number],
): { readonly lines: readonly string[]; readonly ledger: object } {
  const watermark = watermarkConfig.parse({ strategy: 'none' });
  const scenario: Scenario = {
    kind: 'join.interval',
    config: { leftKeys: ['k'], rightKeys: ['k'], lowerMs: bounds[0], upperMs: bounds[1] },
    sources: [
      { schema, watermark },
      { schema, watermark },
    ],
    entries: entriesFrom(log, [schema, schema]),
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return { lines: transcript.results.map(show), ledger: { ...ledger.get(OPERATOR_ID) } };
}

/** `3 out t=12 1-7`: entry, port, event time, left and right value. */
function show(line: string): string {
  const { seq, node, ts, row } = JSON.parse(line) as {
    seq: number;
    node: string;
    ts: number;
    row: Record<string, unknown>;
  };
  return `${seq} ${node.replace('sink-', '')} t=${ts} ${String(row['v'])}-${String(row['right_v'])}`;
}

describe('an interval join', () => {
  test('takes both ends of the interval, and gives the larger time', () => {
    const { lines } = run('+ 10 k=a v=1\n1+ 7 k=a v=2\n1+ 8 k=a v=3\n1+ 15 k=a v=4\n1+ 16 k=a v=5', [-2, 5]);
    expect(lines).toEqual(['2 out t=10 1-3', '3 out t=15 1-4']);
  });

  test('gives the matches of one row by time, then by arrival', () => {
    const { lines } = run('1+ 12 k=a v=1\n1+ 11 k=a v=2\n1+ 12 k=a v=3\n1+ 12 k=b v=4\n+ 10 k=a v=9', [0, 5]);
    expect(lines).toEqual(['4 out t=11 9-2', '4 out t=12 9-1', '4 out t=12 9-3']);
  });

  test('calls a row late only when it is behind the watermark of both inputs', () => {
    const { lines, ledger } = run('W 20\n+ 10 k=a v=1\n1W 15\n+ 15 k=a v=2\n+ 14 k=a v=3\n1+ 14 k=b v=4', [0, 5]);
    expect(lines).toEqual(['4 late t=14 3-null', '5 late t=14 null-4']);
    expect(ledger).toMatchObject({ in: 4, late: 2, held: 1, unmatched: 1 });
  });

  test('forgets a row with the first watermark at which no partner can come', () => {
    const { lines, ledger } = run('+ 10 k=a v=1\nW 14\n1W 14\n1+ 14 k=a v=2\nW 15\n1W 15\n1+ 15 k=a v=3', [0, 5]);
    expect(lines).toEqual(['3 out t=14 1-2']);
    expect(ledger).toMatchObject({ in: 3, used: 2, held: 1, unmatched: 0 });
  });

  test('keeps a row that comes at the watermark until the next one', () => {
    // An interval that ends at 0 lets a left row go at W >= its time, but timers fire with a later watermark only.
    const { lines } = run('W 10\n1W 10\n+ 10 k=a v=1\n1+ 10 k=a v=2', [0, 0]);
    expect(lines).toEqual(['3 out t=10 1-2']);
  });

  test('never matches NULL keys', () => {
    const { lines, ledger } = run('+ 10 v=1\n1+ 10 v=2', [-5, 5]);
    expect(lines).toEqual([]);
    expect(ledger).toMatchObject({ in: 2, unmatched: 2 });
  });
});
