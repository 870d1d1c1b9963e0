import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { isNowhere } from '../theme/use-return.ts';
import { focusGraph, focusNode, isFocusOnItsWay } from './focus-node.ts';
import { nodeBeside } from './graph-walk.ts';

/** Sees to it that the keyboard is never nowhere. */
export function keepFocus(): () => void {
  const stops = [followChanges(), catchLost()];
  return () => stops.forEach((stop) => stop());
}

/**
 * The keyboard goes to a neighbour when the node or edge that has it is deleted, and to the graph when there is none; one
 * that only got another place on the page keeps it.
 */
function followChanges(): () => void {
  return useDocumentStore.subscribe(({ document: after }, { document: before }) => {
    if (after.nodes === before.nodes && after.edges === before.edges) return;
    const holder = document.activeElement?.closest<HTMLElement>(
      '.react-flow__node, .react-flow__edge, [data-node-row]',
    );
    const held = holder?.dataset['nodeRow'] ?? holder?.dataset['id'];
    if (held === undefined) return;
    const next = successorsOf(before, held).find((id) => after.nodes.some((node) => node.id === id));
    // Once the change is drawn.
    setTimeout(() => {
      if (isFocusOnItsWay() || !isNowhere(document.activeElement)) return;
      if (next === undefined) focusGraph();
      else focusNode(next);
    });
  });
}

/** Who has the keyboard after a node, by id, or an edge, by key: first of all itself. */
function successorsOf(graph: PipelineDocument, held: string): readonly string[] {
  const edge = graph.edges.find((each) => edgeKey(each) === held);
  if (edge !== undefined) return [edge.from.node, edge.to.node];
  const beside = (['upstream', 'downstream', 'preceding', 'following'] as const).map((direction) =>
    nodeBeside(graph, held, direction),
  );
  return [held, ...beside.filter((id) => id !== null), ...graph.nodes.map(({ id }) => id)];
}

/**
 * What had the keyboard may be gone, as a button of something that was removed, or cannot have it any more, as Undo when
 * nothing is left to undo. Then the graph has it: all keys work there.
 */
function catchLost(): () => void {
  let holder: EventTarget | null = null;
  const onFocus = ({ target }: FocusEvent): void => {
    holder = target;
  };
  // A click beside everything lets go on purpose.
  const onPointer = (): void => {
    holder = null;
  };
  const onKey = (): void => {
    if (holder === null || document.activeElement !== document.body) return;
    holder = null;
    focusGraph();
  };
  const onKeyUp = (): number => requestAnimationFrame(onKey);
  window.addEventListener('focusin', onFocus);
  window.addEventListener('pointerdown', onPointer, { capture: true });
  window.addEventListener('keydown', onKey, { capture: true });
  window.addEventListener('keyup', onKeyUp);
  return () => {
    window.removeEventListener('focusin', onFocus);
    window.removeEventListener('pointerdown', onPointer, { capture: true });
    window.removeEventListener('keydown', onKey, { capture: true });
    window.removeEventListener('keyup', onKeyUp);
  };
}
