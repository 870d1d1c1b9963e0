import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { useBranches } from '../../app/branches/branch-store.ts';
import { useLineageView } from '../../app/lineage-view.ts';
import { onPlaneUpdate } from '../../app/plane-updates.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { PlaneScreen } from './plane-screen.ts';
import type { PlaneState } from './plane-screen.ts';

interface PlaneParts {
  readonly screen: PlaneScreen;
  readonly state: PlaneState;
  readonly host: RefObject<HTMLDivElement | null>;
  readonly base: RefObject<HTMLCanvasElement | null>;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
}

const screen = new PlaneScreen();

/** The plane while it is in view: the engine is asked for what it is drawn from as long as somebody sees it. */
export function usePlane(): PlaneParts {
  const host = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const state = useSyncExternalStore(screen.subscribe, screen.snapshot);
  useEffect(() => {
    onPlaneUpdate((update) => screen.hear(update));
    useRunStore.getState().showPlane(true);
    return () => {
      useRunStore.getState().showPlane(false);
      onPlaneUpdate(null);
    };
  }, []);
  useEffect(() => {
    if (host.current === null || base.current === null || overlay.current === null) return undefined;
    return screen.attach(host.current, base.current, overlay.current);
  }, []);
  useEffect(
    () =>
      useRunStore.subscribe((run, before) => {
        const isOpened = run.status.kind === 'loading' && before.status.kind !== 'loading';
        if (run.watched !== before.watched || isOpened) screen.clear();
      }),
    [],
  );
  useEffect(
    () =>
      useTimeView.subscribe((view, before) => {
        if (view.selection !== before.selection) screen.selectionChanged();
        if (view.cursor !== before.cursor) screen.redraw(false);
        if (view.eventRange !== before.eventRange || view.atRange !== before.atRange) screen.followRanges();
      }),
    [],
  );
  useEffect(() => useLineageView.subscribe(() => screen.redraw(false)), []);
  useEffect(() => useBranches.subscribe(() => screen.redraw(false)), []);
  return { screen, state, host, base, overlay };
}
