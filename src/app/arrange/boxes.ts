/** The geometry of the canvas: boxes in canvas pixels, y down. Nothing here knows of nodes. */

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A box, whatever it is of. */
export type Area = Omit<Box, 'id'>;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where boxes are to stand, by id. */
export type Places = ReadonlyMap<string, Point>;

/** The least box around others; null around none. */
export function around(boxes: readonly Area[]): Area | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const w = Math.max(...boxes.map((box) => box.x + box.w)) - x;
  const h = Math.max(...boxes.map((box) => box.y + box.h)) - y;
  return { x, y, w, h };
}

export function holds(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

export function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
