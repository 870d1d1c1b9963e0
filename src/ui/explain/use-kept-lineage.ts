import { useEffect } from 'react';
import { useLineageView } from '../../app/lineage-view.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import type { InspectorTab } from '../inspector/inspector-store.ts';

/**
 * Keeps a lineage marked while the rows of one node after the other are looked at: until the run stands elsewhere, something
 * that is not in it is selected, or another tab is opened.
 */
export function useKeptLineage(tab: InspectorTab): void {
  useEffect(() => {
    if (tab === 'lineage') return undefined;
    if (tab !== 'rows') {
      forget();
      return undefined;
    }
    const stopRun = useRunStore.subscribe((state, before) => {
      if (lookedAt(state).seq !== lookedAt(before).seq) forget();
    });
    const stopView = useTimeView.subscribe(({ selection }, before) => {
      if (selection !== before.selection && !isOfShown(selection)) forget();
    });
    return () => {
      stopRun();
      stopView();
    };
  }, [tab]);
  useEffect(() => forget, []);
}

function forget(): void {
  useLineageView.getState().show(null);
}

/** Taking a selection back is none of another thing. */
function isOfShown(selection: TimeSelection | null): boolean {
  const { shown } = useLineageView.getState();
  if (selection === null || shown === null) return true;
  const { seq, nodeId } = selection;
  const name = `${nodeId} ${String(seq)} `;
  return shown.events.has(seq) || [...shown.results].some((result) => result.startsWith(name));
}
