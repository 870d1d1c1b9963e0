import type { Connection, FinalConnectionState, OnConnectStartParams } from 'reactflow';
import type { Point } from '../../app/arrange/boxes.ts';
import { withAnalysis } from '../../app/document-analysis.ts';
import { portKey, useConnecting } from '../../app/document-connecting.ts';
import type { DocumentEdge } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { InputPortName, OutputPortName } from '../../stream/node-definition.ts';
import { notify } from '../theme/notify.ts';
import type { StreamFlowEdge } from './flow-nodes.ts';
import { useQuickAdd } from './quick-add-store.ts';

/** Where the pointer was let go, on empty canvas; null elsewhere. The target of a touch is what it began on. */
function placeOnPane(event: MouseEvent | TouchEvent): Point | null {
  const touched = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (touched === undefined) return null;
  const { clientX: x, clientY: y } = touched;
  return document.elementFromPoint(x, y)?.matches('.react-flow__pane') === true ? { x, y } : null;
}

function edgeOf({ source, sourceHandle, target, targetHandle }: Connection): DocumentEdge | null {
  if (sourceHandle === null || targetHandle === null) return null;
  return {
    from: { node: source, port: sourceHandle as OutputPortName },
    to: { node: target, port: targetHandle as InputPortName },
  };
}

/** The edge whose end is in the hand; null while a new one is drawn. */
let taken: string | null = null;
let isCancelled = false;

/** Forgets what is being drawn; the pointer is still down. Whether anything was. */
export function cancelConnecting(): boolean {
  const { begun, end } = useConnecting.getState();
  if (begun === null) return false;
  isCancelled = true;
  end();
  return true;
}

/**
 * Drawing an edge, or dragging an end of one. Which ports may take it is settled when the gesture begins; a port that may
 * not says why, on the line and, when the edge is let go there, in a message. An end let go over nothing goes back.
 */
export const connectionHandlers = {
  onConnectStart: (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams): void => {
    if (nodeId === null || handleId === null) return;
    isCancelled = false;
    // It may still be on its way after the last gesture.
    useQuickAdd.getState().close();
    const { begin } = useConnecting.getState();
    if (handleType === 'target') begin({ side: 'to', node: nodeId, port: handleId as InputPortName }, taken);
    else begin({ side: 'from', node: nodeId, port: handleId as OutputPortName }, taken);
  },

  isValidConnection: ({ source, sourceHandle, target, targetHandle }: Connection | StreamFlowEdge): boolean => {
    const { begun, mayEnd } = useConnecting.getState();
    return mayEnd(begun?.side === 'to' ? portKey(source, sourceHandle ?? '') : portKey(target, targetHandle ?? ''));
  },

  onConnect: (connection: Connection): void => {
    const edge = edgeOf(connection);
    if (edge === null || isCancelled) return;
    withAnalysis(({ connectPorts, whyNotConnect }) => {
      const reason = whyNotConnect(useDocumentStore.getState().document, edge.from, edge.to);
      if (reason === null) connectPorts(edge);
      else notify('error', 'Not connected.', reason);
    });
  },

  onReconnectStart: (_event: unknown, { id }: StreamFlowEdge): void => {
    taken = id;
  },

  onReconnect: ({ id }: StreamFlowEdge, connection: Connection): void => {
    const edge = edgeOf(connection);
    if (edge === null || isCancelled) return;
    withAnalysis(({ reconnectPorts }) => {
      const reason = reconnectPorts(id, edge);
      if (reason !== null) notify('error', 'Not connected.', reason);
    });
  },

  onReconnectEnd: (): void => {
    taken = null;
  },

  onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const { isValid, fromNode, fromHandle, toNode, toHandle } = state;
    const { reasons, end } = useConnecting.getState();
    const fromPort = fromHandle?.id ?? null;
    const at = isCancelled || taken !== null || toNode !== null ? null : placeOnPane(event);
    if (at !== null && fromNode !== null && fromPort !== null) {
      const isOutput = fromHandle?.type === 'source';
      const gap = {
        from: isOutput ? { node: fromNode.id, port: fromPort as OutputPortName } : null,
        to: isOutput ? null : { node: fromNode.id, port: fromPort as InputPortName },
      };
      useQuickAdd.getState().openAt({ gap, at, isAtPoint: true });
    }
    const key = toNode === null ? null : portKey(toNode.id, toHandle?.id ?? '');
    const reason = key === null ? undefined : reasons.get(key);
    if (isValid === false && typeof reason === 'string') notify('error', 'Not connected.', reason);
    isCancelled = false;
    end();
  },
};
