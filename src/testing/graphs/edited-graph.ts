import fc from 'fast-check';
import type { PlannedDocument } from '../../pipeline/live-edit.ts';
import type { DocumentNode } from '../../pipeline/document.ts';
import type { GraphNode, GraphShape } from './graph.ts';
import { outputName, planOfGraph } from './graph.ts';

/** One edit of a graph, by numbers to choose with: what they name depends on the graph. */
export interface GraphEdit {
  readonly node: number;
  readonly parameter: number;
  readonly value: number;
}

const number = fc.nat({ max: 1000 });
export const graphEdits: fc.Arbitrary<GraphEdit> = fc.record({ node: number, parameter: number, value: number });

const PREDICATES = ['a > 1', 'a IS NOT NULL', 'NOT (a > 1)', 'TRUE', 'a <= 2 OR a IS NULL'];

/** The graph with a parameter, the delay of a source or a sink changed; null where that gives no graph that could run. */
export function edited<Shape extends GraphShape>(graph: Shape, edit: GraphEdit): Shape | null {
  const after = { ...graph, ...changed(graph, edit) };
  try {
    planOfGraph(after);
    return after;
  } catch {
    return null;
  }
}

function changed({ sources, nodes }: GraphShape, { node, parameter, value }: GraphEdit): Partial<GraphShape> {
  const place = node % (nodes.length + sources.length + 1);
  if (place === nodes.length + sources.length) return { nodes: withSink(nodes, value) };
  if (place >= nodes.length) {
    const delayed = sources.map((source, s) =>
      s === place - nodes.length ? { ...source, delayMs: value % 50 } : source,
    );
    return { sources: delayed };
  }
  return { nodes: nodes.map((old, i) => (i === place ? withParameter(old, parameter, value) : old)) };
}

function withSink(nodes: readonly GraphNode[], value: number): readonly GraphNode[] {
  const added = nodes.filter(({ id }) => id.startsWith('added-'));
  if (value % 2 === 0 && added[0] !== undefined) return nodes.filter((node) => node !== added[0]);
  const from = nodes.filter(({ kind }) => kind !== 'sink')[value % nodes.length];
  if (from === undefined) return nodes;
  const id = `added-${String(value)}`;
  const sink: GraphNode = { id, kind: 'sink', config: {}, engine: {}, inputs: [outputName(from.id, 'out')] };
  return [...nodes.filter((node) => node.id !== id), sink];
}

function withParameter(node: GraphNode, parameter: number, value: number): GraphNode {
  const [config, engine] = [node.config, node.engine].map((group) => ({ ...(group as Record<string, unknown>) }));
  const names = [config, engine].flatMap((group, g) => Object.keys(group ?? {}).map((name) => [g, name] as const));
  const chosen = names[parameter % Math.max(1, names.length)];
  if (chosen === undefined || config === undefined || engine === undefined) return node;
  const group = chosen[0] === 0 ? config : engine;
  const old = group[chosen[1]];
  group[chosen[1]] = otherValue(old, value);
  return { ...node, config, engine };
}

function otherValue(old: unknown, value: number): unknown {
  if (typeof old === 'number') return value % 3 === 0 ? old * 2 : old + (value % 20);
  if (typeof old === 'boolean') return !old;
  if (typeof old === 'string' && /[<>= ]/.test(old)) return PREDICATES[value % PREDICATES.length];
  return Array.isArray(old) && old.length > 1 ? old.slice(1) : old;
}

/** As the pipeline hands on what became of a document. */
export function plannedGraph(graph: GraphShape): PlannedDocument {
  const sources = graph.sources.map((watermark, i): DocumentNode => {
    const { changes, key, ...rest } = watermark;
    return documentNode(`source-${String(i)}`, 'source.file', { watermark: rest, changes, key });
  });
  const nodes = graph.nodes.map(({ id, kind, config, engine }) => documentNode(id, kind, config, engine));
  return { document: { nodes: [...sources, ...nodes] }, plan: planOfGraph(graph) };
}

function documentNode(id: string, type: DocumentNode['type'], config: unknown, engine: unknown = {}): DocumentNode {
  return {
    id,
    type,
    typeVersion: 1,
    config: config as DocumentNode['config'],
    engine: engine as DocumentNode['engine'],
  };
}
