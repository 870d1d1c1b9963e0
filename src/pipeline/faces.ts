import { operatorFaces } from '../operators/faces.ts';
import { sourceFaces } from '../sources/faces.ts';
import type { NodeFace } from '../stream/node-definition.ts';
import type { NodeKind } from './document.ts';

/** What every kind of node a document may hold looks like from outside. */
export const nodeFaces: { readonly [Kind in NodeKind]: NodeFace<Kind> } = { ...sourceFaces, ...operatorFaces };

/** All kinds, sources first, as the palette lists them. */
export const NODE_KINDS = Object.keys(nodeFaces) as readonly NodeKind[];

const byKind: ReadonlyMap<string, NodeFace<NodeKind>> = new Map(Object.entries(nodeFaces));

/** The face of a kind that a stranger named; null when there is none, also for `toString` and the like. */
export function findFace(kind: string): NodeFace<NodeKind> | null {
  return byKind.get(kind) ?? null;
}
