import { useEffect } from 'react';
import type { XYPosition } from 'reactflow';
import { groupsOf, useDocumentStore } from '../../app/document-store.ts';
import type { Selection } from '../../app/document-store.ts';
import { useContextMenu } from './context-menu-store.ts';
import type { MenuSubject } from './context-menu-store.ts';

const ITEM = '.react-flow__node, .react-flow__edge, [data-node-row]';
/** Elsewhere the browser's own menu is of more use. */
const GRAPH = '.react-flow, [data-node-row], main';
const OWN_MENU = 'input, textarea, [contenteditable="true"], a[href]';

/** A right click on the graph, and the menu key, ask what can be done with what is there. */
export function useContextMenuOfGraph(): void {
  useEffect(() => {
    const onMenu = (event: MouseEvent): void => {
      const { target, clientX, clientY } = event;
      if (useContextMenu.getState().place !== null) event.preventDefault();
      if (!(target instanceof Element) || target.closest(GRAPH) === null || target.closest(OWN_MENU) !== null) return;
      event.preventDefault();
      openMenuAt(target, { x: clientX, y: clientY });
    };
    window.addEventListener('contextmenu', onMenu);
    return () => window.removeEventListener('contextmenu', onMenu);
  }, []);
}

/** The menu of what has the keyboard, else of what is selected. */
export function openMenuOfSelection(): void {
  const held = document.activeElement?.closest(ITEM) ?? null;
  const { nodeIds, edgeKeys, noteIds } = useDocumentStore.getState().selection;
  const [id] = [...nodeIds, ...noteIds, ...edgeKeys];
  const selected = id === undefined ? null : document.querySelector(`[data-id="${CSS.escape(id)}"]`);
  const target = held ?? selected ?? document.querySelector('main');
  if (target !== null) openMenuAt(target, null);
}

/** Selects what the menu is to be about, unless it is part of the selection already. */
function openMenuAt(target: Element, point: XYPosition | null): void {
  const item = target.closest<HTMLElement | SVGElement>(ITEM);
  const { select, selection } = useDocumentStore.getState();
  if (item !== null && !isSelected(selection, idOf(item))) select(selectionOf(item));
  const { left, top, width, height } = (item ?? target).getBoundingClientRect();
  const isOfGraph = item === null && target.closest('.react-flow__nodesselection') === null;
  const place = point ?? { x: left + width / 2, y: top + height / 2 };
  useContextMenu.getState().open({ subject: isOfGraph ? 'graph' : subjectNow(), at: place }, point);
}

function idOf(item: HTMLElement | SVGElement): string {
  return item.dataset['nodeRow'] ?? item.dataset['id'] ?? '';
}

function isSelected({ nodeIds, edgeKeys, noteIds }: Selection, id: string): boolean {
  return [nodeIds, edgeKeys, noteIds].some((ids) => ids.includes(id));
}

function selectionOf(item: HTMLElement | SVGElement): Selection {
  const nothing: Selection = { nodeIds: [], edgeKeys: [], noteIds: [] };
  const id = idOf(item);
  if (item.matches('.react-flow__edge')) return { ...nothing, edgeKeys: [id] };
  if (item.matches('.react-flow__node-note')) return { ...nothing, noteIds: [id] };
  const group = groupsOf(useDocumentStore.getState().document).find((each) => each.id === id);
  return { ...nothing, nodeIds: group?.nodes ?? [id] };
}

function subjectNow(): MenuSubject {
  const { nodeIds, edgeKeys, noteIds } = useDocumentStore.getState().selection;
  if (nodeIds.length + noteIds.length + edgeKeys.length > 1) return 'several';
  if (nodeIds.length === 1) return 'node';
  return noteIds.length === 1 ? 'note' : 'edge';
}
