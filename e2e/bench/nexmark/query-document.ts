import type { PipelineDocument } from '../../../src/pipeline/document.ts';
import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import type { TimeDomain } from '../../../src/stream/node-definition.ts';
import { eventColumns } from './generator/event-schema.ts';

type Graph = Parameters<typeof templateDocument>[0];
type Node = Graph['nodes'][string];

/** A node of a query beside where it stands. */
export type QueryNode = Pick<Node, 'kind' | 'config' | 'engine'>;

export interface QueryGraph {
  readonly name: string;
  /** Beside `events`, the source of all queries, and `results`, their sink. */
  readonly nodes: Readonly<Record<string, QueryNode>>;
  /** From node to node; `node:left` and `node:right` are the inputs of a join. */
  readonly paths: readonly (readonly string[])[];
  readonly timeDomain?: TimeDomain;
}

const source: QueryNode = {
  kind: 'source.file',
  config: {
    format: 'ndjson',
    columns: eventColumns,
    time: { column: 'dateTime', unit: 'ms' },
    watermark: { strategy: 'per-event', delayMs: 4000 },
  },
};

/** The pipeline of a query: one stream of all events, as the tables of the SQL queries are views of one. */
export function queryDocument({ name, nodes, paths, timeDomain = 'event' }: QueryGraph): PipelineDocument {
  const all: Readonly<Record<string, QueryNode>> = { events: source, ...nodes, results: { kind: 'sink', config: {} } };
  const document = templateDocument({
    name,
    dialect: 'flink-sql',
    nodes: Object.fromEntries(
      Object.entries(all).map(([id, node], i): [string, Node] => [id, { ...node, label: id, at: [i * 240, 0] }]),
    ),
    edges: paths.flatMap((path) =>
      path.slice(1).map((to, i): Graph['edges'][number] => [[nodeOf(path[i]!), 'out'], endOf(to)]),
    ),
  });
  return { ...document, time: { domain: timeDomain } };
}

function nodeOf(end: string): string {
  return end.split(':')[0]!;
}

function endOf(end: string): readonly [string, string] {
  return [nodeOf(end), end.split(':')[1] ?? 'in'];
}

/** Names of output columns, each with the SQL expression that computes it. */
export function select(columns: Readonly<Record<string, string>>): QueryNode {
  return {
    kind: 'map',
    config: { columns: Object.entries(columns).map(([name, expression]) => ({ name, expression })) },
  };
}

export function where(predicate: string): QueryNode {
  return { kind: 'filter', config: { predicate } };
}
