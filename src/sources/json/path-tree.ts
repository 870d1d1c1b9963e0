import { encodeUtf8 } from '../text/utf8-reader.ts';
import { KeyOrder } from './key-order-reader.ts';

/** The paths that are wanted of a record, as a tree over its keys. */
export interface PathNode {
  /** Field of the block that takes the value here, -1 when only something below is wanted. */
  readonly field: number;
  readonly children: PathChild[];
  /** Fields here and below. */
  readonly fields: number[];
  /** Record in which this node was last met, to see keys that stand twice. */
  metIn: number;
  /** Of the objects that stand here. */
  readonly keys: KeyOrder<PathNode>;
}

export interface PathChild {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The key as a position in an array, -1 when it is none. */
  readonly index: number;
  readonly node: PathNode;
}

/** Paths by field number. Two fields may not have the same path; the later one would stay empty. */
export function pathTree(paths: readonly (readonly string[])[]): PathNode {
  return build(
    paths.map((path, field) => ({ path, field })),
    0,
  );
}

interface Wanted {
  readonly path: readonly string[];
  readonly field: number;
}

function build(wanted: readonly Wanted[], depth: number): PathNode {
  const groups = new Map<string, Wanted[]>();
  let field = -1;
  for (const want of wanted) {
    const key = want.path[depth];
    if (key === undefined) field = want.field;
    else {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [want]);
      else group.push(want);
    }
  }
  const children = [...groups].map(([key, group]) => ({
    key,
    bytes: encodeUtf8(key),
    index: /^\d{1,9}$/.test(key) ? Number(key) : -1,
    node: build(group, depth + 1),
  }));
  return { field, children, fields: wanted.map((want) => want.field), metIn: -1, keys: new KeyOrder() };
}
