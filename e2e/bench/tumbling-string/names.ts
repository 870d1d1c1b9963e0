import type { KeyedRow, Workload } from '../workload.ts';
import { KEYS } from '../workload.ts';

/** What key `k` is called. */
function nameOf(k: number): string {
  return `user-${String(k).padStart(4, '0')}`;
}

const DIGITS_FROM = nameOf(0).length - 4;
const ZERO = 48;

/** The key that `nameOf` made the name of. */
export function numberOf(name: string): number {
  let number = 0;
  for (let i = DIGITS_FROM; i < name.length; i++) number = number * 10 + name.charCodeAt(i) - ZERO;
  return number;
}

/** The workload's keys by name: ids into a dictionary, numbered as the names first come. */
export interface NamedKeys {
  readonly ids: Int32Array;
  readonly dictionary: readonly string[];
}

const namesByWorkload = new WeakMap<Workload, NamedKeys>();

/** The same for whoever asks. */
export function namedKeysOf(workload: Workload): NamedKeys {
  const known = namesByWorkload.get(workload);
  if (known !== undefined) return known;
  const { length, key } = workload;
  const ids = new Int32Array(length);
  const dictionary: string[] = [];
  // A key of the workload, or one more where a test has changed it.
  const idOf = new Int32Array(KEYS + 1).fill(-1);
  for (let i = 0; i < length; i++) {
    const k = key[i]!;
    if (idOf[k]! < 0) idOf[k] = dictionary.push(nameOf(k)) - 1;
    ids[i] = idOf[k]!;
  }
  const made = { ids, dictionary };
  namesByWorkload.set(workload, made);
  return made;
}

/** Rows with the name as their key. */
export function namedRowsOf(workload: Workload): readonly KeyedRow<string>[] {
  const { length, value, ts } = workload;
  const { ids, dictionary } = namedKeysOf(workload);
  const rows: KeyedRow<string>[] = [];
  for (let i = 0; i < length; i++) rows.push({ key: dictionary[ids[i]!]!, value: value[i]!, ts: ts[i]! });
  return rows;
}
