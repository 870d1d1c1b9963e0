import { withAnalysis } from '../../../app/document-analysis.ts';
import type { CatalogItem } from '../../../app/document-catalog.ts';
import { CATALOG, displayName, findFace, isOffered } from '../../../app/document-catalog.ts';
import type { OutputEnd } from '../../../app/authoring.ts';
import { itemsAfter } from '../../../app/authoring.ts';
import { isMainOutput } from '../../../app/main-output.ts';
import type { DocumentNode } from '../../../app/document-store.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { addItemBehind } from '../../canvas/add-node.ts';
import { useCanvasView } from '../../canvas/canvas-view.ts';
import { goToNode } from '../../canvas/go-to-node.ts';
import { NodeGlyph } from '../../theme/node-glyph.tsx';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

/** What adds waits for the definitions: only then is there a node to go to. */
function addAndGo(add: () => void): void {
  withAnalysis(() => {
    const before = useDocumentStore.getState().document.nodes;
    add();
    const added = useDocumentStore.getState().document.nodes.at(-1);
    if (added !== undefined && !before.includes(added)) goToNode(added.id);
  });
}

function entryOf(item: CatalogItem): Omit<PaletteEntry, 'run'> {
  return {
    id: `add:${item.id}`,
    title: `Add ${item.title}`,
    icon: <NodeGlyph kind={item.kind} config={item.preset} />,
    also: `${item.kind} ${item.group} ${item.summary} ${item.also}`,
  };
}

/** Where the rows that a node is for come out. */
function mainEndOf(node: DocumentNode | undefined): OutputEnd | null {
  const face = node === undefined ? null : findFace(node.type);
  const port = face?.outputs.find((output) => isMainOutput(face, output));
  return node === undefined || port === undefined ? null : { node: node.id, port: port.name };
}

/** All operators of the dialect; those that can take the rows of the selected node come to stand behind it. */
export function operatorGroup(): PaletteGroup {
  const { document, selection } = useDocumentStore.getState();
  const selected = selection.nodeIds.length === 1 ? selection.nodeIds[0] : undefined;
  const node = document.nodes.find(({ id }) => id === selected);
  const from = mainEndOf(node);
  const fitting = new Set(from === null ? [] : itemsAfter(from));
  const entries = CATALOG.filter((item) => isOffered(item, document.dialect)).map((item): PaletteEntry => {
    const isBehind = from !== null && node !== undefined && fitting.has(item);
    return {
      ...entryOf(item),
      ...(isBehind ? { hint: `behind ${displayName(node)}` } : {}),
      run: () =>
        addAndGo(() => {
          if (isBehind) addItemBehind(item, from);
          else useCanvasView.getState().addAtCentre(item.id);
        }),
    };
  });
  return { title: 'Add an operator', entries };
}

/** What fits behind a node, for each of its outputs. */
export function behindGroups(nodeId: string): readonly PaletteGroup[] {
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  const face = node === undefined ? null : findFace(node.type);
  if (node === undefined || face === null) return [];
  return face.outputs.map((port) => ({
    title:
      face.outputs.length === 1 ? `Behind ${displayName(node)}` : `Behind ${displayName(node)}, output ${port.title}`,
    entries: itemsAfter({ node: nodeId, port: port.name }).map((item) => ({
      ...entryOf(item),
      id: `behind:${port.name}:${item.id}`,
      run: () => addAndGo(() => addItemBehind(item, { node: nodeId, port: port.name })),
    })),
  }));
}
