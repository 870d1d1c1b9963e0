import type { Area, Box } from '../../app/arrange/boxes.ts';
import { holds, overlap } from '../../app/arrange/boxes.ts';
import type { DocumentGroup } from '../../app/document-store.ts';

/** Groups as they stood when a drag began: what leaves one and what joins one is judged by their frames then. */
export interface GroupDrag {
  readonly groups: readonly DocumentGroup[];
  /** By id of the group. */
  readonly frames: ReadonlyMap<string, Area>;
  readonly notes: readonly Box[];
}

/** The notes that lie in a frame: they go with it. */
export function notesIn({ frames, notes }: GroupDrag, groupId: string): readonly string[] {
  const frame = frames.get(groupId);
  return frame === undefined ? [] : notes.filter((note) => holds(frame, note)).map(({ id }) => id);
}

/**
 * What a drag changes of groups, by node: the group in whose frame a node has its middle, or null for one that was
 * pulled out of its own altogether. Nodes that are moved with their whole group stay in it.
 */
export function homesOf({ groups, frames }: GroupDrag, moved: readonly Box[]): ReadonlyMap<string, string | null> {
  const ids = new Set(moved.map(({ id }) => id));
  const standing = groups.filter(({ nodes }) => nodes.some((id) => !ids.has(id)));
  const homes = new Map<string, string | null>();
  for (const box of moved) {
    const own = groups.find(({ nodes }) => nodes.includes(box.id));
    if (own !== undefined && !standing.includes(own)) continue;
    const meets = ({ id }: DocumentGroup, area: Area): boolean => {
      const frame = frames.get(id);
      return frame !== undefined && overlap(frame, area);
    };
    const middle = { x: box.x + box.w / 2, y: box.y + box.h / 2, w: 0, h: 0 };
    if (own !== undefined && meets(own, middle)) continue;
    const next = standing.find((group) => meets(group, middle));
    if (next !== undefined) homes.set(box.id, next.id);
    else if (own !== undefined && !meets(own, box)) homes.set(box.id, null);
  }
  return homes;
}
