import type { InputPortName } from '../stream/node-definition.ts';
import { analyse } from './analyse.ts';
import { whyNotConnect } from './connect.ts';
import type { DocumentEdge, PipelineDocument, Position } from './document.ts';
import { edgeKey, positionOf } from './document.ts';
import { findFace } from './faces.ts';
import { disconnect, moveNodes, removeNodes } from './edits.ts';
import { nodeName } from './make-problem.ts';

/** Edits that put nodes into edges and take them out again; under the rules of `edits.ts`. */

export interface Splice {
  /** Of the edge, by `edgeKey`. */
  readonly key: string;
  readonly node: string;
  readonly input: InputPortName;
}

/** Leads an edge through a node: a → b becomes a → node → b. The edge to b keeps its place among the inputs of a union. */
export function spliceIntoEdge(document: PipelineDocument, { key, node, input }: Splice): PipelineDocument {
  const index = document.edges.findIndex((edge) => edgeKey(edge) === key);
  const edge = document.edges[index];
  if (edge === undefined) return document;
  const onwards: DocumentEdge = { from: { node, port: 'out' }, to: edge.to };
  const inwards: DocumentEdge = { from: edge.from, to: { node, port: input } };
  const keys = new Set(document.edges.map(edgeKey));
  if (keys.has(edgeKey(onwards)) || keys.has(edgeKey(inwards))) return document;
  return { ...document, edges: [...document.edges.with(index, onwards), inwards] };
}

/** The input by which an unconnected node could stand on an edge, or why it cannot. */
export function whereOnEdge(
  document: PipelineDocument,
  key: string,
  node: string,
): { readonly input: InputPortName } | { readonly reason: string } {
  const edge = document.edges.find((each) => edgeKey(each) === key);
  const kind = document.nodes.find(({ id }) => id === node)?.type;
  const face = kind === undefined ? null : findFace(kind);
  if (edge === undefined || face === null) return { reason: 'There is no such edge.' };
  if (edge.from.node === node || edge.to.node === node) return { reason: 'The edge is its own.' };
  if (!face.outputs.some(({ name }) => name === 'out')) return { reason: 'Nothing flows on from a sink.' };
  const open = disconnect(document, [key]);
  let reason = 'Nothing flows into a source.';
  for (const { name } of face.inputs) {
    const refused = whyNotConnect(open, edge.from, { node, port: name });
    const inwards = { ...open, edges: [...open.edges, { from: edge.from, to: { node, port: name } }] };
    const why = refused ?? whyNotConnect(inwards, { node, port: 'out' }, edge.to);
    if (why === null) return { input: name };
    reason = why;
  }
  return { reason };
}

/** Moves a node and all that follows it to the right, until its left edge is at `leastX` or beyond. */
export function makeRoom(document: PipelineDocument, node: string, leastX: number): PipelineDocument {
  const missing = leastX - (positionOf(document, node)?.x ?? leastX);
  if (missing <= 0) return document;
  const following = new Set([node]);
  const { graph } = analyse(document);
  for (const index of graph.order) {
    const id = document.nodes[index]?.id ?? '';
    if (graph.incoming[index]?.some(({ edge }) => following.has(edge.from.node)) === true) following.add(id);
  }
  const moved = [...following].flatMap((id): [string, Position][] => {
    const at = positionOf(document, id);
    return at === null ? [] : [[id, { x: at.x + missing, y: at.y }]];
  });
  return moveNodes(document, new Map(moved));
}

export interface Reconnection {
  readonly document: PipelineDocument;
  /** Pairs that could not be connected: their names, and why. */
  readonly refused: readonly string[];
}

/**
 * Removes nodes and notes, and connects what fed them with what they fed: for each edge that left them by a main output,
 * the first legal one of those that led there, in the order of the inputs. Rows that a node had refused stay unconnected.
 */
export function removeAndReconnect(document: PipelineDocument, ids: Iterable<string>): Reconnection {
  const gone = new Set(ids);
  let left = removeNodes(document, gone);
  const refused: string[] = [];
  const added: DocumentEdge[] = [];
  const nameOf = (id: string): string => {
    const node = document.nodes.find((each) => each.id === id);
    return node === undefined ? id : nodeName(node);
  };
  document.edges.forEach((exit, index) => {
    if (!gone.has(exit.from.node) || gone.has(exit.to.node) || exit.from.port !== 'out') return;
    const reasons = entriesTo(document, gone, exit.from.node).map((entry) => {
      const why = whyNotConnect(left, entry.from, exit.to);
      if (why !== null) return `${nameOf(entry.from.node)} to ${nameOf(exit.to.node)}: ${why}`;
      const edge = { from: entry.from, to: exit.to };
      left = withEdgeBehind(left, edge, [...document.edges.slice(0, index), ...added]);
      added.push(edge);
      return null;
    });
    if (!reasons.includes(null)) refused.push(...reasons.flatMap((reason) => reason ?? []));
  });
  return { document: left, refused };
}

/** The edges by which rows come into the removed part and reach one of its nodes, nearest inputs first. */
function entriesTo(document: PipelineDocument, gone: ReadonlySet<string>, node: string): readonly DocumentEdge[] {
  const entries: DocumentEdge[] = [];
  const seen = new Set([node]);
  for (const at of seen) {
    const ports = findFace(document.nodes.find(({ id }) => id === at)?.type ?? '')?.inputs ?? [];
    for (const { name } of ports) {
      for (const edge of document.edges.filter(({ to }) => to.node === at && to.port === name)) {
        if (!gone.has(edge.from.node)) entries.push(edge);
        else if (edge.from.port === 'out') seen.add(edge.from.node);
      }
    }
  }
  return entries;
}

/** Adds an edge behind the last of `before` that is still there. */
function withEdgeBehind(
  document: PipelineDocument,
  edge: DocumentEdge,
  before: readonly DocumentEdge[],
): PipelineDocument {
  const index = document.edges.findLastIndex((each) => before.includes(each)) + 1;
  return { ...document, edges: document.edges.toSpliced(index, 0, edge) };
}
