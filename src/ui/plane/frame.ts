import { X_AXIS_ROOM } from './plane-sizes.ts';
import type { View } from './view.ts';

/** Where times stand on the canvas, in its own units (CSS pixels). */
export interface Frame {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: (eventMs: number) => number;
  readonly y: (atMs: number) => number;
  readonly eventAt: (x: number) => number;
  readonly atAt: (y: number) => number;
  /** Times that one pixel stands for. */
  readonly eventPerPx: number;
  readonly atPerPx: number;
}

export function frameOf(view: View, width: number, height: number, root: number): Frame {
  const left = Math.round(X_AXIS_ROOM.left * root);
  const top = X_AXIS_ROOM.top;
  const right = Math.max(left + 10, width - X_AXIS_ROOM.right);
  const bottom = Math.max(top + 10, height - Math.round(X_AXIS_ROOM.bottom * root));
  const eventPerPx = (view.eventToMs - view.eventFromMs) / (right - left);
  const atPerPx = (view.atToMs - view.atFromMs) / (bottom - top);
  return {
    view,
    width,
    height,
    left,
    top,
    right,
    bottom,
    eventPerPx,
    atPerPx,
    x: (eventMs) => left + (eventMs - view.eventFromMs) / eventPerPx,
    y: (atMs) => bottom - (atMs - view.atFromMs) / atPerPx,
    eventAt: (x) => view.eventFromMs + (x - left) * eventPerPx,
    atAt: (y) => view.atFromMs + (bottom - y) * atPerPx,
  };
}
