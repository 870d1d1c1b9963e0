import { parseArgs } from 'node:util';

export const USAGE = 'usage: npm run bench -- [--json] [--jobs NAME,NAME] [--events N]';
/** Sums of all columns stay whole numbers below 2^53 up to here. */
const MAX_EVENTS = 100_000_000;

export interface BenchOptions {
  readonly json: boolean;
  /** In the order in which they run. */
  readonly jobs: readonly string[];
  /** Of every job; null leaves the number to each. */
  readonly events: number | null;
}

/** The options, or what is wrong with them. `known` are the names of all jobs. */
export function parseOptions(args: readonly string[], known: readonly string[]): BenchOptions | string {
  const parsed = parse(args);
  if (typeof parsed === 'string') return parsed;
  const { json = false, jobs, events } = parsed;
  const asked = jobs === undefined ? known : jobs.split(',').map((name) => name.trim());
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) return `There is no job ${unknown.join(', ')}. There are: ${known.join(', ')}.`;
  const count = events === undefined ? null : Number(events);
  if (count !== null && (!Number.isInteger(count) || count < 1 || count > MAX_EVENTS)) {
    return `--events takes a whole number from 1 to ${MAX_EVENTS}, not ${events}.`;
  }
  return { json, jobs: known.filter((name) => asked.includes(name)), events: count };
}

interface Values {
  readonly json?: boolean | undefined;
  readonly jobs?: string | undefined;
  readonly events?: string | undefined;
}

function parse(args: readonly string[]): Values | string {
  try {
    const options = { json: { type: 'boolean' }, jobs: { type: 'string' }, events: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
