import { useDocumentStore } from '../../app/document-store.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { focusGraph, focusNode } from './focus-node.ts';
import { nodeBeside } from './graph-walk.ts';

/** The keyboard goes to a neighbour when the node that has it is deleted, and to the graph when there is none. */
export function keepFocus(): () => void {
  return useDocumentStore.subscribe(({ document: after }, { document: before }) => {
    if (after.nodes === before.nodes) return;
    const held = nodeWithFocus();
    if (held === null || has(after, held) || !has(before, held)) return;
    const next = neighboursOf(before, held).find((id) => has(after, id));
    // Once the node is gone from the page.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      if (next === undefined) focusGraph();
      else focusNode(next);
    });
  });
}

function nodeWithFocus(): string | null {
  const holder = document.activeElement?.closest<HTMLElement>('.react-flow__node, [data-node-row]');
  return holder?.dataset['nodeRow'] ?? holder?.dataset['id'] ?? null;
}

function neighboursOf(graph: PipelineDocument, nodeId: string): readonly string[] {
  const beside = (['upstream', 'downstream', 'preceding', 'following'] as const).map((direction) =>
    nodeBeside(graph, nodeId, direction),
  );
  return [...beside.filter((id) => id !== null), ...graph.nodes.map(({ id }) => id)];
}

function has({ nodes }: PipelineDocument, nodeId: string): boolean {
  return nodes.some(({ id }) => id === nodeId);
}
