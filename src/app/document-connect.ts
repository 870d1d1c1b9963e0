import type { StreamType } from '../stream/batch.ts';
import { nodeFaces } from '../pipeline/faces.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { describeStreams } from '../pipeline/analyse.ts';
import { whyNotConnect } from '../pipeline/connect.ts';
import { edgeKey } from '../pipeline/document.ts';
import { connect, disconnect, replaceEdge, setConfig } from '../pipeline/edits.ts';
import type { Config } from '../pipeline/suggested-config.ts';
import { suggestedConfig } from '../pipeline/suggested-config.ts';
import { useDocumentStore } from './document-store.ts';

/**
 * Connects two ports, one undo step. A node that still has the configuration it was made with gets one that suits what
 * now flows in: a key column that exists, an expression over real columns.
 */
export function connectPorts(edge: DocumentEdge): void {
  useDocumentStore.getState().edit({ label: 'Connect' }, (document) => suggestAt(connect(document, edge), edge));
}

/** Puts an edge in the place of another one, named by its key; one undo step. Tells why it may not be there, else null. */
export function reconnectPorts(key: string, edge: DocumentEdge): string | null {
  const { document: before, edit } = useDocumentStore.getState();
  if (edgeKey(edge) === key) return null;
  const reason = whyNotConnect(disconnect(before, [key]), edge.from, edge.to);
  if (reason === null) edit({ label: 'Reconnect' }, (document) => suggestAt(replaceEdge(document, key, edge), edge));
  return reason;
}

function suggestAt(document: PipelineDocument, { to }: DocumentEdge): PipelineDocument {
  const target = document.nodes.find((node) => node.id === to.node);
  return target === undefined ? document : withSuggestion(document, target);
}

/** Gives a node that still has the configuration it was made with one that suits what flows in, once that is known. */
export function withSuggestion(document: PipelineDocument, node: DocumentNode): PipelineDocument {
  const presets = Object.fromEntries(Object.entries(node.config).filter(([name]) => isPreset(name)));
  const configFor = (inputs: readonly StreamType[]): Config => suggestedConfig(node.type, inputs, presets);
  if (!same(node.config, configFor([]))) return document;
  const inputs = inputsOf(document, node);
  if (inputs === null) return document;
  const config = configFor(inputs);
  return same(config, node.config) ? document : setConfig(document, { id: node.id, config });
}

/** Chosen with the palette item, and so by the user. */
function isPreset(name: string): boolean {
  return name === 'kind' || name === 'view' || name === 'result';
}

/** Properties may stand in any order. */
function same(a: Config, b: Config): boolean {
  const sorted = (config: Config): string =>
    JSON.stringify(Object.entries(config).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** The streams at all inputs, in the order of the ports; null while one of them is not known. */
function inputsOf(document: PipelineDocument, node: DocumentNode): readonly StreamType[] | null {
  const arriving = describeStreams(document).get(node.id)?.inputs ?? [];
  const ports = nodeFaces[node.type].inputs;
  const streams = ports.flatMap((port) => {
    const types = arriving.filter((input) => input.port.name === port.name).map((input) => input.type);
    return types.length === 0 ? [null] : types;
  });
  return streams.every((type) => type !== null) ? streams : null;
}
