import { useMemo } from 'react';
import type { Connection, FinalConnectionState, OnConnectStartParams } from 'reactflow';
import { toast } from 'sonner';
import { portKey, useConnecting } from '../../app/document-connecting.ts';
import { connectPorts } from '../../app/document-connect.ts';
import type { InputPortName, OutputPortName } from '../../stream/node-definition.ts';
import type { StreamFlowEdge } from './flow-store.ts';

interface ConnectionHandlers {
  readonly onConnectStart: (event: unknown, params: OnConnectStartParams) => void;
  readonly onConnect: (connection: Connection) => void;
  readonly onConnectEnd: (event: unknown, state: FinalConnectionState) => void;
  readonly isValidConnection: (connection: Connection | StreamFlowEdge) => boolean;
}

/** Drawing an edge: which ports may take it is settled when the drawing begins, and said where one may not. */
export function useConnections(): ConnectionHandlers {
  return useMemo(() => {
    let begunAt: 'from' | 'to' = 'from';
    return {
      onConnectStart: (_event, { nodeId, handleId, handleType }) => {
        if (nodeId === null || handleId === null) return;
        begunAt = handleType === 'target' ? 'to' : 'from';
        useConnecting
          .getState()
          .begin(
            begunAt === 'from'
              ? { side: 'from', node: nodeId, port: handleId as OutputPortName }
              : { side: 'to', node: nodeId, port: handleId as InputPortName },
          );
      },
      isValidConnection: ({ source, sourceHandle, target, targetHandle }) => {
        const key = begunAt === 'from' ? portKey(target, targetHandle ?? '') : portKey(source, sourceHandle ?? '');
        return useConnecting.getState().reasons.get(key) === null;
      },
      onConnect: ({ source, sourceHandle, target, targetHandle }) => {
        if (sourceHandle === null || targetHandle === null) return;
        connectPorts({
          from: { node: source, port: sourceHandle as OutputPortName },
          to: { node: target, port: targetHandle as InputPortName },
        });
      },
      onConnectEnd: (_event, { isValid, toNode, toHandle }) => {
        const key = toNode !== null && toHandle?.id != null ? portKey(toNode.id, toHandle.id) : null;
        const reason = key === null ? undefined : useConnecting.getState().reasons.get(key);
        if (isValid === false && typeof reason === 'string') toast.error('Not connected.', { description: reason });
        useConnecting.getState().end();
      },
    };
  }, []);
}
