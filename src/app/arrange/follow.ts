import type { Area, Box, Places, Point } from './boxes.ts';
import { clearOf } from './clear-of.ts';
import type { Clearance } from './clear-of.ts';

export interface LaidOut {
  /** Before. */
  readonly boxes: readonly Box[];
  readonly places: Places;
  /** What else is not to be covered: the titles of frames. */
  readonly titles: readonly Area[];
}

/**
 * Where notes go when boxes are laid out anew: each stays beside the box that it was nearest to, and moves up or down
 * where it would cover one.
 */
export function follow(notes: readonly Box[], { boxes, places, titles }: LaidOut, room: Clearance): Places {
  const after: Area[] = [...boxes.map((box) => ({ ...box, ...places.get(box.id) })), ...titles];
  const moved = new Map<string, Point>();
  for (const note of notes) {
    const nearest = boxes.reduce<Box | null>(
      (best, box) => (best !== null && distance(note, best) <= distance(note, box) ? best : box),
      null,
    );
    const to = nearest === null ? undefined : places.get(nearest.id);
    if (nearest === null || to === undefined) continue;
    const box = { ...note, x: note.x + to.x - nearest.x, y: note.y + to.y - nearest.y };
    const settled = { ...box, y: box.y + clearOf([box], after, room) };
    moved.set(note.id, { x: settled.x, y: settled.y });
    after.push(settled);
  }
  return moved;
}

/** Between the borders of two boxes; 0 where they overlap. */
function distance(a: Box, b: Box): number {
  const across = Math.max(0, a.x - b.x - b.w, b.x - a.x - a.w);
  const down = Math.max(0, a.y - b.y - b.h, b.y - a.y - a.h);
  return Math.hypot(across, down);
}
