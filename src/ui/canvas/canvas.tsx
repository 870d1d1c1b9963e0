import 'reactflow/dist/style.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactElement } from 'react';
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from 'reactflow';
import type { ReactFlowState, XYPosition } from 'reactflow';
import { useDocumentStore } from '../../app/document-store.ts';
import { markUsable } from '../../app/first-view.ts';
import { addItem, centred, DRAG_TYPE, itemById, snapped } from './add-node.ts';
import { CanvasTools } from './canvas-tools.tsx';
import styles from './canvas.module.css';
import { connectionHandlers } from './connection-handlers.ts';
import { ConnectionLine } from './connection-line.tsx';
import { fitOptions, MAX_ZOOM, MIN_ZOOM } from './fit-view.ts';
import { setDragging, useFlowStore } from './flow-store.ts';
import type { OperatorFlowNode, StreamFlowEdge } from './flow-store.ts';
import { OperatorNode } from './operator-node.tsx';
import { ProblemsChip } from './problems-chip.tsx';
import { useQuickAdd } from './quick-add-store.ts';
import { StreamEdge } from './stream-edge.tsx';
import { useProvideCanvasView } from './use-canvas-view.ts';
import { useKeepView } from './use-keep-view.ts';

const EmptyCanvas = lazy(async () => ({ default: (await import('./empty-canvas.tsx')).EmptyCanvas }));
const QuickAdd = lazy(async () => ({ default: (await import('./quick-add.tsx')).QuickAdd }));

const nodeTypes = { operator: OperatorNode };
const edgeTypes = { stream: StreamEdge };
const SNAP: [number, number] = [16, 16];
const MULTI_SELECT = ['Meta', 'Control'];
/** Below this zoom only icon, name and bar of a node can be read. */
const FAR_ZOOM = 0.6;
const isFar = (state: ReactFlowState): boolean => state.transform[2] < FAR_ZOOM;

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
  const flow = useReactFlow<OperatorFlowNode, StreamFlowEdge>();
  const nodes = useFlowStore((state) => state.nodes);
  const edges = useFlowStore((state) => state.edges);
  const { changeNodes, changeEdges } = useFlowStore.getState();
  const far = useStore(isFar);
  const isAdding = useQuickAdd((state) => state.place !== null);
  const [isDropping, setDropping] = useState(false);
  useFitOnOpen();
  useProvideCanvasView();
  useKeepView();

  const drop = (event: DragEvent): void => {
    setDropping(false);
    event.preventDefault();
    const item = itemById(event.dataTransfer.getData(DRAG_TYPE));
    const point = { x: event.clientX, y: event.clientY };
    const corner = snapped(centred(flow.screenToFlowPosition(point, { snapToGrid: false })));
    if (item !== undefined) addItem(item, corner);
    else if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files], corner);
  };

  return (
    <main
      className={styles['canvas']}
      aria-label="Graph"
      data-dropping={isDropping ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={drop}
    >
      <ReactFlow<OperatorFlowNode, StreamFlowEdge>
        nodes={nodes as OperatorFlowNode[]}
        edges={edges as StreamFlowEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onNodeDragStart={() => setDragging(true)}
        onNodeDragStop={() => setDragging(false)}
        onSelectionDragStart={() => setDragging(true)}
        onSelectionDragStop={() => setDragging(false)}
        {...connectionHandlers}
        connectionLineComponent={ConnectionLine}
        connectionRadius={24}
        snapToGrid
        snapGrid={SNAP}
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_SELECT}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        elevateNodesOnSelect
        data-far={far ? '' : undefined}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={2} />
      </ReactFlow>
      <ProblemsChip />
      <Suspense fallback={null}>
        {isAdding && <QuickAdd />}
        {nodes.length === 0 && <EmptyCanvas onTemplates={onTemplates} />}
      </Suspense>
      <CanvasTools />
    </main>
  );
}

/** Shows a document whole when it is put in place of another. */
function useFitOnOpen(): void {
  const flow = useReactFlow();
  const opened = useDocumentStore((state) => state.opened);
  const isReady = useStore((state) => state.nodesInitialized);
  const fitted = useRef(-1);
  useEffect(() => {
    if (fitted.current === opened) return;
    const isEmpty = useDocumentStore.getState().document.nodes.length === 0;
    if (!isReady && !isEmpty) return;
    fitted.current = opened;
    if (isEmpty) void flow.setViewport({ x: 0, y: 0, zoom: 1 });
    else void flow.fitView({ ...fitOptions(), duration: 0 });
    markUsable();
  }, [flow, opened, isReady]);
}
