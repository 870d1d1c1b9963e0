import type { Window } from '../../stream/time.ts';
import type { KernelRequest } from '../operator.ts';
import { coverOf } from '../shared/windows/merge-sessions.ts';
import type { WindowBound } from './bound.ts';
import type { StoreRow, StoreRules } from './store-windows.ts';
import type { StoredWindow, WindowStore } from './window-store.ts';

/**
 * Sessions from the time of their first row to that of their last, both ends in. A row merges the sessions of its key that
 * are at most a gap away: a tombstone for each, by end, then the merged session; a row right on a session of one instant
 * only changes it. It comes too late if the merged session would end before stream time less grace and gap. Sessions that
 * the store's retention has passed are not seen, and so not merged; they are emitted on close all the same, as long as
 * the row that closes them does not make the store drop the segment that they are in. `KStreamSessionWindowAggregate`.
 */
export function sessionStoreWindows({ bound }: KernelRequest<WindowBound>): StoreRules {
  const { gapMs, graceMs, engine } = bound;
  const retentionMs = engine.retentionMs ?? gapMs + graceMs;
  // RocksDbTimeOrderedSessionBytesStoreSupplier; a put drops whole segments: KeyValueSegments.cleanupExpiredSegments
  const segmentMs = Math.max(Math.floor(retentionMs / 2), 60_000);
  const findSessions = (store: WindowStore, { key, timeMs, storeTimeMs }: StoreRow): readonly StoredWindow[] =>
    store
      .windowsOf(key, Math.max(timeMs - gapMs, storeTimeMs - retentionMs + 1), Infinity)
      .filter(({ startMs }) => startMs <= timeMs + gapMs);
  return {
    takesOver: false,
    // At most one on each side is near enough: sessions of a key that are nearer to each other are one.
    mostUpdates: () => 3,
    storedAtMs: ({ endMs }) => endMs,
    closedThroughMs: (closeTimeMs) => closeTimeMs - gapMs - 1,
    lostThroughMs: (storeTimeMs) => Math.floor((storeTimeMs - retentionMs) / segmentMs) * segmentMs - 1,
    expiredThroughMs: (storeTimeMs) => storeTimeMs - retentionMs,
    take: (row, windows) => {
      const { store } = windows;
      const found = findSessions(store, row);
      const own: Window = { startMs: row.timeMs, endMs: row.timeMs };
      const bounds = found.reduce(coverOf, own);
      if (bounds.endMs < row.closeTimeMs - gapMs) return { window: null, missed: [bounds], looks: true };
      const cell = store.cells.take();
      let heldRows = 0;
      for (const session of found) {
        store.cells.merge(cell, session.cell);
        heldRows += session.heldRows;
      }
      const isOwn = bounds.startMs === own.startMs && bounds.endMs === own.endMs;
      if (!isOwn) for (const session of found) windows.remove(session, row);
      const stored = store.find(row.key, bounds);
      const isUnseen = stored !== null && !found.includes(stored);
      if (isUnseen) windows.overwrite(stored);
      if (stored !== null) store.replaceCell(stored, cell);
      const session = stored ?? store.create(row, bounds, cell);
      if (isUnseen || stored === null) session.heldRows = heldRows;
      session.maxTimeMs = bounds.endMs;
      windows.add(session, row);
      return { window: session, missed: [], looks: true };
    },
  };
}
