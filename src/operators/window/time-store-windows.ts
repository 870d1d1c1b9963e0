import type { Window } from '../../stream/time.ts';
import type { KernelRequest } from '../operator.ts';
import { assignWindows } from '../shared/windows/assign-windows.ts';
import type { WindowBound } from './bound.ts';
import type { StoreRules } from './store-windows.ts';
import type { StoredWindow } from './window-store.ts';

/**
 * Tumbling and hopping windows, `[start, end)`. A window takes a row as long as its end is behind stream time less grace,
 * by itself: a row may come too late for some of its windows. `KStreamWindowAggregate`.
 */
export function timeStoreWindows({ bound, dialect }: KernelRequest<WindowBound>): StoreRules {
  const { sizeMs, graceMs, engine, emission } = bound;
  const retentionMs = engine.retentionMs ?? sizeMs + graceMs;
  // AbstractDualSchemaRocksDBSegmentedBytesStore.getActualFrom: the store that emits on close reads one millisecond more
  const spareMs = emission === 'on-close' ? 1 : 0;
  const perRow = bound.kind === 'hopping' ? Math.ceil(sizeMs / bound.advanceMs) : 1;
  const expiredThroughMs = (storeTimeMs: number): number => storeTimeMs - retentionMs - spareMs + sizeMs;
  return {
    takesOver: false,
    mostUpdates: () => perRow,
    storedAtMs: ({ startMs }) => startMs,
    closedThroughMs: (closeTimeMs) => closeTimeMs,
    lostThroughMs: expiredThroughMs,
    expiredThroughMs,
    take: (row, windows) => {
      const { store } = windows;
      let last: StoredWindow | null = null;
      const missed: Window[] = [];
      for (const bounds of assignWindows(row.timeMs, bound, dialect.windows)) {
        if (bounds.endMs <= row.closeTimeMs) {
          missed.push(bounds);
          continue;
        }
        last = store.find(row.key, bounds) ?? store.create(row, bounds);
        windows.add(last, row);
      }
      return { window: last, missed, looks: true };
    },
  };
}
