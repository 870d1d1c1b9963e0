import { useEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import type { ReactFlowInstance, XYPosition } from 'reactflow';
import { addNoteAt, groupSelection, NOTE_SIZE } from '../../app/annotating.ts';
import { PORT_TOP, snapped } from '../../app/arrange/node-sizes.ts';
import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { findFace } from '../../app/document-catalog.ts';
import { addItem, centred, freePosition, itemById } from './add-node.ts';
import { alignSelection, distributeSelection, layOut } from './arrange.ts';
import { useCanvasView } from './canvas-view.ts';
import { fitOptions, motionMs, viewOf } from './fit-view.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';
import { useInPlace } from './in-place-store.ts';
import { NO_GAP, useQuickAdd } from './quick-add-store.ts';
import type { QuickAddPlace } from './quick-add-store.ts';
import { reveal } from './reveal.ts';

const SLOW_MS = 280;
const QUICK_MS = 160;

/** Lets the rest of the screen move the view and add to it. */
export function useProvideCanvasView(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const box = (): DOMRect => store.getState().domNode?.getBoundingClientRect() ?? new DOMRect();
    const middle = (): XYPosition => {
      const { x, y, width, height } = box();
      return flow.screenToFlowPosition({ x: x + width / 2, y: y + height / 2 }, { snapToGrid: false });
    };
    useCanvasView.setState({
      fit: () => void flow.fitView(fitOptions()),
      fitSelection: () => {
        const { nodeIds, noteIds } = useDocumentStore.getState().selection;
        const nodes = [...nodeIds, ...noteIds].map((id) => ({ id }));
        if (nodes.length > 0) void flow.fitView({ ...fitOptions(), nodes });
      },
      zoom: (how) => {
        const duration = motionMs(QUICK_MS);
        if (how === 'in') void flow.zoomIn({ duration });
        else if (how === 'out') void flow.zoomOut({ duration });
        else void flow.zoomTo(1, { duration });
      },
      zoomLevel: flow.getZoom,
      flyTo: (nodeId) => {
        const maxZoom = Math.max(1, flow.getZoom());
        void flow.fitView({ nodes: [{ id: nodeId }], maxZoom, duration: motionMs(SLOW_MS) });
      },
      reveal: (nodeIds) => reveal(flow, nodeIds, store.getState()),
      addAtCentre: (itemId) => {
        const item = itemById(itemId);
        if (item !== undefined) addItem(item, freePosition(centred(middle())));
      },
      quickAdd: () => {
        const place = placeOfSelection(flow);
        if (place !== null) useQuickAdd.getState().openAt(place);
        return place !== null;
      },
      askWhatToAdd: (at) => {
        const { x, y, width, height } = box();
        const place = at ?? { x: x + width / 2, y: y + height / 2 };
        useQuickAdd.getState().openAt({ gap: NO_GAP, at: place, isAtPoint: true });
      },
      addNote: () => {
        const { x, y } = useCanvasView.getState().pointer() ?? middle();
        const id = addNoteAt(snapped({ x: x - NOTE_SIZE.w / 2, y: y - NOTE_SIZE.h / 2 }));
        if (id !== null) useInPlace.getState().begin(id);
      },
      group: () => {
        const id = groupSelection();
        if (id !== null) useInPlace.getState().begin(id);
      },
      pan: (by) => {
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + by.x, y: y + by.y, zoom }, { duration: motionMs(QUICK_MS) });
      },
      align: alignSelection,
      distribute: distributeSelection,
      layOut: () => layOut(middle()),
      view: () => viewOf(store.getState()),
    });
    return providePointer(flow, box);
  }, [flow, store]);
}

/** Where an operator may be added by key: behind the one selected node, or on the one selected edge. */
function placeOfSelection(flow: ReactFlowInstance): QuickAddPlace | null {
  const { document, selection } = useDocumentStore.getState();
  const { nodes } = useFlowStore.getState();
  const [nodeId, ...otherNodes] = selection.nodeIds;
  const [key, ...otherEdges] = selection.edgeKeys;
  const boxAt = (id: string): ReturnType<typeof boxOf> | null => {
    const drawn = nodes.find((node) => node.id === id);
    return drawn === undefined ? null : boxOf(drawn);
  };
  const at = ({ x, y }: XYPosition): XYPosition => flow.flowToScreenPosition({ x, y });
  if (nodeId !== undefined && otherNodes.length === 0) {
    const kind = document.nodes.find(({ id }) => id === nodeId)?.type ?? '';
    const box = boxAt(nodeId);
    if (box === null || !(findFace(kind)?.outputs.some(({ name }) => name === 'out') ?? false)) return null;
    const gap = { from: { node: nodeId, port: 'out' as const }, to: null };
    return { gap, at: at({ x: box.x + box.w + 12, y: box.y + PORT_TOP }), isAtPoint: false };
  }
  const edge = otherEdges.length > 0 ? undefined : document.edges.find((each) => edgeKey(each) === key);
  const [from, to] = [boxAt(edge?.from.node ?? ''), boxAt(edge?.to.node ?? '')];
  if (edge === undefined || from === null || to === null) return null;
  const middle = { x: (from.x + from.w + to.x) / 2, y: (from.y + to.y) / 2 + PORT_TOP };
  return { gap: { from: edge.from, to: edge.to }, at: at(middle), isAtPoint: false };
}

/** Remembers where the pointer is, for what is added or pasted by key. */
function providePointer(flow: ReactFlowInstance, box: () => DOMRect): () => void {
  let last: XYPosition | null = null;
  const onMove = ({ clientX, clientY }: PointerEvent): void => {
    last = { x: clientX, y: clientY };
  };
  useCanvasView.setState({
    pointer: () => {
      const { left, right, top, bottom } = box();
      const isOver = last !== null && last.x >= left && last.x <= right && last.y >= top && last.y <= bottom;
      return last !== null && isOver ? flow.screenToFlowPosition(last, { snapToGrid: false }) : null;
    },
  });
  window.addEventListener('pointermove', onMove, { passive: true });
  return () => window.removeEventListener('pointermove', onMove);
}
