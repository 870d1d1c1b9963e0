import type { InputPort, InputPortName, OutputPortName } from '../stream/node-definition.ts';
import type { Analysis } from './analyse.ts';
import { analyse } from './analyse.ts';
import type { KnownStream } from './bind-node.ts';
import { UNKNOWN_STREAM } from './bind-node.ts';
import type { DocumentNode, PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';
import { nodeName } from './make-problem.ts';
import { whyRefused } from './stream-problems.ts';

export interface OutputEnd {
  readonly node: string;
  readonly port: OutputPortName;
}

export interface InputEnd {
  readonly node: string;
  readonly port: InputPortName;
}

/**
 * Why an edge may not be drawn, as one sentence or two with the cure; null when it may. Cheap enough for every move of
 * the pointer: what is known of a document is remembered with it.
 */
export function whyNotConnect(document: PipelineDocument, from: OutputEnd, to: InputEnd): string | null {
  const analysis = analyse(document);
  const { graph } = analysis;
  const source = nodeAt(document, analysis, from.node);
  const target = nodeAt(document, analysis, to.node);
  if (source === null || target === null) return `There is no node ${source === null ? from.node : to.node}.`;
  if (!source.analysed.definition?.outputs.some((port) => port.name === from.port)) {
    return `${nodeName(source.node)} has no output ${from.port}.`;
  }
  const port = target.analysed.definition?.inputs.find((each) => each.name === to.port);
  if (port === undefined) return `${nodeName(target.node)} has no input ${to.port}.`;
  if (source.index === target.index)
    return `${nodeName(source.node)} cannot feed itself: rows flow from sources to sinks.`;

  const atPort = (graph.incoming[target.index] ?? []).filter(({ edge }) => edge.to.port === to.port);
  if (atPort.some((edge) => edge.from === source.index && edge.edge.from.port === from.port)) {
    return `${nodeName(source.node)} and ${nodeName(target.node)} are already connected there.`;
  }
  if (atPort.length > 0 && !port.many) {
    return `The ${inputName(target, port)} already has an edge. Remove that one, or put a union before it.`;
  }
  if (upstreamOf(graph, source.index).has(target.index)) {
    return `${nodeName(target.node)} already leads to ${nodeName(source.node)}: the edge would close a loop.`;
  }
  const stream = source.analysed.outputs[from.port];
  return stream === undefined ? null : whyNotTaken(document, { target, port, stream });
}

interface PlacedNode {
  readonly index: number;
  readonly node: DocumentNode;
  readonly analysed: Analysis['nodes'][number];
}

function nodeAt(document: PipelineDocument, { graph, nodes }: Analysis, id: string): PlacedNode | null {
  const index = graph.indexOf.get(id) ?? -1;
  const node = document.nodes[index];
  const analysed = nodes[index];
  return node === undefined || analysed === undefined ? null : { index, node, analysed };
}

interface Offer {
  readonly target: PlacedNode;
  readonly port: InputPort;
  readonly stream: KnownStream;
}

/** Judges what would flow: its kind, and columns where they concern the other inputs and no setting. */
function whyNotTaken(document: PipelineDocument, { target, port, stream }: Offer): string | null {
  const refusal = whyRefused(port, stream.type, document);
  if (refusal !== null) return `The ${inputName(target, port)} ${refusal.message} ${refusal.fix}`;
  const { definition, inputs } = target.analysed;
  const config = definition?.config.safeParse(target.node.config);
  if (!definition || config?.success !== true || !stream.isWhole) return null;
  const others = (each: InputPort): readonly KnownStream[] =>
    inputs.filter((input) => input.port === each).map((input) => input.stream ?? UNKNOWN_STREAM);
  const streams = definition.inputs.flatMap((each) => {
    const arriving = each === port ? [...others(each), stream] : others(each);
    return arriving.length === 0 ? [UNKNOWN_STREAM] : arriving;
  });
  if (!streams.every((each) => each.isWhole)) return null;
  const bound = definition.bind({
    config: config.data,
    engine: definition.engine.parse({}),
    inputs: streams.map((each) => each.type),
    dialect: document.dialect,
    timeDomain: document.time.domain,
  });
  const found = bound.problems.find(({ path, severity }) => path === 'inputs' && severity === 'error');
  return found === undefined ? null : `${found.message} ${found.fix}`;
}

function inputName({ node, analysed }: PlacedNode, port: InputPort): string {
  const isOnly = analysed.definition?.inputs.length === 1;
  return isOnly ? `input of ${nodeName(node)}` : `input ${port.name} of ${nodeName(node)}`;
}

const upstreamSets = new WeakMap<Graph, Map<number, ReadonlySet<number>>>();

/** The nodes from which rows flow to `node`. */
function upstreamOf(graph: Graph, node: number): ReadonlySet<number> {
  const sets = upstreamSets.get(graph) ?? new Map<number, ReadonlySet<number>>();
  upstreamSets.set(graph, sets);
  const known = sets.get(node);
  if (known !== undefined) return known;
  const upstream = new Set<number>();
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { from } of graph.incoming[next] ?? []) {
      if (upstream.has(from)) continue;
      upstream.add(from);
      open.push(from);
    }
  }
  sets.set(node, upstream);
  return upstream;
}
