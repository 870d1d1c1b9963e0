import type { ResultTable } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { RowPlace } from './row-places.ts';
import { useLooks } from './use-looks.ts';

/** Most rows that are asked for. */
export const ROWS_MAX = 2_000;

/** The newest rows at a place; null while there are none. */
export function useRows({ key, nodeId, port }: RowPlace, isHeld: boolean): ResultTable | null {
  return useLooks(key, () => useRunStore.getState().rowsAt({ nodeId, port }, ROWS_MAX), isHeld);
}
