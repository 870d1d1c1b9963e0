import type { DocumentEdge, DocumentNode, NodeKind, PipelineDocument, Position } from '../document.ts';
import { defaultEnd } from '../document.ts';
import { emptyDocument } from '../empty-document.ts';
import { nodeFaces } from '../faces.ts';
import type { DialectName, InputPortName, OutputPortName } from '../../stream/node-definition.ts';

/** Where the event time of generated templates begins, so that clocks read as on a day at the office. */
const START_MS = Date.UTC(2026, 0, 15, 12, 38, 30);

/** What the gallery is sorted by. */
export const TOPICS = ['windows', 'joins', 'tables', 'patterns', 'auctions', 'industry', 'data'] as const;
export type Topic = (typeof TOPICS)[number];

/** A document of the gallery. */
export interface Template {
  readonly id: string;
  readonly topic: Topic;
  /** One or two sentences for the gallery: what is to be seen. */
  readonly summary: string;
  /** How fast it is best watched: a multiple of the virtual clock, or events a second where the data spans months. */
  readonly speed:
    { readonly kind: 'clock'; readonly factor: number } | { readonly kind: 'events'; readonly perSec: number };
  /** Whose data it is, for sources that read a sample file. */
  readonly credit: string | null;
  /** The node that is selected at first, where the first window or join does not tell the most. */
  readonly look?: string;
  readonly document: PipelineDocument;
}

interface TemplateNode {
  readonly kind: NodeKind;
  readonly label: string;
  readonly at: readonly [x: number, y: number];
  /** What differs from the defaults. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The same of what only the engine knows. */
  readonly engine?: Readonly<Record<string, unknown>>;
}

type Place = TemplateNode['at'];

interface MadeUpEvents {
  readonly shape: 'clicks' | 'purchases' | 'orders' | 'users' | 'sensors' | 'payments' | 'people' | 'auctions' | 'bids';
  readonly perSec: number;
  readonly events: number;
  /** How many different users, orders and so on. */
  readonly keys?: number;
  readonly clicksPerPurchase?: number;
  /** Of exponential delays. */
  readonly meanDelayMs?: number;
  /** Delays of another distribution. */
  readonly delay?: Readonly<Record<string, unknown>>;
  readonly stragglers?: { readonly sharePercent: number; readonly delayMs: number };
  /** How long the watermark waits. */
  readonly waitMs?: number;
  readonly partitions?: number;
  /** After how long without events a partition counts as idle. */
  readonly idleMs?: number;
  readonly faults?: readonly Readonly<Record<string, unknown>>[];
}

/** A source of made-up events; those of one template begin together. */
export function generator(at: Place, label: string, events: MadeUpEvents): TemplateNode {
  const { perSec, meanDelayMs, waitMs, idleMs, ...config } = events;
  const delay =
    meanDelayMs === undefined ? { distribution: 'none' } : { distribution: 'exponential', meanMs: meanDelayMs };
  const idleness = idleMs === undefined ? {} : { idleMs };
  const watermark = waitMs === undefined ? {} : { watermark: { delayMs: waitMs, ...idleness } };
  return {
    kind: 'source.generator',
    label,
    at,
    config: { startMs: START_MS, rateEventsPerSec: perSec, delay, ...watermark, ...config },
  };
}

export function chart(at: Place, label: string): TemplateNode {
  return { kind: 'sink', label, at, config: { view: 'chart' } };
}

export function table(at: Place, label: string): TemplateNode {
  return { kind: 'sink', label, at, config: { view: 'table' } };
}

type End = readonly [node: string, port: string];

interface TemplateGraph {
  readonly name: string;
  /** Flink's when left out. */
  readonly dialect?: DialectName;
  readonly nodes: Readonly<Record<string, TemplateNode>>;
  /** From, to. */
  readonly edges: readonly (readonly [End, End])[];
}

/** Edges along each path, from node to node: `node:port` where the port is not `out` at its beginning or `in` at its end. */
export function paths(...all: readonly (readonly string[])[]): TemplateGraph['edges'] {
  return all.flatMap((path) =>
    path.slice(1).map((to, i): readonly [End, End] => [endOf(path[i] ?? '', 'out'), endOf(to, 'in')]),
  );
}

function endOf(text: string, usual: string): End {
  const [node = '', port = usual] = text.split(':');
  return [node, port];
}

/** A template says only what it is about: what a configuration leaves out, whoever reads it fills in. */
export function templateDocument({
  name,
  dialect = 'flink-datastream',
  nodes,
  edges,
}: TemplateGraph): PipelineDocument {
  const entries = Object.entries(nodes);
  const empty = emptyDocument(name);
  return {
    ...empty,
    dialect,
    run: { ...empty.run, end: defaultEnd(dialect) },
    nodes: entries.map(([id, node]) => templateNode(id, node)),
    edges: edges.map(([[fromNode, fromPort], [toNode, toPort]]): DocumentEdge => ({
      from: { node: fromNode, port: fromPort as OutputPortName },
      to: { node: toNode, port: toPort as InputPortName },
    })),
    layout: Object.fromEntries(entries.map(([id, { at }]): [string, Position] => [id, { x: at[0], y: at[1] }])),
  };
}

function templateNode(id: string, { kind, label, config, engine = {} }: TemplateNode): DocumentNode {
  return { id, type: kind, typeVersion: nodeFaces[kind].version, label, config, engine };
}
