import type { NodeDefinition } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import type { DocumentNode } from '../pipeline/document.ts';
import { setConfig } from '../pipeline/edits.ts';
import { validate } from '../pipeline/validate.ts';
import { useDocumentStore } from './document-store.ts';
import { withValueAt } from './document-value.ts';
import { inFormWords } from './problem-words.ts';

/**
 * Sets a node's parameter at once when that brings no error at its place, one undo step; else changes nothing and says
 * why not. An error elsewhere that follows from a good value does not stop it: the document's problems tell of it.
 */
export function trySetting(nodeId: string, path: readonly string[], value: unknown): readonly Problem[] {
  const judged = judgeSetting(nodeId, path, value);
  if (judged === null) return [];
  if (judged.problems.length === 0) useDocumentStore.getState().configure(nodeId, path, judged.changed);
  return judged.problems;
}

/** What would be wrong with a parameter, which stays as it is. */
export function settingProblems(nodeId: string, path: readonly string[], value: unknown): readonly Problem[] {
  return judgeSetting(nodeId, path, value)?.problems ?? [];
}

interface Judged {
  /** The part of the node with the value in it. */
  readonly changed: DocumentNode['config'];
  readonly problems: readonly Problem[];
}

/** Null where there is no such node. */
function judgeSetting(nodeId: string, path: readonly string[], value: unknown): Judged | null {
  const { document } = useDocumentStore.getState();
  const index = document.nodes.findIndex((node) => node.id === nodeId);
  const node = document.nodes[index];
  const [part, ...rest] = path;
  if (node === undefined || (part !== 'config' && part !== 'engine')) return null;
  const changed = withFigures(node, part, withValueAt(node[part], rest, value));
  const candidate = setConfig(document, { id: nodeId, [part]: changed });
  const place = `nodes.${index}.${path.join('.')}`;
  const problems = validate(candidate).filter(({ severity, path: at }) => severity === 'error' && isWithin(at, place));
  return { changed, problems: inFormWords(candidate, problems) };
}

/** With the figures that a choice has just made necessary. */
function withFigures(node: DocumentNode, part: 'config' | 'engine', changed: DocumentNode['config']): typeof changed {
  const definition: NodeDefinition = nodeDefinitions[node.type];
  const parsed = part === 'config' && definition.fill !== undefined ? definition.config.safeParse(changed) : null;
  if (parsed?.success !== true) return changed;
  const given = parsed.data as Readonly<Record<string, unknown>>;
  const filled = Object.entries((definition.fill?.(given) ?? given) as Readonly<Record<string, unknown>>);
  return { ...changed, ...Object.fromEntries(filled.filter(([name, value]) => value !== given[name])) };
}

export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`);
}

/** A node's configuration with the defaults of what it leaves out; as it stands when it is not whole. */
export function effectiveConfig(node: DocumentNode, part: 'config' | 'engine'): Readonly<Record<string, unknown>> {
  const parsed = nodeDefinitions[node.type][part].safeParse(node[part]);
  return parsed.success ? (parsed.data as Readonly<Record<string, unknown>>) : node[part];
}
