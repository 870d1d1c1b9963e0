import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run bench -- [--json | --readme | --check | --keep] [--browser] [--jobs NAME,NAME] [--columns NAME,NAME] [--events N]
  --json     figures, numbers of events and checksums as JSON
  --readme   writes the tables of the README
  --check    a short run that fails where the engine fell behind the kept ratios
  --keep     keeps the ratios of a short run
  --browser  in a worker in Chromium
  --columns  only these: for a profiler`;
/** Sums of all columns stay whole numbers below 2^53 up to here. */
const MAX_EVENTS = 100_000_000;

const MODES = ['json', 'readme', 'check', 'keep'] as const;

export interface BenchOptions {
  readonly mode: 'table' | (typeof MODES)[number];
  readonly browser: boolean;
  /** In the order in which they run. */
  readonly jobs: readonly string[];
  /** Names of contenders; null for all. */
  readonly columns: readonly string[] | null;
  /** Of every job; null leaves the number to each. */
  readonly events: number | null;
}

/** The options, or what is wrong with them. `known` are the names of all jobs. */
export function parseOptions(args: readonly string[], known: readonly string[]): BenchOptions | string {
  const parsed = parse(args);
  if (typeof parsed === 'string') return parsed;
  const { browser = false, jobs, columns, events } = parsed;
  const modes = MODES.filter((name) => parsed[name] === true);
  if (modes.length > 1) return `--${modes.join(' and --')} do not go together.`;
  const [mode = 'table'] = modes;
  if (browser && mode !== 'table' && mode !== 'json') return `--${mode} does not go with --browser.`;
  const asked = jobs === undefined ? known : namesIn(jobs);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) return `There is no job ${unknown.join(', ')}. There are: ${known.join(', ')}.`;
  const count = events === undefined ? null : Number(events);
  if (count !== null && (!Number.isInteger(count) || count < 1 || count > MAX_EVENTS)) {
    return `--events takes a whole number from 1 to ${MAX_EVENTS}, not ${events}.`;
  }
  return {
    mode,
    browser,
    jobs: known.filter((name) => asked.includes(name)),
    columns: columns === undefined ? null : namesIn(columns),
    events: count,
  };
}

function namesIn(list: string): readonly string[] {
  return list.split(',').map((name) => name.trim());
}

type Values = { readonly [Flag in 'browser' | (typeof MODES)[number]]?: boolean | undefined } & {
  readonly jobs?: string | undefined;
  readonly columns?: string | undefined;
  readonly events?: string | undefined;
};

function parse(args: readonly string[]): Values | string {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const flags = { json: flag, readme: flag, check: flag, keep: flag, browser: flag };
  try {
    const options = { ...flags, jobs: text, columns: text, events: text };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
