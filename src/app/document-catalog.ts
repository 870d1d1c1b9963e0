import { findDefinition as find, nodeDefinitions } from '../pipeline/definitions.ts';
import type { DocumentNode, NodeKind, PipelineDocument } from '../pipeline/document.ts';
import type { NodeDefinition, NodeGroup } from '../stream/node-definition.ts';

/** What the palette offers: a kind of node, or one of its shapes by a preset configuration. */
export interface CatalogItem {
  readonly id: string;
  readonly title: string;
  readonly kind: NodeKind;
  readonly group: NodeGroup;
  readonly summary: string;
  readonly isStateful: boolean;
  readonly preset: Readonly<Record<string, unknown>>;
}

interface Offer {
  readonly title: string;
  readonly kind: NodeKind;
  readonly preset?: Readonly<Record<string, unknown>>;
}

const OFFERS: readonly Offer[] = [
  { title: 'Generator', kind: 'source.generator' },
  { title: 'File', kind: 'source.file' },
  { title: 'Filter', kind: 'filter' },
  { title: 'Map', kind: 'map' },
  { title: 'Union', kind: 'union' },
  { title: 'Timestamps', kind: 'assign-timestamps' },
  { title: 'Tumbling', kind: 'window', preset: { kind: 'tumbling' } },
  { title: 'Interval', kind: 'join.interval' },
  { title: 'Chart', kind: 'sink', preset: { view: 'chart' } },
  { title: 'Table', kind: 'sink', preset: { view: 'table' } },
];

export const CATALOG: readonly CatalogItem[] = OFFERS.map(({ title, kind, preset = {} }) => {
  const { group, summary, stateful } = nodeDefinitions[kind];
  return { id: `${kind}:${title}`, title, kind, group, summary, isStateful: stateful, preset };
});

export function findDefinition(kind: string): NodeDefinition | null {
  return find(kind);
}

/** Items that fit what was typed: by title, kind, group or summary. */
export function searchCatalog(text: string): readonly CatalogItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return CATALOG.filter((item) => {
    const haystack = `${item.title} ${item.kind} ${item.group} ${item.summary}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** The configuration of a node that was just made. */
export function initialConfig(item: CatalogItem): Readonly<Record<string, unknown>> {
  return { ...(nodeDefinitions[item.kind].suggest([]) as Readonly<Record<string, unknown>>), ...item.preset };
}

/** `Filter`, then `Filter 2`: messages and canvas call a node the same. */
export function freshLabel(document: PipelineDocument, title: string): string {
  const taken = new Set(document.nodes.map((node) => node.label));
  if (!taken.has(title)) return title;
  for (let i = 2; ; i++) if (!taken.has(`${title} ${i}`)) return `${title} ${i}`;
}

export function displayName(node: DocumentNode): string {
  return node.label !== undefined && node.label !== '' ? node.label : node.id;
}

/** The node's line of configuration, as its definition tells it; empty while the configuration is not whole. */
export function describeNode(node: DocumentNode): string {
  const definition = find(node.type);
  const parsed = definition?.config.safeParse(node.config);
  return definition !== null && parsed?.success === true ? definition.describe(parsed.data) : '';
}
