import type { StreamType } from '../stream/batch.ts';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import { nodeFaces } from '../pipeline/faces.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { describeStreams } from '../pipeline/analyse.ts';
import type { OutputEnd } from '../pipeline/connect.ts';
import { fittingKinds } from '../pipeline/connect.ts';
import type { NewNode } from '../pipeline/edits.ts';
import { addNode, connect, setConfig } from '../pipeline/edits.ts';
import type { CatalogItem } from './document-catalog.ts';
import { CATALOG, isOffered } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';

export type { OutputEnd } from '../pipeline/connect.ts';

type Config = Readonly<Record<string, unknown>>;

/**
 * Connects two ports, one undo step. A node that still has the configuration it was made with gets one that suits what
 * now flows in: a key column that exists, an expression over real columns.
 */
export function connectPorts(edge: DocumentEdge): void {
  useDocumentStore.getState().edit({ label: 'Connect' }, (before) => {
    const document = connect(before, edge);
    const target = document.nodes.find((node) => node.id === edge.to.node);
    return target === undefined ? document : withSuggestion(document, target);
  });
}

/** What the catalog has that could stand behind an output. */
export function itemsAfter(from: OutputEnd): readonly CatalogItem[] {
  const { document } = useDocumentStore.getState();
  const fitting = new Set(fittingKinds(document, from).map(({ kind }) => kind));
  return CATALOG.filter((item) => fitting.has(item.kind) && isOffered(item, document.dialect));
}

/** Adds a node behind an output and connects the two, one undo step; selects the node. */
export function addConnected(from: OutputEnd, added: NewNode): void {
  const { document: before, edit, select } = useDocumentStore.getState();
  const port = fittingKinds(before, from).find(({ kind }) => kind === added.kind)?.port;
  if (port === undefined) return;
  edit({ label: 'Add a node' }, (document) => {
    const withNode = addNode(document, added);
    const node = withNode.nodes.at(-1);
    if (node === undefined) return document;
    return withSuggestion(connect(withNode, { from, to: { node: node.id, port } }), node);
  });
  const id = useDocumentStore.getState().document.nodes.at(-1)?.id;
  if (id !== undefined) select({ nodeIds: [id], edgeKeys: [] });
}

function withSuggestion(document: PipelineDocument, node: DocumentNode): PipelineDocument {
  const { suggest, fill } = nodeDefinitions[node.type];
  const presets = Object.fromEntries(Object.entries(node.config).filter(([name]) => isPreset(name)));
  const configFor = (inputs: readonly StreamType[]): Config => {
    const config = { ...(suggest(inputs) as Config), ...presets };
    return fill === undefined ? config : (fill(config) as Config);
  };
  if (!same(node.config, configFor([]))) return document;
  const inputs = inputsOf(document, node);
  if (inputs === null) return document;
  const config = configFor(inputs);
  return same(config, node.config) ? document : setConfig(document, { id: node.id, config });
}

/** Chosen with the palette item, and so by the user. */
function isPreset(name: string): boolean {
  return name === 'kind' || name === 'view' || name === 'result';
}

/** Properties may stand in any order. */
function same(a: Config, b: Config): boolean {
  const sorted = (config: Config): string =>
    JSON.stringify(Object.entries(config).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** The streams at all inputs, in the order of the ports; null while one of them is not known. */
function inputsOf(document: PipelineDocument, node: DocumentNode): readonly StreamType[] | null {
  const arriving = describeStreams(document).get(node.id)?.inputs ?? [];
  const ports = nodeFaces[node.type].inputs;
  const streams = ports.flatMap((port) => {
    const types = arriving.filter((input) => input.port.name === port.name).map((input) => input.type);
    return types.length === 0 ? [null] : types;
  });
  return streams.every((type) => type !== null) ? streams : null;
}
