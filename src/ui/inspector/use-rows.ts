import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ResultTable } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { RowPlace } from './row-places.ts';

/** Most rows that are asked for. */
export const ROWS_MAX = 2_000;
/** Least time between two looks while a run goes on. */
const PAUSE_MS = 400;

interface Look {
  readonly key: string;
  readonly table: ResultTable | null;
}

/** The newest rows at a place. While `isHeld` they stay as they are, so that they can be read. */
export function useRows(place: RowPlace, isHeld: boolean): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  const seq = useRunStore((state) => state.position.seq);
  const kind = useRunStore((state) => state.status.kind);
  const lookedAtMs = useRef(-Infinity);
  const { key, nodeId, port } = place;
  const take = useEffectEvent((table: ResultTable | null) => {
    if (place.key === key && !isHeld) setLook({ key, table });
  });
  useEffect(() => {
    if (isHeld || kind === 'idle' || kind === 'loading') return undefined;
    let isGone = false;
    const timer = setTimeout(
      () => {
        lookedAtMs.current = performance.now();
        const { rowsAt } = useRunStore.getState();
        void rowsAt({ nodeId, port }, ROWS_MAX).then((table) => {
          if (!isGone) take(table);
        });
      },
      Math.max(0, lookedAtMs.current + PAUSE_MS - performance.now()),
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [key, nodeId, port, seq, kind, isHeld]);
  // At once, and not after the pause, when another place is looked at.
  useEffect(() => {
    lookedAtMs.current = -Infinity;
  }, [key]);
  return look?.key === key ? look : null;
}
