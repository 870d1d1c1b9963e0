import { operatorDefinitions } from '../operators/definitions.ts';
import { sourceDefinitions } from '../sources/definition.ts';
import type { NodeDefinition } from '../stream/node-definition.ts';
import type { NodeKind } from './document.ts';

const joined = { ...sourceDefinitions, ...operatorDefinitions };

/**
 * Every kind of node a document may hold. A definition's `config` type is its own business: here it is unknown, and
 * only what the definition's own schema has parsed is ever handed to it.
 */
export const nodeDefinitions = joined as unknown as Readonly<Record<NodeKind, NodeDefinition<NodeKind>>>;

const byKind: ReadonlyMap<string, NodeDefinition<NodeKind>> = new Map(Object.entries(nodeDefinitions));

/** The definition of a kind that a stranger named; null when there is none, also for `toString` and the like. */
export function findDefinition(kind: string): NodeDefinition<NodeKind> | null {
  return byKind.get(kind) ?? null;
}
