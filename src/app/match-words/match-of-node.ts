import type { InputPortName } from '../../stream/node-definition.ts';
import type { NodeStreams } from '../../pipeline/analyse.ts';
import type { DocumentNode, PipelineDocument } from '../../pipeline/document.ts';
import { displayName } from '../document-catalog.ts';
import { effectiveConfig } from '../document-settings.ts';
import type { MatchSide, MatchWords } from './match-request.ts';
import { matchWords } from './match-words.ts';

/** What a join of the document will match, in the words of its own nodes and columns; null for other nodes. */
export function matchOfNode(
  document: PipelineDocument,
  node: DocumentNode,
  streams: NodeStreams | undefined,
): MatchWords | null {
  if (!node.type.startsWith('join.')) return null;
  return matchWords({
    kind: node.type,
    config: effectiveConfig(node, 'config'),
    engine: effectiveConfig(node, 'engine'),
    dialect: document.dialect,
    timeDomain: document.time.domain,
    left: sideAt(document, streams, ['left', 'in']),
    right: sideAt(document, streams, ['right']),
  });
}

function sideAt(
  document: PipelineDocument,
  streams: NodeStreams | undefined,
  ports: readonly InputPortName[],
): MatchSide {
  const arriving = streams?.inputs.find(({ port }) => ports.includes(port.name));
  const from = document.nodes.find(({ id }) => id === arriving?.from);
  return { name: from === undefined ? `the ${ports[0] ?? ''} side` : displayName(from), type: arriving?.type ?? null };
}
