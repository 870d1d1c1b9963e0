import { useEffect, useRef } from 'react';
import type { ShownLineage } from '../../app/lineage-view.ts';
import { useLineageView } from '../../app/lineage-view.ts';
import { useInspector } from '../inspector/inspector-store.ts';

/**
 * Has a lineage marked in tables and on the canvas for as long as `told`, what it is made from, is on the screen; where the
 * rows took its place there, `useKeptLineage` says how long.
 */
export function useShownLineage(make: () => ShownLineage, told: object): void {
  const newest = useRef(make);
  useEffect(() => {
    newest.current = make;
  });
  useEffect(() => {
    const { show } = useLineageView.getState();
    show(newest.current());
    return () => {
      if (useInspector.getState().tab !== 'rows') show(null);
    };
  }, [told]);
}
