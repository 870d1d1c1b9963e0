import { Unlink } from 'lucide-react';
import { displayName } from '../../../app/document-catalog.ts';
import { connectPorts, reconnectPorts } from '../../../app/document-connect.ts';
import type { PossibleEdge } from '../../../app/document-connections.ts';
import { edgesFrom, edgesOf, otherEnds, removeEdges } from '../../../app/document-connections.ts';
import { edgeKey, useDocumentStore } from '../../../app/document-store.ts';
import { focusNode } from '../../canvas/focus-node.ts';
import { stepToEdge } from '../../canvas/go-to-node.ts';
import { NodeGlyph } from '../../theme/node-glyph.tsx';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

function nameOf(nodeId: string): string {
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? nodeId : displayName(node);
}

/** Every port that an edge from the node could lead to; those that it may not, with the reason. */
export function connectGroup(nodeId: string): PaletteGroup {
  const { document } = useDocumentStore.getState();
  return {
    title: `Connect ${nameOf(nodeId)} to`,
    entries: edgesFrom(document, nodeId).map((possible) => ({
      ...entryOf('connect', possible),
      run: () => {
        connectPorts(possible.edge);
        focusNode(nodeId);
      },
    })),
  };
}

function entryOf(what: string, { edge, node, ports, refusal }: PossibleEdge): Omit<PaletteEntry, 'run'> {
  return {
    id: `${what}:${edgeKey(edge)}`,
    title: displayName(node),
    hint: ports,
    icon: <NodeGlyph kind={node.type} config={node.config} />,
    refusal,
  };
}

/** Every other place for either end of an edge. */
export function reconnectGroups(key: string): readonly PaletteGroup[] {
  const { document } = useDocumentStore.getState();
  const edge = document.edges.find((each) => edgeKey(each) === key);
  if (edge === undefined) return [];
  const group = (side: 'from' | 'to', title: string): PaletteGroup => ({
    title,
    entries: otherEnds(document, key, side).map((possible) => ({
      ...entryOf(side, possible),
      run: () => {
        if (reconnectPorts(key, possible.edge) === null) stepToEdge(edgeKey(possible.edge));
      },
    })),
  });
  const groups = [
    group('to', `Lead the rows of ${nameOf(edge.from.node)} to`),
    group('from', `Take the rows of ${nameOf(edge.to.node)} from`),
  ];
  const isPossible = ({ entries }: PaletteGroup): boolean => entries.some(({ refusal }) => refusal === null);
  return [...groups.filter(isPossible), ...groups.filter((each) => !isPossible(each))];
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
