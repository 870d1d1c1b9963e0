import { parseArgs } from 'node:util';

export const USAGE = 'usage: npm run soak -- [--events N] [--minutes M]';
const DEFAULT_EVENTS = 1_000_000_000;

export interface SoakOptions {
  /** The run ends with so many events, or with the time, whichever is first. */
  readonly events: number;
  /** Infinity where the command line says nothing. */
  readonly minutes: number;
}

/** The options, or what is wrong with them. Numbers may be written as 1e8. */
export function parseOptions(args: readonly string[]): SoakOptions | string {
  try {
    const options = { events: { type: 'string' }, minutes: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    const events = values.events === undefined ? DEFAULT_EVENTS : Number(values.events);
    const minutes = values.minutes === undefined ? Infinity : Number(values.minutes);
    if (!Number.isSafeInteger(events) || events < 1) return `--events takes a whole number, not ${values.events}.`;
    if (!(minutes > 0)) return `--minutes takes a positive number, not ${values.minutes}.`;
    return { events, minutes };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
