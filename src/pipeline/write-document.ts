import type { DocumentNode, PipelineDocument } from './document.ts';
import type { FieldOrder, Writable } from './json-write.ts';
import { writeJson } from './json-write.ts';

const ENVELOPE = [
  '$schema',
  'version',
  'name',
  'dialect',
  'time',
  'nodes',
  'edges',
  'layout',
  'notes',
  'groups',
  'run',
];
const NODE = ['id', 'type', 'typeVersion', 'label', 'config', 'engine'];
const NOTE = ['id', 'text', 'x', 'y', 'w', 'h'];
const GROUP = ['id', 'title', 'nodes'];
const EDGE = ['from', 'to', 'node', 'port'];

/**
 * The document as a file. The same document always gives the same bytes, whatever the order in which it was edited:
 * fields stand in the order of the outside contract, inside `config` and `engine` by name, positions in the order of the
 * nodes. Ends with a line break.
 */
export function writeDocument(document: PipelineDocument): string {
  const rank = new Map(document.nodes.map((node, i) => [node.id, i]));
  const order: FieldOrder = (path, names) => {
    if (path.length === 0) return inOrder(names, ENVELOPE);
    if (path[0] === 'nodes' && path.length === 2) return inOrder(names, NODE);
    if (path[0] === 'edges') return inOrder(names, EDGE);
    if (path[0] === 'layout' && path.length === 1) return byRank(names, rank);
    if (path[0] === 'notes') return inOrder(names, NOTE);
    if (path[0] === 'groups') return inOrder(names, GROUP);
    if (path[0] === 'run') return inOrder(names, ['seed', 'end']);
    return [...names].sort(byCodeUnits);
  };
  return `${writeJson(document as unknown as Writable, order)}\n`;
}

/** One node as it stands in the file. */
export function writeNode(node: DocumentNode): string {
  return writeJson(node as unknown as Writable, (path, names) =>
    path.length === 0 ? inOrder(names, NODE) : [...names].sort(byCodeUnits),
  );
}

function inOrder(names: readonly string[], known: readonly string[]): readonly string[] {
  return byRank(names, new Map(known.map((name, i) => [name, i])));
}

function byRank(names: readonly string[], rank: ReadonlyMap<string, number>): readonly string[] {
  const rankOf = (name: string): number => rank.get(name) ?? Number.MAX_SAFE_INTEGER;
  return [...names].sort((a, b) => rankOf(a) - rankOf(b) || byCodeUnits(a, b));
}

/** Not by locale: the bytes must be the same on every machine. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
