import type { Box, Places } from './boxes.ts';
import { around } from './boxes.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom' | 'centre' | 'middle';
export type Axis = 'across' | 'down';

/** Puts boxes on one line: an edge of the box around them, or its centre (beneath one another) or middle (in a row). */
export function align(boxes: readonly Box[], side: Side): Places {
  const frame = around(boxes);
  if (frame === null) return new Map();
  const place = ({ x, y, w, h }: Box) => {
    switch (side) {
      case 'left':
        return { x: frame.x, y };
      case 'right':
        return { x: frame.x + frame.w - w, y };
      case 'centre':
        return { x: Math.round(frame.x + (frame.w - w) / 2), y };
      case 'top':
        return { x, y: frame.y };
      case 'bottom':
        return { x, y: frame.y + frame.h - h };
      case 'middle':
        return { x, y: Math.round(frame.y + (frame.h - h) / 2) };
    }
  };
  return new Map(boxes.map((box) => [box.id, place(box)]));
}

/** Makes the gaps between boxes equal; the outer two stay, and so does the order. Nothing to do for fewer than three. */
export function distribute(boxes: readonly Box[], axis: Axis): Places {
  const at = axis === 'across' ? 'x' : 'y';
  const size = axis === 'across' ? 'w' : 'h';
  const middle = (box: Box): number => box[at] + box[size] / 2;
  const sorted = boxes.toSorted((a, b) => middle(a) - middle(b));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || boxes.length < 3) return new Map();
  const inner = sorted.slice(1, -1).reduce((sum, box) => sum + box[size], 0);
  const gap = (last[at] - first[at] - first[size] - inner) / (sorted.length - 1);
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  let next = first[at] + first[size] + gap;
  for (const box of sorted.slice(1, -1)) {
    places.set(box.id, { x: box.x, y: box.y, [at]: Math.round(next) });
    next += box[size] + gap;
  }
  return places;
}
