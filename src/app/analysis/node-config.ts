import { findDefinition } from '../../pipeline/definitions.ts';
import type { DocumentNode } from '../../pipeline/document.ts';
import type { Config } from '../../pipeline/suggested-config.ts';
import { suggestedConfig } from '../../pipeline/suggested-config.ts';
import type { CatalogItem } from '../document-catalog.ts';

/** The configuration of a node that was just made. */
export function initialConfig({ kind, preset }: Pick<CatalogItem, 'kind' | 'preset'>): Config {
  return suggestedConfig(kind, [], preset);
}

const lines = new WeakMap<DocumentNode, string>();

/** The node's line of configuration, as its definition tells it; empty while the configuration is not whole. */
export function describeNode(node: DocumentNode): string {
  const known = lines.get(node);
  if (known !== undefined) return known;
  const definition = findDefinition(node.type);
  const parsed = definition?.config.safeParse(node.config);
  const line = definition !== null && parsed?.success === true ? definition.describe(parsed.data) : '';
  const told = withoutName(line, node.label ?? '');
  lines.set(node, told);
  return told;
}

/** What the name says already need not be said again: of clicks that are called Clicks there is more to tell. */
function withoutName(line: string, name: string): string {
  const [first = '', ...rest] = line.split(' · ');
  return rest.length > 0 && first.toLowerCase() === name.toLowerCase() ? rest.join(' · ') : line;
}
