import 'reactflow/dist/style.css';
import { Suspense, useEffect, useState } from 'react';
import type { DragEvent, MouseEvent, ReactElement } from 'react';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from 'reactflow';
import type { XYPosition } from 'reactflow';
import { GRID, snapped } from '../../app/arrange/node-sizes.ts';
import { useConnecting } from '../../app/document-connecting.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { centred, DRAG_TYPE, itemById } from './add-node.ts';
import { CanvasOverlays } from './canvas-overlays.tsx';
import { lazyLater } from '../theme/lazy-later.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import styles from './canvas.module.css';
import { connectionHandlers } from './connection-handlers.ts';
import { ConnectionLine } from './connection-line.tsx';
import { MAX_ZOOM, MIN_ZOOM } from './fit-view.ts';
import { useDrag } from './drag-gesture.ts';
import { dragHandlers } from './drag-handlers.ts';
import { aimPaletteItem, dropItem, watchPaletteDrags } from './edge-drop.ts';
import { useEdgeMarks } from './edge-marks.ts';
import type { CanvasNode, StreamFlowEdge } from './flow-nodes.ts';
import { useFarNodes } from './far-nodes.ts';
import { useFeed } from './use-feed.ts';
import { useFlowStore } from './flow-store.ts';
import { FrameNode } from './frame-node.tsx';
import { useHistoryFlash } from './history-flash.ts';
import { NoteNode } from './note-node.tsx';
import { OperatorNode } from './operator-node.tsx';
import { NO_GAP, useQuickAdd } from './quick-add-store.ts';
import { SPOKEN_HELP } from './spoken-help.ts';
import { StreamEdge } from './stream-edge.tsx';
import { useCancelGestures } from './use-cancel-gestures.ts';
import { useFitOnOpen } from './use-fit-on-open.ts';
import { useProvideCanvasView } from './use-canvas-view.ts';
import { useKeepView } from './use-keep-view.ts';
import { useNudge } from './use-nudge.ts';

const CanvasTools = lazyLater(async () => (await import('./canvas-tools.tsx')).CanvasTools);
const ProblemsChip = lazyLater(async () => (await import('./problems-chip.tsx')).ProblemsChip);
const EmptyCanvas = lazyPart(async () => (await import('./empty-canvas.tsx')).EmptyCanvas);

const nodeTypes = { operator: OperatorNode, note: NoteNode, frame: FrameNode };
const edgeTypes = { stream: StreamEdge };
const SNAP: [number, number] = [GRID, GRID];
const MULTI_SELECT = ['Meta', 'Control'];

// Outside of what is drawn: every edge is drawn anew when one of them is another function than before.
const hoverHandlers = {
  onEdgeMouseEnter: (_event: unknown, { id }: StreamFlowEdge): void => useEdgeMarks.getState().hover(id),
  onEdgeMouseLeave: (): void => useEdgeMarks.getState().hover(null),
};

interface CanvasProps {
  readonly onTemplates: () => void;
  /** Files dropped at a place of the canvas. */
  readonly onFiles: (files: readonly File[], at: XYPosition) => void;
}

export function Canvas(props: CanvasProps): ReactElement {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ onTemplates, onFiles }: CanvasProps): ReactElement {
  const isEmpty = useFlowStore((state) => state.nodes.length === 0);
  const { changeNodes, changeEdges } = useFlowStore.getState();
  const isDragging = useDrag((state) => state.isDragging);
  const isConnecting = useConnecting((state) => state.reasons.size > 0);
  const isEditable = useDocumentStore((state) => state.refusal === null);
  const dropping = useDropping(onFiles);
  useFeed();
  useFarNodes();
  useFitOnOpen();
  useProvideCanvasView();
  useKeepView();
  useHistoryFlash();
  useCancelGestures();
  useNudge();

  return (
    <main
      className={styles['canvas']}
      aria-label="Graph"
      tabIndex={-1}
      data-connecting={isConnecting ? '' : undefined}
      data-dragging={isDragging ? '' : undefined}
      data-fixed={isEditable ? undefined : ''}
      onDoubleClick={addAtPoint}
      {...dropping}
    >
      <ReactFlow<CanvasNode, StreamFlowEdge>
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        {...hoverHandlers}
        nodesDraggable={isEditable}
        nodesConnectable={isEditable}
        edgesReconnectable={isEditable}
        {...dragHandlers}
        {...connectionHandlers}
        connectionLineComponent={ConnectionLine}
        connectionRadius={24}
        // While a drag lasts, lines of other nodes come before the grid: see `drag-gesture.ts`.
        snapToGrid={!isDragging}
        snapGrid={SNAP}
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_SELECT}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        elevateNodesOnSelect
        aria-label="Graph"
        ariaLabelConfig={SPOKEN_HELP}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={2} />
      </ReactFlow>
      <Suspense fallback={null}>
        <ProblemsChip />
      </Suspense>
      <CanvasOverlays />
      <Suspense fallback={null}>{isEmpty && <EmptyCanvas onTemplates={onTemplates} />}</Suspense>
      <Suspense fallback={null}>
        <CanvasTools />
      </Suspense>
    </main>
  );
}

/** A double click on empty canvas asks what to put there. */
function addAtPoint({ target, clientX, clientY }: MouseEvent): void {
  if (!(target instanceof Element) || !target.matches('.react-flow__pane')) return;
  if (useDocumentStore.getState().refusal !== null) return;
  useQuickAdd.getState().openAt({ gap: NO_GAP, at: { x: clientX, y: clientY }, isAtPoint: true });
}

interface Dropping {
  readonly 'data-dropping': string | undefined;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Takes operators from the palette, onto the canvas or an edge, and files. */
function useDropping(onFiles: CanvasProps['onFiles']): Dropping {
  const flow = useReactFlow();
  const [isDropping, setDropping] = useState(false);
  useEffect(() => watchPaletteDrags(), []);
  return {
    'data-dropping': isDropping ? '' : undefined,
    onDragOver: (event) => {
      event.preventDefault();
      setDropping(true);
      aimPaletteItem(event);
    },
    onDragLeave: () => {
      setDropping(false);
      useEdgeMarks.getState().aim(null);
    },
    onDrop: (event) => {
      setDropping(false);
      event.preventDefault();
      const item = itemById(event.dataTransfer.getData(DRAG_TYPE));
      const point = { x: event.clientX, y: event.clientY };
      const corner = snapped(centred(flow.screenToFlowPosition(point, { snapToGrid: false })));
      if (item !== undefined) dropItem(item, corner);
      else if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files], corner);
    },
  };
}
