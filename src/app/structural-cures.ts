import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { Problem } from '../stream/problem.ts';
import { whyNotConnect } from '../pipeline/connect.ts';
import type { DocumentEdge, DocumentNode, NodeKind, PipelineDocument, Position } from '../pipeline/document.ts';
import { edgeKey, positionOf } from '../pipeline/document.ts';
import * as edits from '../pipeline/edits.ts';
import { makeRoom, spliceIntoEdge } from '../pipeline/splice.ts';
import { suggestedConfig } from '../pipeline/suggested-config.ts';
import { findFace, freshLabel } from './document-catalog.ts';
import { withSuggestion } from './document-connect.ts';

/** What may cure a problem; whether it does is found by trying. */
export interface Change {
  /** As a button says it: `Add a union`. */
  readonly label: string;
  readonly apply: (document: PipelineDocument) => PipelineDocument;
}

/** From the left edge of a node to that of the next, px. */
const COLUMN = 256;
const ROW = 128;

/** Changes that add to the graph, or hold it to other rules. */
export function structuralChanges(document: PipelineDocument, { code, nodeId }: Problem): readonly Change[] {
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (code === 'no-source') return [{ label: 'Add a generator', apply: withGenerator }];
  if (node === undefined) return [];
  switch (code) {
    case 'leads-nowhere':
      return [{ label: 'Add a sink', apply: (before) => withSink(before, node) }];
    case 'missing-input':
      return onlyEdgeTo(document, node);
    case 'port-taken':
      return [{ label: 'Add a union', apply: (before) => withUnion(before, node) }];
    case 'changes-not-accepted':
      return onEachEdge(document, node, { label: 'Add a filter', kind: 'filter', preset: { predicate: 'TRUE' } });
    case 'event-time-missing':
      return onEachEdge(document, node, { label: 'Add timestamps', kind: 'assign-timestamps', preset: {} });
    case 'dialect-not-available':
      return (findFace(node.type)?.dialects ?? []).map((dialect) => ({
        label: `Rules of ${dialectNamed(dialect).title}`,
        apply: (before) => edits.setDialect(before, dialect),
      }));
    case 'time-domain-not-available':
      return [{ label: 'Use event time', apply: (before) => edits.setTimeDomain(before, 'event') }];
    default:
      return [];
  }
}

interface Added {
  readonly kind: NodeKind;
  readonly title: string;
  readonly at: Position;
  readonly preset?: Readonly<Record<string, unknown>>;
}

function withNode(document: PipelineDocument, { kind, title, at, preset = {} }: Added) {
  const added = edits.addNode(document, {
    kind,
    position: at,
    label: freshLabel(document, title),
    config: suggestedConfig(kind, [], preset),
  });
  return { document: added, node: added.nodes.at(-1)?.id ?? '' };
}

function placeOf(document: PipelineDocument, { id }: DocumentNode): Position {
  return positionOf(document, id) ?? { x: 0, y: 0 };
}

function withGenerator(document: PipelineDocument): PipelineDocument {
  const places = document.nodes.map((node) => placeOf(document, node));
  const x = Math.min(...places.map((place) => place.x)) - COLUMN;
  const y = Math.min(...places.map((place) => place.y));
  return withNode(document, { kind: 'source.generator', title: 'Generator', at: { x, y } }).document;
}

function withSink(document: PipelineDocument, from: DocumentNode): PipelineDocument {
  const { x, y } = placeOf(document, from);
  const at = free(document, { x: x + COLUMN, y });
  const { document: added, node } = withNode(document, { kind: 'sink', title: 'Table', at, preset: { view: 'table' } });
  const edge: DocumentEdge = { from: { node: from.id, port: 'out' }, to: { node, port: 'in' } };
  return edits.connect(added, edge);
}

/** The nearest place beneath where no node lies. */
function free(document: PipelineDocument, at: Position): Position {
  const isTaken = document.nodes.some((node) => {
    const { x, y } = placeOf(document, node);
    return Math.abs(x - at.x) < COLUMN && Math.abs(y - at.y) < ROW;
  });
  return isTaken ? free(document, { x: at.x, y: at.y + ROW }) : at;
}

/** Where only one output may lead there, there is nothing to choose. */
function onlyEdgeTo(document: PipelineDocument, { id, type }: DocumentNode): readonly Change[] {
  const ends = (findFace(type)?.inputs ?? []).map(({ name }) => ({ node: id, port: name }));
  const open = ends.filter(
    (to) => !document.edges.some((edge) => edge.to.node === to.node && edge.to.port === to.port),
  );
  const edges = open.flatMap((to) =>
    document.nodes.map((node): DocumentEdge => ({ from: { node: node.id, port: 'out' }, to })),
  );
  const [edge, ...others] = edges.filter(({ from, to }) => whyNotConnect(document, from, to) === null);
  const source = document.nodes.find((node) => node.id === edge?.from.node);
  if (edge === undefined || others.length > 0 || source === undefined) return [];
  const name = source.label ?? source.id;
  return [{ label: `Connect ${name}`, apply: (before) => suggestedAt(edits.connect(before, edge), id) }];
}

function suggestedAt(document: PipelineDocument, nodeId: string): PipelineDocument {
  const node = document.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? document : withSuggestion(document, node);
}

/** Leads all edges of the input that has too many through a union. */
function withUnion(document: PipelineDocument, target: DocumentNode): PipelineDocument {
  const port = (findFace(target.type)?.inputs ?? []).find(
    ({ name, many }) => many !== true && edgesAt(document, target, name).length > 1,
  );
  if (port === undefined) return document;
  const keys = edgesAt(document, target, port.name).map(edgeKey);
  const { document: added, node } = withNode(document, {
    kind: 'union',
    title: 'Union',
    at: placeOf(document, target),
  });
  const to = { node, port: 'in' } as const;
  const led = { ...added, edges: added.edges.map((edge) => (keys.includes(edgeKey(edge)) ? { ...edge, to } : edge)) };
  const whole = edits.connect(led, { from: { node, port: 'out' }, to: { node: target.id, port: port.name } });
  return makeRoom(whole, target.id, placeOf(document, target).x + COLUMN);
}

function edgesAt({ edges }: PipelineDocument, { id }: DocumentNode, port?: string): readonly DocumentEdge[] {
  return edges.filter(({ to }) => to.node === id && (port === undefined || to.port === port));
}

interface Between {
  readonly label: string;
  readonly kind: NodeKind;
  readonly preset: Readonly<Record<string, unknown>>;
}

/** A node on an edge to the target, for each of its edges. */
function onEachEdge(document: PipelineDocument, target: DocumentNode, { label, kind, preset }: Between) {
  return edgesAt(document, target).map((edge): Change => ({
    label,
    apply: (before) => {
      const at = placeOf(before, target);
      const title = findFace(kind)?.title ?? kind;
      const { document: added, node } = withNode(before, { kind, title, at, preset });
      const spliced = suggestedAt(spliceIntoEdge(added, { key: edgeKey(edge), node, input: 'in' }), node);
      return makeRoom(spliced, target.id, at.x + COLUMN);
    },
  }));
}
