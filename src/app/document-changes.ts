import { displayName } from './document-catalog.ts';
import { edgeName } from './document-connections.ts';
import type { DocumentNode, DocumentState, PipelineDocument } from './document-store.ts';
import { edgeKey } from './document-store.ts';

type Seen = Pick<DocumentState, 'document' | 'history' | 'opened'>;

/** What a step of the document did, for those who do not see it; null where there is nothing to say. */
export function changeInWords(before: Seen, after: Seen): string | null {
  if (before.document === after.document) return null;
  if (after.opened !== before.opened) return `Opened ${after.document.name}.`;
  const undone =
    after.history.future.length > before.history.future.length ? after.history.future[0]?.label : undefined;
  const [next] = before.history.future;
  const isRedone = next !== undefined && after.history.past.at(-1)?.after === next.after;
  const words = differenceInWords(before.document, after.document);
  if (undone !== undefined) return ['Undone:', `${undone}.`, words].filter(Boolean).join(' ');
  if (isRedone) return ['Redone:', `${next.label}.`, words].filter(Boolean).join(' ');
  return words;
}

function differenceInWords(before: PipelineDocument, after: PipelineDocument): string | null {
  const added = without(after.nodes, before.nodes, ({ id }) => id);
  const removed = without(before.nodes, after.nodes, ({ id }) => id);
  const drawn = without(after.edges, before.edges, edgeKey);
  const cut = without(before.edges, after.edges, edgeKey);
  const parts = [
    ...(added.length === 0 ? [] : [`${listed(added)} added.`]),
    ...(removed.length === 0 ? [] : [`${listed(removed)} deleted.`]),
    ...drawn.slice(0, EDGES_NAMED).map((edge) => `${edgeName(after, edge)} connected.`),
    ...(removed.length > 0 ? [] : cut.slice(0, EDGES_NAMED).map((edge) => `${edgeName(before, edge)} disconnected.`)),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}

const EDGES_NAMED = 2;

function without<Item>(
  items: readonly Item[],
  others: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  if (items === others) return [];
  const keys = new Set(others.map(keyOf));
  return items.filter((item) => !keys.has(keyOf(item)));
}

function listed(nodes: readonly DocumentNode[]): string {
  const [first] = nodes;
  return nodes.length === 1 && first !== undefined ? displayName(first) : `${String(nodes.length)} nodes`;
}
