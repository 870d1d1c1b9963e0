import { findDefinition, nodeDefinitions } from '../../pipeline/definitions.ts';
import type { DocumentNode } from '../../pipeline/document.ts';
import type { CatalogItem } from '../document-catalog.ts';

type Config = Readonly<Record<string, unknown>>;

/** The configuration of a node that was just made. */
export function initialConfig({ kind, preset }: Pick<CatalogItem, 'kind' | 'preset'>): Config {
  const { suggest, fill } = nodeDefinitions[kind];
  const config = { ...(suggest([]) as Config), ...preset };
  return fill === undefined ? config : (fill(config) as Config);
}

const lines = new WeakMap<DocumentNode, string>();

/** The node's line of configuration, as its definition tells it; empty while the configuration is not whole. */
export function describeNode(node: DocumentNode): string {
  const known = lines.get(node);
  if (known !== undefined) return known;
  const definition = findDefinition(node.type);
  const parsed = definition?.config.safeParse(node.config);
  const line = definition !== null && parsed?.success === true ? definition.describe(parsed.data) : '';
  lines.set(node, line);
  return line;
}
