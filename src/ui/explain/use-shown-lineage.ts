import { useEffect, useRef } from 'react';
import type { ShownLineage } from '../../app/lineage-view.ts';
import { useLineageView } from '../../app/lineage-view.ts';

/** Has a lineage marked in tables and on the canvas for as long as `told`, what it is made from, is on the screen. */
export function useShownLineage(make: () => ShownLineage, told: object): void {
  const newest = useRef(make);
  useEffect(() => {
    newest.current = make;
  });
  useEffect(() => {
    const { show } = useLineageView.getState();
    show(newest.current());
    return () => show(null);
  }, [told]);
}
