import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { RunStop } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import { useDeckView } from '../timeline/deck-view-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { formatExactCount } from '../theme/format.ts';
import { hitWords } from './watch-words.ts';
import styles from './travel-panels.module.css';

/** Why the run stands at a breakpoint, and the ways on from there. */
export function StopNotice({ stop }: { stop: RunStop }): ReactElement {
  const { id, hit } = stop;
  const nodes = useDocumentStore((state) => state.document.nodes);
  const watch = useMarks((state) => state.breakpoints.find((each) => each.id === id)?.watch);
  const words = `Stopped behind event #${formatExactCount(hit.seq)}: ${hitWords(watch, hit.nodeId, nodes)}.`;
  useEffect(() => announce(words), [words]);
  return (
    <div className={styles['stop']}>
      <i aria-hidden />
      <span title={words}>{words}</span>
      {watch?.kind === 'drop' && (
        <Button isSmall onClick={() => lookAt(stop, 'drops')}>
          Why?
        </Button>
      )}
      <Button isSmall onClick={() => lookAt(stop, 'plane')}>
        Show in the plane
      </Button>
      <Button isSmall onClick={() => void useRunStore.getState().play()}>
        Go on
      </Button>
    </div>
  );
}

/** Selects the event at the node where it happened. */
function lookAt({ hit: { nodeId, seq } }: RunStop, view: 'drops' | 'plane'): void {
  useDocumentStore.getState().select({ nodeIds: [nodeId], edgeKeys: [] });
  const { processingTimeMs } = useRunStore.getState().clocks;
  useTimeView
    .getState()
    .select({ kind: 'event', nodeId, seq, ...(processingTimeMs === null ? {} : { atMs: processingTimeMs }) });
  if (view === 'plane') usePanels.getState().change({ isPlaneFolded: false });
  useDeckView.getState().show(view);
}
