import { whyNotConnect } from '../pipeline/connect.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { edgeKey } from '../pipeline/document.ts';
import { disconnect } from '../pipeline/edits.ts';
import type { InputPort, NodeFace, OutputPort } from '../stream/node-definition.ts';
import { displayName, findFace } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';

export interface PossibleEdge {
  readonly edge: DocumentEdge;
  /** Where the end in question would be. */
  readonly node: DocumentNode;
  /** Such as `late → left`; empty where neither end has a choice of ports. */
  readonly ports: string;
  /** Why it may not be drawn; null when it may. */
  readonly refusal: string | null;
}

/** Every edge that could begin at a node, legal ones first. */
export function edgesFrom(document: PipelineDocument, nodeId: string): readonly PossibleEdge[] {
  const outputs = faceOf(document, nodeId)?.outputs ?? [];
  const others = document.nodes.filter(({ id }) => id !== nodeId);
  return legalFirst(
    outputs.flatMap(({ name }) => others.flatMap((node) => edgesTo(document, { node: nodeId, port: name }, node))),
  );
}

/** Every other place for an end of an edge, as if the edge were not there; legal ones first. */
export function otherEnds(document: PipelineDocument, key: string, side: 'from' | 'to'): readonly PossibleEdge[] {
  const edge = document.edges.find((each) => edgeKey(each) === key);
  if (edge === undefined) return [];
  const without = disconnect(document, [key]);
  const fixed = side === 'from' ? edge.to.node : edge.from.node;
  const others = document.nodes.filter(({ id }) => id !== fixed);
  const edges = others.flatMap((node) =>
    side === 'to' ? edgesTo(without, edge.from, node) : edgesOut(without, node, edge.to),
  );
  return legalFirst(edges.filter((possible) => edgeKey(possible.edge) !== key));
}

type From = DocumentEdge['from'];
type To = DocumentEdge['to'];

function edgesTo(document: PipelineDocument, from: From, node: DocumentNode): readonly PossibleEdge[] {
  const inputs = findFace(node.type)?.inputs ?? [];
  return inputs.map(({ name }) => ({ ...possibleEdge(document, from, { node: node.id, port: name }), node }));
}

function edgesOut(document: PipelineDocument, node: DocumentNode, to: To): readonly PossibleEdge[] {
  const outputs = findFace(node.type)?.outputs ?? [];
  return outputs.map(({ name }) => ({ ...possibleEdge(document, { node: node.id, port: name }, to), node }));
}

function possibleEdge(document: PipelineDocument, from: From, to: To): Omit<PossibleEdge, 'node'> {
  return { edge: { from, to }, ports: portWords(document, from, to), refusal: whyNotConnect(document, from, to) };
}

function legalFirst(edges: readonly PossibleEdge[]): readonly PossibleEdge[] {
  return [...edges.filter(({ refusal }) => refusal === null), ...edges.filter(({ refusal }) => refusal !== null)];
}

function portWords(document: PipelineDocument, from: From, to: To): string {
  const words = [
    wordOf(faceOf(document, from.node)?.outputs ?? [], from.port),
    wordOf(faceOf(document, to.node)?.inputs ?? [], to.port),
  ];
  return words.filter(Boolean).join(' → ');
}

/** The title of a port; nothing where there is no other. */
function wordOf(ports: readonly (InputPort | OutputPort)[], name: string): string {
  return ports.length > 1 ? (ports.find((port) => port.name === name)?.title ?? '') : '';
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
