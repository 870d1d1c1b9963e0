import { assert } from '../../src/stream/assert.ts';
import { flinkRateOf } from './goals.ts';
import type { JobResult } from './measure.ts';
import { rateIn } from './rate.ts';
import type { Report } from './report.ts';

/** A column of a table: what stands above it, and what of a job stands in it. */
type Column = readonly [heading: string, cell: (result: JobResult) => string];

/** `12.3 M`, with three digits. */
function millions(rate: number | undefined): string {
  if (rate === undefined) return '';
  const value = rate / 1e6;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return `${value.toFixed(digits)} M`;
}

function times(rate: number | undefined, yard: number | undefined): string {
  if (rate === undefined || yard === undefined) return '';
  const ratio = rate / yard;
  return ratio.toFixed(ratio >= 10 ? 0 : ratio >= 1 ? 1 : 2);
}

const rate = (heading: string, name: string): Column => [heading, (result) => millions(rateIn(result, name))];

/** How many times as fast as another column the engine is. */
const ratio = (heading: string, name: string): Column => [
  heading,
  (result) => times(rateIn(result, 'tidemark'), rateIn(result, name)),
];

const jobName: Column = ['job', ({ job }) => `\`${job}\``];

const eventColumns: readonly Column[] = [
  jobName,
  rate('tidemark', 'tidemark'),
  rate('fused', 'fused'),
  rate('plain', 'plain'),
  rate('RxJS', 'rxjs'),
  rate('db-ivm', 'db-ivm'),
  rate('DuckDB-WASM', 'duckdb-wasm'),
  ratio('tidemark / fused', 'fused'),
  ratio('tidemark / RxJS', 'rxjs'),
];

const nexmarkColumns: readonly Column[] = [
  jobName,
  rate('tidemark', 'tidemark'),
  rate('with the generator', 'with-generator'),
  rate('plain', 'plain'),
  ['Flink, a slot', ({ job }) => millions(flinkRateOf(job))],
  ['tidemark / Flink', (result) => times(rateIn(result, 'tidemark'), flinkRateOf(result.job))],
];

const ingestColumns: readonly Column[] = [
  jobName,
  rate('tidemark', 'tidemark'),
  rate('papaparse', 'papaparse'),
  rate('JSON.parse', 'json-parse'),
  ['tidemark / other', (result) => ratio('', 'papaparse')[1](result) || ratio('', 'json-parse')[1](result)],
];

/** In columns of equal width, as the formatter leaves them. */
function table(columns: readonly Column[], results: readonly JobResult[]): string {
  const rows = [
    columns.map(([heading]) => heading),
    ...results.map((result) => columns.map(([, cell]) => cell(result))),
  ];
  const widths = columns.map((_, i) => Math.max(3, ...rows.map((cells) => cells[i]?.length ?? 0)));
  const lines = rows.map((cells) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)));
  lines.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The Markdown tables of the README: events a second, Nexmark, bytes a second. */
export function readmeTables({ results }: Report): string {
  const isNexmark = ({ job }: JobResult): boolean => flinkRateOf(job) !== undefined;
  const isIngest = ({ unit }: JobResult): boolean => unit === 'bytes/s';
  const isRest = (result: JobResult): boolean =>
    !isNexmark(result) && !isIngest(result) && rateIn(result, 'fused') !== undefined;
  return [
    table(eventColumns, results.filter(isRest)),
    table(nexmarkColumns, results.filter(isNexmark)),
    table(ingestColumns, results.filter(isIngest)),
  ].join('\n\n');
}

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** The README with other tables between the two marks. */
export function withTables(readme: string, tables: string): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  assert(before !== undefined && after !== undefined, `a README with ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`;
}
