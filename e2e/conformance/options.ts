import { parseArgs } from 'node:util';

export const USAGE = 'usage: npm run -s conformance -- [--actual F] [--graphs DIR] [--json] FILE…';

export interface ConformanceOptions {
  readonly files: readonly string[];
  /** Where what came out is written, by case; null for nowhere. */
  readonly actual: string | null;
  /** The directory that documents and logs are written to; null for none. */
  readonly graphs: string | null;
  readonly json: boolean;
}

/** The options, or what is wrong with them. */
export function parseOptions(args: readonly string[]): ConformanceOptions | string {
  try {
    const options = { actual: { type: 'string' }, graphs: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    if (positionals.length === 0) return 'Give at least one file of cases.';
    const { actual = null, graphs = null, json = false } = values;
    return { files: positionals, actual, graphs, json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
