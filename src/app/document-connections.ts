import { whyNotConnect } from '../pipeline/connect.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { edgeKey } from '../pipeline/document.ts';
import { disconnect } from '../pipeline/edits.ts';
import type { InputPort, NodeFace, OutputPort } from '../stream/node-definition.ts';
import { displayName, findFace } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';

export interface PossibleEdge {
  readonly edge: DocumentEdge;
  readonly target: DocumentNode;
  /** Such as `late → left`; empty where neither end has a choice of ports. */
  readonly ports: string;
  /** Why it may not be drawn; null when it may. */
  readonly refusal: string | null;
}

/** Every edge that could begin at a node, legal ones first. */
export function edgesFrom(document: PipelineDocument, nodeId: string): readonly PossibleEdge[] {
  const outputs = faceOf(document, nodeId)?.outputs ?? [];
  const edges = outputs.flatMap((output) =>
    document.nodes
      .filter(({ id }) => id !== nodeId)
      .flatMap((target) => {
        const inputs = findFace(target.type)?.inputs ?? [];
        return inputs.map((input): PossibleEdge => {
          const from = { node: nodeId, port: output.name };
          const to = { node: target.id, port: input.name };
          const ports = portWords({ outputs, inputs }, output, input);
          return { edge: { from, to }, target, ports, refusal: whyNotConnect(document, from, to) };
        });
      }),
  );
  return [...edges.filter(({ refusal }) => refusal === null), ...edges.filter(({ refusal }) => refusal !== null)];
}

function portWords({ outputs, inputs }: Pick<NodeFace, 'outputs' | 'inputs'>, output: OutputPort, input: InputPort) {
  const words = [...(outputs.length > 1 ? [output.title] : []), ...(inputs.length > 1 ? [input.title] : [])];
  return words.join(' → ');
}

function faceOf(document: PipelineDocument, nodeId: string): NodeFace | null {
  const node = document.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? null : findFace(node.type);
}

export interface NamedEdge {
  readonly key: string;
  readonly edge: DocumentEdge;
  /** `Clicks → Filter`; with the port where it is not the usual one: `Clicks per user (late) → Table`. */
  readonly name: string;
}

export function edgesOf(document: PipelineDocument, nodeId: string): readonly NamedEdge[] {
  return document.edges
    .filter(({ from, to }) => from.node === nodeId || to.node === nodeId)
    .map((edge) => ({ key: edgeKey(edge), edge, name: edgeName(document, edge) }));
}

export function edgeName(document: PipelineDocument, { from, to }: DocumentEdge): string {
  const nameOf = ({ node: id, port }: DocumentEdge['from'] | DocumentEdge['to'], usual: string): string => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    const name = node === undefined ? id : displayName(node);
    return port === usual ? name : `${name} (${port})`;
  };
  return `${nameOf(from, 'out')} → ${nameOf(to, 'in')}`;
}

/** Takes edges away, one undo step; what is selected stays so. */
export function removeEdges(keys: readonly string[]): void {
  useDocumentStore.getState().edit({ label: 'Disconnect' }, (document) => disconnect(document, keys));
}
