import type { NodeLedger } from '../engine/ledger.ts';
import { imbalance } from '../engine/ledger.ts';
import type { OperatorKind } from '../operators/operator.ts';
import { assert, defined } from '../stream/assert.ts';
import type { TimeDomain } from '../stream/node-definition.ts';
import type { Changes, RowKindName } from '../stream/row-kind.ts';
import type { Schema } from '../stream/types.ts';
import { BIGINT, STRING, TIMESTAMP, field } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from './log.ts';
import { entriesFrom } from './notation.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';
import { cutsOfOne, runLog } from './transcript.ts';

export interface RowSetting {
  readonly kind: OperatorKind;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine?: Readonly<Record<string, unknown>>;
  readonly timeDomain?: TimeDomain;
  /** What the rows do to each other; they are only added where absent. */
  readonly changes?: Changes;
  readonly key?: readonly string[];
}

const schema: Schema = {
  fields: [field('k', STRING), field('v', BIGINT), field('from', TIMESTAMP), field('to', TIMESTAMP)],
};
const windowed = { isMerging: false, closesAfterMs: 0, startColumn: 'from', endColumn: 'to' };

export interface RowRun {
  /** `3 +U a 5 1`: entry, change, then the key, the value and what was added; `late` or `rejected` before rows of that port. */
  readonly lines: readonly string[];
  readonly ledger: NodeLedger;
}

/**
 * An operator of Flink SQL over rows of a key `k`, a value `v` and a window `from` .. `to`, in one round, in rounds of one
 * entry, and restored before every entry: all must come to the same. Stream notation, a change in place of the plus.
 */
export function runRows(log: string, { changes = 'append', key, ...setting }: RowSetting): RowRun {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const plain = lines.map((line) => line.replace(/^[-+][IUD] /, '+ ')).join('\n');
  const entries = entriesFrom(plain, [schema]).map((entry, i) => {
    const op = /^[-+][IUD](?= )/.exec(lines[i] ?? '')?.[0] as RowKindName | undefined;
    return op === undefined ? entry : { ...entry, op };
  });
  const watermark = watermarkConfig.parse({ strategy: 'none' });
  const source = { schema, watermark, changes, windowed, ...(key === undefined ? {} : { key }) };
  const scenario: Scenario = { ...setting, dialect: 'flink-sql', sources: [source], entries };
  const plan = planOf(scenario);
  const slice = logOf(entries, schemasOf(scenario));
  const cuts = cutsOfOne(slice);
  const outcomes = [{}, { cuts }, { cuts, crashes: new Set(cuts) }].map((options) => {
    const { transcript, ledger } = runLog(plan, slice, options);
    const counts = defined(ledger.get(OPERATOR_ID), 'the operator');
    assert(imbalance(counts) === 0, 'a ledger that balances');
    return { lines: transcript.results.map(shown), ledger: counts };
  });
  const [whole, ...others] = outcomes;
  for (const other of others) assert(JSON.stringify(other) === JSON.stringify(whole), 'the same whatever the rounds');
  return defined(whole, 'a run');
}

interface Line {
  readonly seq: number;
  readonly node: string;
  readonly op: string;
  readonly row: Readonly<Record<string, unknown>>;
}

function shown(line: string): string {
  const { seq, node, op, row } = JSON.parse(line) as Line;
  const { from: _from, to: _to, ...values } = row;
  const port = node === 'sink-out' ? '' : `${node.replace('sink-', '')} `;
  return `${seq} ${port}${op} ${Object.values(values).map(String).join(' ')}`;
}
