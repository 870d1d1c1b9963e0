interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Room that stays between what is nudged and the edge, px. */
const ROOM = 16;

/**
 * How far to move what is seen so that a box that was in view comes back into it, when the view goes from one size to
 * another; null where it need not move, or was not in view.
 */
export function nudged(box: Box, before: Size, after: Size): { readonly x: number; readonly y: number } | null {
  const wasInView =
    box.x >= 0 && box.y >= 0 && box.x + box.width <= before.width && box.y + box.height <= before.height;
  if (!wasInView) return null;
  const x = shift(box.x, box.width, after.width);
  const y = shift(box.y, box.height, after.height);
  return x === 0 && y === 0 ? null : { x, y };
}

/** The near edge counts for more, where both cannot be seen. */
function shift(at: number, length: number, room: number): number {
  const over = at + length + ROOM - room;
  return over <= 0 ? 0 : -Math.min(over, Math.max(0, at - ROOM));
}
