import { z } from 'zod';
import type { Problem } from '../stream/problem.ts';
import { documentSchema, looseEdgeSchema, looseNodeSchema } from './document-schema.ts';
import type { JsonObject } from './parse-text.ts';

/** The outline of a document: what stands around the configurations of its nodes. */
export const envelopeSchema = documentSchema({
  node: looseNodeSchema,
  edge: looseEdgeSchema,
  layout: z.unknown().optional(),
  notes: z.unknown().optional(),
  groups: z.unknown().optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;
type LooseNode = Envelope['nodes'][number];
type LooseEdge = Envelope['edges'][number];

export interface SalvagedEnvelope {
  readonly envelope: Envelope;
  /** What was wrong with it, told of the nodes that are meant. */
  readonly faults: readonly Problem[];
  /** Takes out what only follows from the gaps: the faults have told of them. */
  readonly withoutConsequences: (problems: readonly Problem[]) => readonly Problem[];
}

/**
 * An outline that was refused, with stand-ins for what cannot be read, so that the rest can be judged. Nodes and edges
 * keep their places in their lists. `faults` are what its schema objects to.
 */
export function salvageEnvelope(raw: JsonObject, faults: readonly Problem[]): SalvagedEnvelope {
  const { shape } = envelopeSchema;
  const rawNodes = fieldOf(raw, 'nodes');
  const rawEdges = fieldOf(raw, 'edges');
  const standIn = standIns(listOf(rawNodes), listOf(rawEdges));
  const nodes = listOf(rawNodes).map((node, i) => salvageNode(node, standIn(`node ${i + 1}`)));
  const edges = listOf(rawEdges).map((edge, i) =>
    salvageEdge(edge, { from: standIn(`start of edge ${i + 1}`), to: standIn(`end of edge ${i + 1}`) }),
  );
  const envelope: Envelope = {
    $schema: readable(shape.$schema, fieldOf(raw, '$schema')),
    version: 1,
    name: readable(shape.name, fieldOf(raw, 'name')),
    dialect: readable(shape.dialect, fieldOf(raw, 'dialect')),
    time: { domain: readable(shape.time.unwrap().shape.domain, fieldOf(fieldOf(raw, 'time'), 'domain')) },
    run: { seed: readable(shape.run.unwrap().shape.seed, fieldOf(fieldOf(raw, 'run'), 'seed')) },
    nodes: nodes.map(({ value }) => value),
    edges: edges.map(({ value }) => value),
    layout: fieldOf(raw, 'layout'),
    notes: fieldOf(raw, 'notes'),
    groups: fieldOf(raw, 'groups'),
  };
  const told = new Set(faults.map(({ path }) => path));
  const nameless = new Set(nodes.flatMap(({ value, isNamed }) => (isNamed ? [] : [value.id])));
  const idOf = (id: string | null | undefined): string | null =>
    id === null || id === undefined || nameless.has(id) ? null : id;
  const hasAllEdges = Array.isArray(rawEdges) && edges.every(({ isNamed }) => isNamed);
  const isConsequence = ({ code, path, nodeId }: Problem): boolean =>
    isTold(told, path) ||
    (EDGE_CODES.has(code) && (!hasAllEdges || idOf(nodeId) === null)) ||
    (NODE_CODES.has(code) && !Array.isArray(rawNodes));
  return {
    envelope,
    faults: faults.map((fault) => {
      const index = /^nodes\.(\d+)\./.exec(fault.path)?.[1];
      return index === undefined ? fault : { ...fault, nodeId: idOf(nodes[Number(index)]?.value.id) };
    }),
    withoutConsequences: (problems) =>
      problems
        .filter((problem) => !isConsequence(problem))
        .map((problem) => ({ ...problem, nodeId: idOf(problem.nodeId) })),
  };
}

/** Said of a node that no edge leads to or from: not known while edges cannot be read. */
const EDGE_CODES = new Set(['missing-input', 'leads-nowhere']);
/** Said where a node is not there: not known while the list of nodes cannot be read. */
const NODE_CODES = new Set(['dangling-edge', 'no-source', 'position-dropped', 'group-repaired', 'group-dropped']);

/** Whether a place, or one that it lies in, has been told. */
function isTold(told: ReadonlySet<string>, path: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) if (told.has(at)) return true;
  return false;
}

/** Gives out ids that nobody in the text has or names. */
function standIns(nodes: readonly unknown[], edges: readonly unknown[]): (wanted: string) => string {
  const ends = edges.flatMap((edge) => [fieldOf(edge, 'from'), fieldOf(edge, 'to')]);
  const taken = new Set([...nodes.map((node) => fieldOf(node, 'id')), ...ends.map((end) => fieldOf(end, 'node'))]);
  return (wanted) => {
    let id = wanted;
    while (taken.has(id)) id += '?';
    return id;
  };
}

interface Salvaged<T> {
  readonly value: T;
  /** Whether the node, or both of the edge's ends, are known. */
  readonly isNamed: boolean;
}

function salvageNode(raw: unknown, standIn: string): Salvaged<LooseNode> {
  const { shape } = looseNodeSchema;
  const id = shape.id.safeParse(fieldOf(raw, 'id'));
  const type = shape.type.safeParse(fieldOf(raw, 'type'));
  const value = {
    id: id.success ? id.data : standIn,
    type: type.success ? type.data : '',
    typeVersion: readable(shape.typeVersion, fieldOf(raw, 'typeVersion')),
    label: readable(shape.label, fieldOf(raw, 'label')),
    config: readable(shape.config, fieldOf(raw, 'config')),
    engine: readable(shape.engine, fieldOf(raw, 'engine')),
  };
  return { value, isNamed: id.success };
}

function salvageEdge(raw: unknown, standIn: Readonly<Record<'from' | 'to', string>>): Salvaged<LooseEdge> {
  const from = salvageEnd(fieldOf(raw, 'from'), standIn.from);
  const to = salvageEnd(fieldOf(raw, 'to'), standIn.to);
  return { value: { from: from.value, to: to.value }, isNamed: from.isNamed && to.isNamed };
}

function salvageEnd(raw: unknown, standIn: string): Salvaged<LooseEdge['from']> {
  const { shape } = looseEdgeSchema.shape.from;
  const node = shape.node.safeParse(fieldOf(raw, 'node'));
  const port = shape.port.safeParse(fieldOf(raw, 'port'));
  return {
    value: { node: node.success ? node.data : standIn, port: port.success ? port.data : '' },
    isNamed: node.success && port.success,
  };
}

/** A value, or what stands there when it is left out. */
function readable<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : schema.parse(undefined);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as JsonObject)[name]
    : undefined;
}
