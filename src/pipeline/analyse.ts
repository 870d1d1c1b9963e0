import type { StreamType } from '../stream/batch.ts';
import type { Binding, InputPort, NodeDefinition, OutputPortName } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { KnownStream, OutputStreams } from './bind-node.ts';
import { UNKNOWN_STREAM, bindNode } from './bind-node.ts';
import { findDefinition } from './definitions.ts';
import type { NodeKind, PipelineDocument } from './document.ts';
import type { Graph, GraphEdge } from './graph.ts';
import { buildGraph } from './graph.ts';
import { atNode, nodeName, problem } from './make-problem.ts';
import { streamProblems } from './stream-problems.ts';

/** One edge as its target sees it; `stream` is null while nothing is known of it. */
export interface InputStream {
  readonly port: InputPort;
  readonly edge: GraphEdge;
  readonly stream: KnownStream | null;
}

export interface NodeAnalysis {
  /** Null for a type that does not exist. */
  readonly definition: NodeDefinition<NodeKind> | null;
  /** In the order of the definition's ports, then of the document's edges. */
  readonly inputs: readonly InputStream[];
  readonly outputs: OutputStreams;
  /** Null unless the node can run as it stands. */
  readonly binding: Binding<unknown> | null;
}

/** What can be known of a document without running it. `nodes` is parallel to the document's. */
export interface Analysis {
  readonly graph: Graph;
  readonly nodes: readonly NodeAnalysis[];
  readonly problems: readonly Problem[];
}

type Basis = Pick<PipelineDocument, 'nodes' | 'edges' | 'dialect' | 'time'>;
const remembered = new WeakMap<PipelineDocument['nodes'], { readonly basis: Basis; readonly analysis: Analysis }>();

/** Remembered as long as nodes, edges, dialect and time are the same: moving a node asks for nothing new. */
export function analyse(document: PipelineDocument): Analysis {
  const { nodes, edges, dialect, time } = document;
  const last = remembered.get(nodes);
  if (last?.basis.edges === edges && last.basis.dialect === dialect && last.basis.time.domain === time.domain) {
    return last.analysis;
  }
  const analysis = analyseAfresh(document);
  remembered.set(nodes, { basis: { nodes, edges, dialect, time }, analysis });
  return analysis;
}

function analyseAfresh(document: PipelineDocument): Analysis {
  const graph = buildGraph(document);
  const analysed: NodeAnalysis[] = [];
  const problems: Problem[] = [];
  const ordered = new Set(graph.order);
  const behindCycles = document.nodes.flatMap((_, i) => (ordered.has(i) ? [] : [i]));
  for (const index of [...graph.order, ...behindCycles]) {
    const result = analyseNode(document, { graph, index, analysed });
    analysed[index] = result.node;
    problems.push(...result.problems);
  }
  const cycles = graph.cycles.map((cycle) => cycleProblem(document, cycle));
  return { graph, nodes: analysed, problems: [...cycles, ...inDocumentOrder(problems)] };
}

interface Place {
  readonly graph: Graph;
  readonly index: number;
  /** What is known of the nodes before it. */
  readonly analysed: readonly (NodeAnalysis | undefined)[];
}

function analyseNode(
  document: PipelineDocument,
  { graph, index, analysed }: Place,
): { readonly node: NodeAnalysis; readonly problems: readonly Problem[] } {
  const node = document.nodes[index];
  const definition = node === undefined ? null : findDefinition(node.type);
  if (node === undefined || definition === null) {
    return { node: { definition: null, inputs: [], outputs: {}, binding: null }, problems: [] };
  }
  const incoming = graph.incoming[index] ?? [];
  const inputs = definition.inputs.flatMap((port): InputStream[] =>
    incoming
      .filter(({ edge }) => edge.to.port === port.name)
      .map((edge) => ({ port, edge, stream: outputOf(analysed[edge.from], edge.edge.from.port) })),
  );
  const bound = bindNode(node, definition, {
    inputs: definition.inputs.flatMap((port) => streamsFor(port, inputs)),
    dialect: document.dialect,
    timeDomain: document.time.domain,
  });
  const problems = [
    ...bound.problems.map((found) => atNode(document, index, { ...found, nodeId: node.id })),
    ...streamProblems(document, { index, definition, inputs }),
  ];
  return { node: { definition, inputs, outputs: bound.outputs, binding: bound.binding }, problems };
}

/** By own names only: in a document that is only being reported on, a stranger may have named the port. */
function outputOf(node: NodeAnalysis | undefined, port: OutputPortName): KnownStream | null {
  return node !== undefined && Object.hasOwn(node.outputs, port) ? (node.outputs[port] ?? null) : null;
}

/** One stream a port, one an edge at a port that takes many; something unknown where nothing arrives. */
function streamsFor(port: InputPort, inputs: readonly InputStream[]): readonly KnownStream[] {
  const arriving = inputs.filter((input) => input.port === port).map((input) => input.stream ?? UNKNOWN_STREAM);
  const [first = UNKNOWN_STREAM] = arriving;
  return port.many && arriving.length > 0 ? arriving : [first];
}

function cycleProblem(document: PipelineDocument, cycle: readonly number[]): Problem {
  const members = cycle.flatMap((index) => document.nodes[index] ?? []);
  const names = members.slice(0, 20).map(nodeName).join(', ') + (members.length > 20 ? ', …' : '');
  const message =
    members.length === 1 ? `${names} feeds itself.` : `These ${members.length} nodes form a loop: ${names}.`;
  return problem({
    code: 'cycle',
    path: `nodes.${cycle[0] ?? 0}`,
    nodeId: members[0]?.id ?? null,
    message,
    fix: 'Remove one edge of the loop: rows must flow from sources to sinks.',
  });
}

function inDocumentOrder(problems: readonly Problem[]): readonly Problem[] {
  const indexOf = ({ path }: Problem): number => Number(/^nodes\.(\d+)/.exec(path)?.[1] ?? Infinity);
  return problems.toSorted((a, b) => indexOf(a) - indexOf(b) || 0);
}

/** What arrives at and leaves a node, for the inspector. Null: not known, because of a fault before. */
export interface NodeStreams {
  readonly inputs: readonly { readonly port: InputPort; readonly from: string; readonly type: StreamType | null }[];
  readonly outputs: Readonly<Partial<Record<string, StreamType>>>;
}

/** The streams of every node, as well as they are known: other nodes may be faulty or missing. */
export function describeStreams(document: PipelineDocument): ReadonlyMap<string, NodeStreams> {
  const { nodes } = analyse(document);
  return new Map(
    document.nodes.map(({ id }, i) => {
      const inputs = (nodes[i]?.inputs ?? []).map(({ port, edge, stream }) => ({
        port,
        from: edge.edge.from.node,
        type: stream?.type ?? null,
      }));
      const outputs = Object.entries(nodes[i]?.outputs ?? {}).map(([port, { type }]) => [port, type] as const);
      return [id, { inputs, outputs: Object.fromEntries(outputs) }];
    }),
  );
}
