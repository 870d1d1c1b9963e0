import { parseArgs } from 'node:util';
import type { PipelineDocument, RunEnd } from '../pipeline/document.ts';
import type { DialectName } from '../stream/node-definition.ts';
import { DIALECTS } from '../stream/node-definition.ts';
import { UsageError } from './exit-codes.ts';

const RUN_ENDS = ['flush', 'none', 'drain'] as const;
const FORMATS = ['csv', 'ndjson', 'json', 'geojson', 'parquet'] as const;

/** The options of `run` as they were given: texts that name a source are not taken apart yet. */
export interface RunOptions {
  readonly graph: string;
  readonly inputs: readonly string[];
  readonly log: string | null;
  readonly times: readonly string[];
  readonly arrivals: readonly string[];
  readonly zones: readonly string[];
  readonly formats: readonly string[];
  readonly headers: readonly string[];
  readonly dialect: DialectName | null;
  readonly end: RunEnd | null;
  readonly seed: number | null;
  readonly round: number;
  readonly until: number | null;
  readonly out: string;
  readonly ledger: string | null;
  readonly drops: string | null;
  readonly rejects: string | null;
  readonly watermarks: string | null;
  readonly strict: boolean;
}

export const ROUND_ENTRIES_MAX = 4096;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

const OPTIONS = {
  input: texts,
  log: text,
  time: texts,
  arrival: texts,
  zone: texts,
  format: texts,
  header: texts,
  dialect: text,
  end: text,
  seed: text,
  round: text,
  until: text,
  out: text,
  ledger: text,
  drops: text,
  rejects: text,
  watermarks: text,
  strict: { type: 'boolean' },
} as const;

export function parseRunOptions(args: readonly string[]): RunOptions {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true }),
  );
  const [graph] = positionals;
  if (graph === undefined || positionals.length > 1) throw new UsageError('run takes one graph file.');
  if (values.log !== undefined && values.input !== undefined) {
    throw new UsageError('--log holds the rows of all sources: give it without --input.');
  }
  const options: RunOptions = {
    graph,
    inputs: values.input ?? [],
    log: values.log ?? null,
    times: values.time ?? [],
    arrivals: values.arrival ?? [],
    zones: values.zone ?? [],
    formats: values.format ?? [],
    headers: values.header ?? [],
    dialect: values.dialect === undefined ? null : oneOf('--dialect', values.dialect, DIALECTS),
    end: values.end === undefined ? null : oneOf('--end', values.end, RUN_ENDS),
    seed: values.seed === undefined ? null : whole('--seed', values.seed, [0, 0xffff_ffff]),
    round: values.round === undefined ? ROUND_ENTRIES_MAX : whole('--round', values.round, [1, ROUND_ENTRIES_MAX]),
    until: values.until === undefined ? null : whole('--until', values.until, [0, Number.MAX_SAFE_INTEGER]),
    out: values.out ?? '-',
    ledger: values.ledger ?? null,
    drops: values.drops ?? null,
    rejects: values.rejects ?? null,
    watermarks: values.watermarks ?? null,
    strict: values.strict ?? false,
  };
  onlyOnce('stdout', '-', [options.out, options.ledger, options.drops, options.rejects, options.watermarks]);
  onlyOnce('stdin', '-', [options.graph, options.log]);
  return options;
}

export interface FileOptions {
  readonly file: string;
  readonly json: boolean;
}

/** The options of `validate` and `inspect`. */
export function parseFileOptions(command: string, args: readonly string[]): FileOptions {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, allowPositionals: true, strict: true }),
  );
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError(`${command} takes one file.`);
  return { file, json: values.json ?? false };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    throw new UsageError(message);
  }
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`${option} is "${value}"; it can be ${choices.join(', ')}.`);
  return found;
}

function whole(option: string, value: string, [least, most]: readonly [number, number]): number {
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${option} is "${value}"; it is a whole number from ${least} to ${most}.`);
}

function onlyOnce(name: string, mark: string, values: readonly (string | null)[]): void {
  if (values.filter((value) => value === mark).length > 1) throw new UsageError(`Only one of them can be ${name}.`);
}

/** What the command line says of one source, all as texts. */
export interface SourceOptions {
  input: string | null;
  time: string | null;
  arrival: string | null;
  zone: string | null;
  format: (typeof FORMATS)[number] | null;
  header: 'none' | null;
}

/** Gives every option to its source. Ids may hold any character, also `=`: the longest that fits is meant. */
export function optionsBySource(options: RunOptions, document: PipelineDocument): ReadonlyMap<string, SourceOptions> {
  const ids = document.nodes.filter(({ type }) => type.startsWith('source.')).map(({ id }) => id);
  const bySource = new Map<string, SourceOptions>(
    ids.map((id) => [id, { input: null, time: null, arrival: null, zone: null, format: null, header: null }]),
  );
  const give = (option: string, given: readonly string[], set: (to: SourceOptions, value: string) => void): void => {
    const seen = new Set<string>();
    for (const each of given) {
      const { id, value } = splitId(option, each, ids);
      if (seen.has(id)) throw new UsageError(`${option} is given twice for ${id}.`);
      seen.add(id);
      const to = bySource.get(id);
      if (to !== undefined) set(to, value);
    }
  };
  give('--input', options.inputs, (to, value) => (to.input = value));
  give('--time', options.times, (to, value) => (to.time = value));
  give('--arrival', options.arrivals, (to, value) => (to.arrival = value));
  give('--zone', options.zones, (to, value) => (to.zone = value));
  give('--format', options.formats, (to, value) => (to.format = oneOf('--format', value, FORMATS)));
  give('--header', options.headers, (to, value) => (to.header = oneOf('--header', value, ['none'] as const)));
  onlyOnce('stdin', '-', [options.graph, ...[...bySource.values()].map(({ input }) => input)]);
  return bySource;
}

function splitId(
  option: string,
  given: string,
  ids: readonly string[],
): { readonly id: string; readonly value: string } {
  const named = ids.filter((id) => given.startsWith(`${id}=`)).sort((a, b) => b.length - a.length)[0];
  if (named !== undefined) return { id: named, value: given.slice(named.length + 1) };
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return { id: only, value: given };
  const known = ids.length === 0 ? 'The graph has no source.' : `The sources are: ${ids.join(', ')}.`;
  throw new UsageError(`${option} ${given} names no source: write ID=…. ${known}`);
}
