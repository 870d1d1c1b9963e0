import { Unlink } from 'lucide-react';
import { displayName } from '../../../app/document-catalog.ts';
import { connectPorts } from '../../../app/document-connect.ts';
import { edgesFrom, edgesOf, removeEdges } from '../../../app/document-connections.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { focusNode } from '../../canvas/focus-node.ts';
import { NodeGlyph } from '../../theme/node-glyph.tsx';
import type { PaletteGroup } from './palette-entry.ts';

function nameOf(nodeId: string): string {
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? nodeId : displayName(node);
}

/** Every port that an edge from the node could lead to; those that it may not, with the reason. */
export function connectGroup(nodeId: string): PaletteGroup {
  const { document } = useDocumentStore.getState();
  return {
    title: `Connect ${nameOf(nodeId)} to`,
    entries: edgesFrom(document, nodeId).map(({ edge, target, ports, refusal }) => ({
      id: `connect:${edge.from.port}:${edge.to.node}:${edge.to.port}`,
      title: displayName(target),
      hint: ports,
      icon: <NodeGlyph kind={target.type} config={target.config} />,
      refusal,
      run: () => {
        connectPorts(edge);
        focusNode(nodeId);
      },
    })),
  };
}

export function disconnectGroup(nodeId: string): PaletteGroup {
  const { document } = useDocumentStore.getState();
  return {
    title: `Disconnect ${nameOf(nodeId)}`,
    entries: edgesOf(document, nodeId).map(({ key, name }) => ({
      id: `disconnect:${key}`,
      title: name,
      icon: <Unlink size={16} aria-hidden />,
      run: () => {
        removeEdges([key]);
        focusNode(nodeId);
      },
    })),
  };
}
