import { useEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import { changedItems } from '../../app/changed-items.ts';
import { isHistoryStep } from '../../app/document-history.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { motionMs } from './fit-view.ts';
import { reveal } from './reveal.ts';
import { useFeedProgress } from './use-feed.ts';

const FLASH_MS = 160;

/** After undo and redo what has changed lights up for a moment, and comes into view. */
export function useHistoryFlash(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const show = (ids: readonly string[]): void => {
      reveal(flow, ids, store.getState());
      flash(store.getState().domNode, ids);
    };
    return useDocumentStore.subscribe((state, before) => {
      if (state.opened !== before.opened || !isHistoryStep(state, before)) return;
      const { nodes, edges, edgeEnds } = changedItems(before.document, state.document);
      onceDrawn(() => show([...nodes, ...edges, ...edgeEnds]));
    });
  }, [flow, store]);
}

/** A large change is drawn over several frames. */
function onceDrawn(then: () => void): void {
  requestAnimationFrame(() => {
    if (useFeedProgress.getState().isWhole) requestAnimationFrame(then);
    else onceDrawn(then);
  });
}

function flash(canvas: HTMLElement | null, ids: readonly string[]): void {
  if (canvas === null || motionMs(FLASH_MS) === 0) return;
  const wanted = new Set(ids);
  for (const element of canvas.querySelectorAll<HTMLElement>('.react-flow__node, .react-flow__edge')) {
    if (!wanted.has(element.dataset['id'] ?? '')) continue;
    element.dataset['flash'] = '';
    setTimeout(() => delete element.dataset['flash'], FLASH_MS);
  }
}
