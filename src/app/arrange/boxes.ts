/** The geometry of the canvas: boxes in canvas pixels, y down. Nothing here knows of nodes. */

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where boxes are to stand, by id. */
export type Places = ReadonlyMap<string, Point>;

/** The least box around others; null around none. */
export function around(boxes: readonly Omit<Box, 'id'>[]): Omit<Box, 'id'> | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const w = Math.max(...boxes.map((box) => box.x + box.w)) - x;
  const h = Math.max(...boxes.map((box) => box.y + box.h)) - y;
  return { x, y, w, h };
}
