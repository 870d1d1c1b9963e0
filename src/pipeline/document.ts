import type { DialectName, InputPortName, OutputPortName, TimeDomain } from '../stream/node-definition.ts';
import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { OperatorKind } from '../operators/operator.ts';

/**
 * The graph as the user edits it and as it is saved: the outside contract's version 1. Plain data; holds no state of the
 * screen. `config` and `engine` have the shape that the node's definition states.
 */
export interface PipelineDocument {
  readonly $schema: string;
  readonly version: 1;
  readonly name: string;
  readonly dialect: DialectName;
  readonly time: { readonly domain: TimeDomain };
  readonly nodes: readonly DocumentNode[];
  readonly edges: readonly DocumentEdge[];
  readonly layout: Readonly<Record<string, Position>>;
  /** Absent when there are none, as are `groups`: neither means anything to a run. */
  readonly notes?: readonly DocumentNote[];
  readonly groups?: readonly DocumentGroup[];
  readonly run: { readonly seed: number; readonly end: RunEnd };
}

/** The version that this program writes. */
export const DOCUMENT_VERSION = 1;

/** What `$schema` says: the published schema, relative to the page that serves it. */
export const DOCUMENT_SCHEMA = 'schema/graph.v1.json';

export const SOURCE_KINDS = ['source.file', 'source.generator'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export type NodeKind = SourceKind | OperatorKind;

/** What happens when the last source has ended: event time goes to its end; nothing; event time and then the clock. */
export type RunEnd = 'flush' | 'none' | 'drain';

export interface DocumentNode {
  readonly id: string;
  readonly type: SourceKind | OperatorKind;
  readonly typeVersion: number;
  readonly label?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Readonly<Record<string, unknown>>;
}

export interface DocumentEdge {
  readonly from: { readonly node: string; readonly port: OutputPortName };
  readonly to: { readonly node: string; readonly port: InputPortName };
}

/** A remark on the canvas: plain text in a box. No node, no other note and no group has its id. */
export interface DocumentNote {
  readonly id: string;
  readonly text: string;
  /** Upper left corner and size, canvas pixels. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Nodes with a frame around them. A node is in one group at most, and a group has at least one. */
export interface DocumentGroup {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly string[];
}

/** Canvas pixels, y down. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Two edges are the same edge when they have the same key. */
export function edgeKey(edge: DocumentEdge): string {
  return `${edge.from.node}:${edge.from.port}->${edge.to.node}:${edge.to.port}`;
}

export function notesOf(document: PipelineDocument): readonly DocumentNote[] {
  return document.notes ?? [];
}

export function groupsOf(document: PipelineDocument): readonly DocumentGroup[] {
  return document.groups ?? [];
}

/** Where a node stands; null when the document does not say. Ids are a user's: `layout[id]` would find `toString`. */
export function positionOf(document: Pick<PipelineDocument, 'layout'>, id: string): Position | null {
  return Object.hasOwn(document.layout, id) ? (document.layout[id] ?? null) : null;
}

/** The end of a run that a dialect's engine has by itself. */
export function defaultEnd(dialect: DialectName): RunEnd {
  return dialectNamed(dialect).time.flushAtEnd ? 'flush' : 'none';
}
