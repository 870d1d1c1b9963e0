import type { Column } from '../../stream/column.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import type { Directory } from '../shared/state/scalar-table.ts';
import type { WindowState } from './window-state.ts';

/** New keys of a batch after which it is better to number the keys of all its rows first. */
const MOST_NEW_KEYS = 64;

/** What the rows of a batch are counted and summed by: keys that an array tells, and one column of doubles. */
export interface Summing {
  readonly keyColumns: readonly Column[];
  readonly values: Float64Array;
  directory: Directory;
  newKeys: number;
}

/**
 * Whether all that a batch asks for is a count of rows and one sum of doubles by one key, as the most frequent windows do:
 * no NULL, no filter, every row, every key of the array kind. Counting and summing in the loop that finds the cells then
 * gives what doing so one after the other would.
 */
export function summingOf(
  state: WindowState,
  keyColumns: readonly Column[],
  inputs: readonly AggregateInput[],
): Summing | null {
  if (state.laneSums === null) return null;
  const column = inputs[state.accumulators.indexOf(state.stores[1]!)]?.column ?? null;
  const directory = state.keys.directory(keyColumns);
  if (column?.kind !== 'float' || column.nulls !== null || directory === null) return null;
  return { keyColumns, values: column.values, directory, newKeys: 0 };
}

/** Numbers the new key of a row; false where the batch should rather go another way. */
export function learnKey(summing: Summing, state: WindowState, row: number): boolean {
  const { places } = summing.directory;
  state.keys.idOf(summing.keyColumns, row);
  state.reserve();
  const directory = state.keys.directory(summing.keyColumns);
  if (directory === null || ++summing.newKeys > MOST_NEW_KEYS) return false;
  summing.directory = directory;
  const place = places[row]! >>> 0;
  return place < directory.numbers.length && directory.numbers[place]! >= 0;
}
