import type { JobResult } from './measure.ts';
import { rateIn } from './rate.ts';

/** What a column's rate is measured by: another column of the same run, or a rate that others published. */
type Yardstick = { readonly column: string } | { readonly name: string; readonly rate: number };

/** `column` (the engine when left out) is at least so many times as fast. */
export interface Goal {
  readonly column?: string;
  readonly atLeast: number;
  readonly than: Yardstick;
}

export interface Verdict {
  readonly goal: Goal;
  readonly ratio: number;
  readonly met: boolean;
}

const column = (name: string, atLeast: number): Goal => ({ atLeast, than: { column: name } });

/**
 * What Flink's task slot does in a second, by the published run of the benchmark's second edition: eight slots, RocksDB,
 * exactly-once checkpoints every 30 s, events from its own generator (nexmark/nexmark, "Nexmark Guide V2").
 */
const FLINK_SLOT_RATES: Readonly<Record<string, number>> = {
  q0: 331_000,
  q1: 358_000,
  q2: 369_000,
  q3: 238_000,
  q5: 115_000,
  q7: 33_000,
  q8: 260_000,
  q11: 53_000,
  q12: 244_000,
  q14: 254_000,
  q22: 204_000,
};

const nexmarkGoals = Object.entries(FLINK_SLOT_RATES).map(([query, rate]): [string, readonly Goal[]] => {
  const than = { name: 'Flink a slot', rate };
  return [
    `nexmark-${query}`,
    [
      { atLeast: 10, than },
      { column: 'with-generator', atLeast: 4, than },
    ],
  ];
});

/** A hundred thousand entries of state in two milliseconds. */
const TWO_MS = { name: '100,000 in 2 ms', rate: 50_000_000 };

const inNode: Readonly<Record<string, readonly Goal[]>> = {
  'filter-map': [column('fused', 0.5)],
  tumbling: [
    column('fused', 0.5),
    column('rxjs', 4),
    column('db-ivm', 100),
    column('duckdb-wasm', 1.5),
    { column: 'traced', atLeast: 0.7, than: { column: 'tidemark' } },
  ],
  'tumbling-string': [column('fused', 0.5), column('rxjs', 4), column('duckdb-wasm', 1.5), column('integer-keys', 0.5)],
  hopping: [column('fused', 0.5), column('rxjs', 10)],
  session: [column('fused', 0.5), column('rxjs', 4)],
  'interval-join': [column('fused', 0.5), column('rxjs', 2)],
  deep: [column('fused', 0.1), column('rxjs', 3)],
  'ingest-csv': [column('papaparse', 3)],
  'ingest-csv-short': [column('papaparse', 3)],
  'ingest-ndjson': [column('json-parse', 1.3)],
  'ingest-ndjson-short': [column('json-parse', 1.3)],
  snapshot: [
    { atLeast: 1, than: TWO_MS },
    { column: 'restore', atLeast: 1, than: TWO_MS },
  ],
  ...Object.fromEntries(nexmarkGoals),
};

/** A newer V8 than Node's runs row objects faster and these loops slower; its users see these. */
const inChromium: Readonly<Record<string, readonly Goal[]>> = {
  tumbling: [column('rxjs', 2)],
  hopping: [column('rxjs', 10)],
  session: [column('rxjs', 2)],
  'interval-join': [column('rxjs', 1.5)],
};

export type Place = 'node' | 'chromium';

/** Flink's published rate a slot at a Nexmark job; undefined for others. */
export function flinkRateOf(job: string): number | undefined {
  return FLINK_SLOT_RATES[job.replace('nexmark-', '')];
}

/** The job's goals as far as the columns are there that they speak of. */
export function judge(result: JobResult, place: Place): readonly Verdict[] {
  const goals = (place === 'node' ? inNode : inChromium)[result.job] ?? [];
  return goals.flatMap((goal): readonly Verdict[] => {
    const rate = rateIn(result, goal.column ?? 'tidemark');
    const yard = 'rate' in goal.than ? goal.than.rate : rateIn(result, goal.than.column);
    if (rate === undefined || yard === undefined) return [];
    const ratio = rate / yard;
    return [{ goal, ratio, met: ratio >= goal.atLeast }];
  });
}

/** `goal 0.50 x fused: 0.56 met` */
export function verdictText({ goal, ratio, met }: Verdict): string {
  const { than } = goal;
  const who = goal.column === undefined ? '' : `${goal.column} `;
  const whom = 'rate' in than ? than.name : than.column;
  const digits = goal.atLeast < 10 ? 2 : 1;
  return `goal ${who}${goal.atLeast.toFixed(digits)} x ${whom}: ${ratio.toFixed(digits)} ${met ? 'met' : 'MISSED'}`;
}
