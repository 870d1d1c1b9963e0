import type { Connection, FinalConnectionState, OnConnectStartParams } from 'reactflow';
import { withAnalysis } from '../../app/document-analysis.ts';
import { portKey, useConnecting } from '../../app/document-connecting.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { InputPortName, OutputPortName } from '../../stream/node-definition.ts';
import { notify } from '../theme/notify.ts';
import type { StreamFlowEdge } from './flow-store.ts';
import { useQuickAdd } from './quick-add-store.ts';

function isOverPane(event: MouseEvent | TouchEvent): event is MouseEvent {
  return event instanceof MouseEvent && event.target instanceof Element && event.target.matches('.react-flow__pane');
}

/**
 * Drawing an edge. Which ports may take it is settled when the drawing begins; a port that may not says why, on the line
 * and, when the edge is let go there, in a message.
 */
export const connectionHandlers = {
  onConnectStart: (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams): void => {
    if (nodeId === null || handleId === null) return;
    const { begin } = useConnecting.getState();
    if (handleType === 'target') begin({ side: 'to', node: nodeId, port: handleId as InputPortName });
    else begin({ side: 'from', node: nodeId, port: handleId as OutputPortName });
  },

  isValidConnection: ({ source, sourceHandle, target, targetHandle }: Connection | StreamFlowEdge): boolean => {
    const { begun, mayEnd } = useConnecting.getState();
    return mayEnd(begun?.side === 'to' ? portKey(source, sourceHandle ?? '') : portKey(target, targetHandle ?? ''));
  },

  onConnect: ({ source, sourceHandle, target, targetHandle }: Connection): void => {
    if (sourceHandle === null || targetHandle === null) return;
    const from = { node: source, port: sourceHandle as OutputPortName };
    const to = { node: target, port: targetHandle as InputPortName };
    withAnalysis(({ connectPorts, whyNotConnect }) => {
      const reason = whyNotConnect(useDocumentStore.getState().document, from, to);
      if (reason === null) connectPorts({ from, to });
      else notify('error', 'Not connected.', reason);
    });
  },

  onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const { isValid, fromNode, fromHandle, toNode, toHandle } = state;
    if (toNode === null && fromNode !== null && fromHandle?.type === 'source' && isOverPane(event)) {
      const from = { node: fromNode.id, port: fromHandle.id as OutputPortName };
      useQuickAdd.getState().openAt({ from, at: { x: event.clientX, y: event.clientY } });
    }
    const key = toNode === null ? null : portKey(toNode.id, toHandle?.id ?? '');
    const reason = key === null ? undefined : useConnecting.getState().reasons.get(key);
    if (isValid === false && typeof reason === 'string') notify('error', 'Not connected.', reason);
    useConnecting.getState().end();
  },
};
