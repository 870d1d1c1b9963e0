import { groupOf } from '../pipeline/annotations.ts';
import type { OutputEnd } from '../pipeline/connect.ts';
import type { DocumentNode, PipelineDocument, Position } from '../pipeline/document.ts';
import { edgeKey } from '../pipeline/document.ts';
import * as edits from '../pipeline/edits.ts';
import type { Fit, Gap } from '../pipeline/fitting.ts';
import { fitOf } from '../pipeline/fitting.ts';
import { makeRoom, removeAndReconnect, spliceIntoEdge, whereOnEdge } from '../pipeline/splice.ts';
import type { CatalogItem } from './document-catalog.ts';
import { initialConfig } from './analysis/node-config.ts';
import { CATALOG, freshLabel, isOffered } from './document-catalog.ts';
import { withSuggestion } from './document-connect.ts';
import { useDocumentStore } from './document-store.ts';
import { recentItems, rememberItem } from './recent-items.ts';

export type { OutputEnd } from '../pipeline/connect.ts';
export type { Gap } from '../pipeline/fitting.ts';

/** What the canvas does to the graph beyond single edits; each one undo step. */

export interface Offer {
  readonly item: CatalogItem;
  /** Why it cannot stand there; null when it can. */
  readonly reason: string | null;
}

/** What could stand in a gap, used ones first, and behind it what could not, each with its reason. */
export function offersAt(gap: Gap): readonly Offer[] {
  const { document } = useDocumentStore.getState();
  const offers = CATALOG.filter((item) => isOffered(item, document.dialect)).flatMap((item): Offer[] => {
    const fit = fitOf(document, gap, item);
    if (fit === null) return [];
    return [{ item, reason: fit.fits ? null : fit.reason }];
  });
  const recent = recentItems();
  const rank = ({ item, reason }: Offer): number => {
    if (reason !== null) return recent.length + 1;
    const at = recent.indexOf(item.id);
    return at === -1 ? recent.length : at;
  };
  return offers.toSorted((a, b) => rank(a) - rank(b));
}

/** What could stand behind an output. */
export function itemsAfter(from: OutputEnd): readonly CatalogItem[] {
  return offersAt({ from, to: null }).flatMap(({ item, reason }) => (reason === null ? [item] : []));
}

/** The key of the edge that a gap is on; null when it is at one port only, or free. */
export function edgeOf(document: PipelineDocument, { from, to }: Gap): string | null {
  if (from === null || to === null) return null;
  const key = edgeKey({ from, to });
  return document.edges.some((edge) => edgeKey(edge) === key) ? key : null;
}

/** Adds a node in a gap, wires it there and selects it. What follows it on an edge moves to `roomX` or beyond. */
export function addInGap(item: CatalogItem, gap: Gap, at: { position: Position; roomX?: number }): void {
  const { document: before, edit, select } = useDocumentStore.getState();
  const fit = fitOf(before, gap, item);
  if (fit?.fits !== true) return;
  rememberItem(item.id);
  const added: edits.NewNode = {
    kind: item.kind,
    position: at.position,
    label: freshLabel(before, item.title),
    config: initialConfig(item),
    group: groupOfGap(before, gap),
  };
  const isTaken = edit({ label: `Add ${item.title}` }, (document) => {
    const withNode = edits.addNode(document, added);
    const node = withNode.nodes.at(-1);
    return node === undefined ? document : wired(withNode, { node, gap, fit, roomX: at.roomX ?? -Infinity });
  });
  const id = useDocumentStore.getState().document.nodes.at(-1)?.id;
  if (isTaken && id !== undefined) select({ nodeIds: [id], edgeKeys: [] });
}

/** What stands between two nodes of a group is of that group. */
function groupOfGap(document: PipelineDocument, { from, to }: Gap): string | null {
  if (from === null || to === null) return null;
  const group = groupOf(document, from.node);
  return group?.nodes.includes(to.node) === true ? group.id : null;
}

interface Wiring {
  readonly node: DocumentNode;
  readonly gap: Gap;
  readonly fit: NonNullable<Fit> & { readonly fits: true };
  readonly roomX: number;
}

function wired(document: PipelineDocument, { node, gap, fit, roomX }: Wiring): PipelineDocument {
  const { from, to } = gap;
  const key = edgeOf(document, gap);
  if (key !== null && fit.input !== null && to !== null) {
    const spliced = spliceIntoEdge(document, { key, node: node.id, input: fit.input });
    return makeRoom(withSuggestion(spliced, node), to.node, roomX);
  }
  let after = document;
  if (from !== null && fit.input !== null)
    after = edits.connect(after, { from, to: { node: node.id, port: fit.input } });
  if (to !== null) after = edits.connect(after, { from: { node: node.id, port: 'out' }, to });
  after = withSuggestion(after, node);
  const target = after.nodes.find(({ id }) => id === to?.node);
  return target === undefined ? after : withSuggestion(after, target);
}

/** The gap that an edge is. */
export function gapOfEdge(key: string): Gap | null {
  const edge = useDocumentStore.getState().document.edges.find((each) => edgeKey(each) === key);
  return edge === undefined ? null : { from: edge.from, to: edge.to };
}

/** Why an operator of the palette cannot stand on an edge; null when it can. */
export function whyNotOnEdge(key: string, item: CatalogItem): string | null {
  const gap = gapOfEdge(key);
  const { document } = useDocumentStore.getState();
  const fit = gap === null || !isOffered(item, document.dialect) ? null : fitOf(document, gap, item);
  if (fit === null) return `${item.title} cannot stand between two operators.`;
  return fit.fits ? null : fit.reason;
}

/** Why a node that has no edges cannot go into one; null when it can. */
export function whyNotSplice(key: string, nodeId: string): string | null {
  const { document } = useDocumentStore.getState();
  const place = whereOnEdge(document, key, nodeId);
  return 'reason' in place ? place.reason : null;
}

/** Leads an edge through a node that had no edges. With the gesture of the drag that brought it there it is one step. */
export function spliceNode(key: string, nodeId: string, gesture: string): void {
  useDocumentStore.getState().edit({ label: 'Insert on an edge', gesture }, (document) => {
    const place = whereOnEdge(document, key, nodeId);
    if ('reason' in place) return document;
    const spliced = spliceIntoEdge(document, { key, node: nodeId, input: place.input });
    const node = spliced.nodes.find(({ id }) => id === nodeId);
    return node === undefined ? spliced : withSuggestion(spliced, node);
  });
}

/** Removes what is selected and wires what is left; the pairs that could not be wired, each with its reason. */
export function deleteAndReconnect(): readonly string[] {
  const { document: before, selection, edit } = useDocumentStore.getState();
  const open = edits.disconnect(before, selection.edgeKeys);
  const { document, refused } = removeAndReconnect(open, [...selection.nodeIds, ...selection.noteIds]);
  edit({ label: 'Delete and reconnect' }, () => document);
  return refused;
}
