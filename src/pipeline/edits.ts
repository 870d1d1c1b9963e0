import type { DialectName, TimeDomain } from '../stream/node-definition.ts';
import { leaveGroups, moveNotes, regroup, takenIds, withNotes } from './annotations.ts';
import type { DocumentEdge, DocumentNode, NodeKind, PipelineDocument, Position, RunEnd } from './document.ts';
import { defaultEnd, edgeKey, notesOf } from './document.ts';
import { nodeFaces } from './faces.ts';
import { freshId } from './fresh-id.ts';

/**
 * Edits of a document. None changes what it is given: each returns a document that shares what did not change, and the
 * same document when nothing did. None refuses: what is wrong afterwards, `validate` says.
 */

export interface NewNode {
  readonly kind: NodeKind;
  readonly position: Position;
  /** Taken as it is; `freshId` makes one when absent. */
  readonly id?: string;
  readonly label?: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Id of the group that it is put into. */
  readonly group?: string | null;
}

/** Adds a node; it is the last one of the result. */
export function addNode(document: PipelineDocument, added: NewNode): PipelineDocument {
  const node: DocumentNode = {
    id: added.id ?? freshId(takenIds(document), added.kind),
    type: added.kind,
    typeVersion: nodeFaces[added.kind].version,
    ...(added.label === undefined ? {} : { label: added.label }),
    config: added.config,
    engine: {},
  };
  const after = {
    ...document,
    nodes: [...document.nodes, node],
    layout: withPositions(document.layout, [[node.id, added.position]]),
  };
  return regroup(after, new Map([[node.id, added.group ?? null]]));
}

/** Removes nodes with their edges and positions, and notes: ids may be of either. */
export function removeNodes(document: PipelineDocument, ids: Iterable<string>): PipelineDocument {
  const gone = new Set(ids);
  const notes = notesOf(document);
  const left = notes.filter((note) => !gone.has(note.id));
  const base = left.length === notes.length ? document : withNotes(document, left);
  if (!document.nodes.some((node) => gone.has(node.id))) return base;
  return {
    ...leaveGroups(base, gone),
    nodes: document.nodes.filter((node) => !gone.has(node.id)),
    edges: document.edges.filter((edge) => !gone.has(edge.from.node) && !gone.has(edge.to.node)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))),
  };
}

/** Adds an edge, unless it is there. Whether it is legal says `whyNotConnect`. */
export function connect(document: PipelineDocument, edge: DocumentEdge): PipelineDocument {
  const key = edgeKey(edge);
  if (document.edges.some((other) => edgeKey(other) === key)) return document;
  return { ...document, edges: [...document.edges, edge] };
}

/** Removes edges, named by `edgeKey`. */
export function disconnect(document: PipelineDocument, keys: Iterable<string>): PipelineDocument {
  const gone = new Set(keys);
  const edges = document.edges.filter((edge) => !gone.has(edgeKey(edge)));
  return edges.length === document.edges.length ? document : { ...document, edges };
}

/** Puts an edge in the place of another one, named by its key; nothing happens when it is there already. */
export function replaceEdge(document: PipelineDocument, key: string, edge: DocumentEdge): PipelineDocument {
  const index = document.edges.findIndex((other) => edgeKey(other) === key);
  const isThere = document.edges.some((other) => edgeKey(other) === edgeKey(edge));
  return index === -1 || isThere ? document : { ...document, edges: document.edges.with(index, edge) };
}

/** Sets the positions of nodes and notes. Ids that none has are ignored. */
export function moveNodes(document: PipelineDocument, positions: ReadonlyMap<string, Position>): PipelineDocument {
  const known = idsOf(document);
  const moved = [...positions].filter(([id, position]) => {
    const before = Object.hasOwn(document.layout, id) ? document.layout[id] : undefined;
    return known.has(id) && (before?.x !== position.x || before.y !== position.y);
  });
  const base = moveNotes(document, positions);
  return moved.length === 0 ? base : { ...base, layout: withPositions(document.layout, moved) };
}

export interface ConfigChange {
  readonly id: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly engine?: Readonly<Record<string, unknown>>;
}

/** Replaces a node's whole configuration, or its engine group, or both. */
export function setConfig(document: PipelineDocument, { id, config, engine }: ConfigChange): PipelineDocument {
  return editNode(document, id, (node) => ({
    ...node,
    config: config ?? node.config,
    engine: engine ?? node.engine,
  }));
}

/** Gives a node a label; an empty one takes it away. */
export function setLabel(document: PipelineDocument, id: string, label: string): PipelineDocument {
  return editNode(document, id, (node) => {
    if (label === (node.label ?? '')) return node;
    const { label: _, ...bare } = node;
    return label === '' ? bare : { ...bare, label };
  });
}

export function renameDocument(document: PipelineDocument, name: string): PipelineDocument {
  return name === document.name ? document : { ...document, name };
}

/** Changes the dialect; the end of the run goes with it where it was the old dialect's own. */
export function setDialect(document: PipelineDocument, dialect: DialectName): PipelineDocument {
  if (dialect === document.dialect) return document;
  const wasDefault = document.run.end === defaultEnd(document.dialect);
  return { ...document, dialect, run: wasDefault ? { ...document.run, end: defaultEnd(dialect) } : document.run };
}

export function setTimeDomain(document: PipelineDocument, domain: TimeDomain): PipelineDocument {
  return domain === document.time.domain ? document : { ...document, time: { ...document.time, domain } };
}

export interface RunChange {
  readonly seed?: number;
  readonly end?: RunEnd;
}

export function setRun(document: PipelineDocument, change: RunChange): PipelineDocument {
  const run = { seed: change.seed ?? document.run.seed, end: change.end ?? document.run.end };
  return run.seed === document.run.seed && run.end === document.run.end ? document : { ...document, run };
}

function editNode(
  document: PipelineDocument,
  id: string,
  edit: (node: DocumentNode) => DocumentNode,
): PipelineDocument {
  const index = document.nodes.findIndex((node) => node.id === id);
  const before = document.nodes[index];
  if (before === undefined) return document;
  const after = edit(before);
  return after === before ? document : { ...document, nodes: document.nodes.with(index, after) };
}

function idsOf(document: PipelineDocument): ReadonlySet<string> {
  return new Set(document.nodes.map((node) => node.id));
}

/** Own properties whatever the ids are called: a spread and `fromEntries` define, they never assign. */
function withPositions(
  layout: PipelineDocument['layout'],
  positions: readonly (readonly [string, Position])[],
): PipelineDocument['layout'] {
  return { ...layout, ...Object.fromEntries(positions) };
}
