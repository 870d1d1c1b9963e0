import type { NodeStreams } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import type { DocumentNode, PipelineDocument } from '../../app/document-store.ts';
import { edgeKey } from '../../app/document-store.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { NodeDefinition, OutputPortName } from '../../stream/node-definition.ts';

/** Where rows of a node can be looked at: what comes in, what goes out. */
export interface RowPlace {
  readonly key: string;
  /** Short, to choose by. */
  readonly title: string;
  /** In a sentence: `from Clicks`. */
  readonly about: string;
  /** The port that the rows left by; of a sink `out` names what arrives. */
  readonly nodeId: string;
  readonly port: OutputPortName;
  /** The node whose rows they are looked at as. */
  readonly viewerId: string;
  readonly type: StreamType | null;
  /** Whether the rows are kept there, too: a port without an edge gives none. */
  readonly isConnected: boolean;
  /** The edge whose count is shown; null for the node's own output. */
  readonly edge: string | null;
}

const OUTPUT_TITLES: Readonly<Record<OutputPortName, string>> = { out: 'Out', late: 'Late', rejected: 'Rejected' };

interface PlaceRequest {
  readonly document: PipelineDocument;
  readonly node: DocumentNode;
  readonly definition: NodeDefinition;
  readonly streams: NodeStreams | undefined;
}

/** Outputs first: what a node makes is what people look for. */
export function rowPlaces({ document, node, definition, streams }: PlaceRequest): readonly RowPlace[] {
  const arriving = document.edges.filter(({ to }) => to.node === node.id);
  const inputs = arriving.map((edge): RowPlace => {
    const from = document.nodes.find(({ id }) => id === edge.from.node);
    const name = from === undefined ? edge.from.node : displayName(from);
    const port = definition.inputs.find((input) => input.name === edge.to.port);
    const isOneOfMany = arriving.filter(({ to }) => to.port === edge.to.port).length > 1;
    return {
      key: edgeKey(edge),
      title: isOneOfMany ? name : definition.inputs.length > 1 ? (port?.title ?? edge.to.port) : 'In',
      about: `from ${name}`,
      nodeId: edge.from.node,
      port: edge.from.port,
      viewerId: node.id,
      type:
        streams?.inputs.find((input) => input.port.name === edge.to.port && input.from === edge.from.node)?.type ??
        null,
      isConnected: true,
      edge: edgeKey(edge),
    };
  });
  const outputs = definition.outputs.map((port): RowPlace => ({
    key: `${node.id}:${port.name}`,
    title: OUTPUT_TITLES[port.name],
    about: `out of ${displayName(node)}`,
    nodeId: node.id,
    port: port.name,
    viewerId: node.id,
    type: streams?.outputs[port.name] ?? null,
    isConnected:
      port.name === 'out' || document.edges.some((e) => e.from.node === node.id && e.from.port === port.name),
    edge: null,
  }));
  return [...outputs, ...inputs];
}
