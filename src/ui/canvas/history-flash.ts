import { useEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import { changedItems } from '../../app/changed-items.ts';
import { isHistoryStep } from '../../app/document-history.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { onceDrawn } from '../../app/drawing.ts';
import { motionMs } from './fit-view.ts';
import { reveal } from './reveal.ts';

const FLASH_MS = 160;
/** Each that fades is a layer of its own for the browser; more of them light up without fading. */
const MOST_THAT_FADE = 40;

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
      const all = [...nodes, ...edges, ...edgeEnds];
      requestAnimationFrame(() => onceDrawn(() => requestAnimationFrame(() => show(all))));
    });
  }, [flow, store]);
}

function flash(canvas: HTMLElement | null, ids: readonly string[]): void {
  if (canvas === null || motionMs(FLASH_MS) === 0) return;
  const wanted = new Set(ids);
  for (const element of canvas.querySelectorAll<HTMLElement>('.react-flow__node, .react-flow__edge')) {
    if (!wanted.has(element.dataset['id'] ?? '')) continue;
    element.dataset['flash'] = wanted.size > MOST_THAT_FADE ? 'many' : '';
    setTimeout(() => delete element.dataset['flash'], FLASH_MS);
  }
}
