import type { Area } from '../../app/arrange/boxes.ts';
import { around } from '../../app/arrange/boxes.ts';

/** Between a frame and the nodes in it, px; above them there is the title, too. */
const PAD = 20;
const TITLE = 28;
/** Beneath a node the ports of late and refused rows stick out. */
const FOOT = 4;

/** The frame around the nodes of a group; null around none. */
export function frameAround(boxes: readonly Area[]): Area | null {
  const inner = around(boxes);
  if (inner === null) return null;
  return { x: inner.x - PAD, y: inner.y - PAD - TITLE, w: inner.w + 2 * PAD, h: inner.h + 2 * PAD + TITLE + FOOT };
}

export function titleOf({ x, y, w }: Area): Area {
  return { x, y, w, h: TITLE };
}
