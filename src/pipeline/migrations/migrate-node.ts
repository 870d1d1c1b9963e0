import type { NodeDefinition } from '../../stream/node-definition.ts';
import type { Result } from '../../stream/problem.ts';
import type { DocumentNode, NodeKind } from '../document.ts';
import { problem, shown } from '../make-problem.ts';

/** What a step may change of a node. */
export type NodeParts = Pick<DocumentNode, 'config' | 'engine'>;

/** One step of a type's configuration, from `typeVersion` `from` to `from + 1`. A released step is never changed. */
export interface NodeMigration {
  readonly kind: NodeKind;
  readonly from: number;
  readonly name: string;
  readonly up: (parts: NodeParts) => NodeParts;
}

/** All types are at their first version. */
export const nodeMigrations: readonly NodeMigration[] = [];

/** Brings a node of any released version of its type to the definition's own. `index` is its place in the document. */
export function migrateNode(
  node: DocumentNode,
  definition: NodeDefinition<NodeKind>,
  index: number,
  steps: readonly NodeMigration[] = nodeMigrations,
): Result<DocumentNode> {
  const target = definition.version;
  const where = { path: `nodes.${index}.typeVersion`, nodeId: node.id };
  if (node.typeVersion > target) {
    const message = `${shown(node.id)} has version ${node.typeVersion} of ${node.type}; this Tidemark knows up to ${target}.`;
    const fix = 'Reload the page to get the newest Tidemark, then open it again.';
    return { ok: false, problems: [problem({ code: 'type-version-too-new', ...where, message, fix })] };
  }
  let parts: NodeParts = node;
  for (let at = node.typeVersion; at < target; at++) {
    const step = steps.find((each) => each.kind === node.type && each.from === at);
    if (step === undefined) {
      const message = `There is no way from version ${at} to ${at + 1} of ${node.type}.`;
      const fix = 'Open it with the Tidemark that wrote it, and export it there.';
      return { ok: false, problems: [problem({ code: 'migration-missing', ...where, message, fix })] };
    }
    parts = step.up(parts);
  }
  if (node.typeVersion === target) return { ok: true, value: node, problems: [] };
  const { config, engine } = parts;
  return { ok: true, value: { ...node, typeVersion: target, config, engine }, problems: [] };
}
