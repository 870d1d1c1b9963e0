export const USAGE = 'usage: npm run mutants -- [--json] [--only ID,ID] [--sample N --seed S]';

export interface Options {
  readonly json: boolean;
  /** Ids of the mutants to judge; null for all. */
  readonly only: readonly string[] | null;
  /** Judge so many of them; which, the seed says. Null for all. */
  readonly sample: number | null;
  readonly seed: number;
}

/** The options, or what is wrong with them. */
export function parseOptions(args: readonly string[], ids: readonly string[]): Options | string {
  let options: Options = { json: false, only: null, sample: null, seed: 0 };
  for (let i = 0; i < args.length; i++) {
    const value = args[i + 1] ?? '';
    switch (args[i]) {
      case '--json':
        options = { ...options, json: true };
        continue;
      case '--only': {
        const unknown = value.split(',').filter((id) => !ids.includes(id));
        if (unknown.length > 0) return `There is no mutant ${unknown.join(', ')}.`;
        options = { ...options, only: value.split(',') };
        break;
      }
      case '--sample':
      case '--seed':
        if (!/^\d+$/.test(value)) return `${String(args[i])} takes a whole number.`;
        options = { ...options, [args[i] === '--seed' ? 'seed' : 'sample']: Number(value) };
        break;
      default:
        return `${String(args[i])} is no option.`;
    }
    i++;
  }
  return options;
}

/** So many of a list from the place on that the seed says: seeds that follow each other go through all of it. */
export function sampleOf<T>(list: readonly T[], count: number, seed: number): readonly T[] {
  const from = (seed * count) % list.length;
  return [...list.slice(from), ...list.slice(0, from)].slice(0, count);
}
