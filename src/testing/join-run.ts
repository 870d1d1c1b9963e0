import type { NodeLedger } from '../engine/ledger.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { Windowing } from '../stream/batch.ts';
import type { DialectName, TimeDomain } from '../stream/node-definition.ts';
import type { Schema } from '../stream/types.ts';
import { BIGINT, STRING, TIMESTAMP, field } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from './log.ts';
import { entriesFrom } from './notation.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';
import { runLog } from './transcript.ts';

export interface JoinSetting {
  readonly kind: OperatorKind;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine?: Readonly<Record<string, unknown>>;
  readonly dialect?: DialectName;
  readonly timeDomain?: TimeDomain;
  /** Whether rows of both sides come with the columns `from` and `to` of a window. */
  readonly isWindowed?: boolean;
  /** What the inputs are, where not streams of new rows. */
  readonly inputs?: readonly Pick<ScenarioSource, 'changes' | 'key'>[];
}

export interface JoinRun {
  /** `3 out t=12 1-7`: entry, port, event time, left and right value; a dot for a side without row. Behind it what is no +I. */
  readonly lines: readonly string[];
  /** The operator's watermark after each entry. */
  readonly watermarks: readonly number[];
  readonly rejections: readonly string[];
  readonly ledger: NodeLedger;
}

const plain: Schema = { fields: [field('k', STRING), field('v', BIGINT)] };
const windowed: Schema = { fields: [...plain.fields, field('from', TIMESTAMP), field('to', TIMESTAMP)] };
const windowing: Windowing = { isMerging: false, closesAfterMs: 0, startColumn: 'from', endColumn: 'to' };

/** A join of two sources of a key `k` and a value `v` over a log in stream notation. */
export function runJoin(log: string, { isWindowed = false, inputs = [], ...setting }: JoinSetting): JoinRun {
  const schema = isWindowed ? windowed : plain;
  const source = {
    schema,
    watermark: watermarkConfig.parse({ strategy: 'none', delayMs: 0 }),
    ...(isWindowed ? { windowed: windowing } : {}),
  };
  const scenario: Scenario = {
    ...setting,
    sources: [0, 1].map((i) => ({ ...source, ...inputs[i] })),
    entries: entriesFrom(log, [schema, schema]),
  };
  const plan = planOf(scenario);
  const { transcript, ledger } = runLog(plan, logOf(scenario.entries, schemasOf(scenario)));
  const node = plan.nodes.findIndex(({ id }) => id === OPERATOR_ID);
  return {
    lines: transcript.results.map(shown),
    watermarks: transcript.watermarks[node] ?? [],
    rejections: transcript.rejections,
    ledger: ledger.get(OPERATOR_ID)!,
  };
}

function shown(line: string): string {
  const { seq, node, ts, op, row } = JSON.parse(line) as {
    readonly seq: number;
    readonly node: string;
    readonly ts: number | null;
    readonly op: string;
    readonly row: Readonly<Record<string, unknown>>;
  };
  const values = 'right_v' in row ? [row['v'], row['right_v']] : [row['v']];
  return `${seq} ${node.replace('sink-', '')} t=${ts ?? 'none'} ${values.map((value) => String(value ?? '.')).join('-')}${op === '+I' ? '' : ` ${op}`}`;
}
