import type { Point } from './boxes.ts';

/** Nodes stand on this grid, px. */
export const GRID = 16;

/** Sizes of nodes and places of their ports, px: as the style sheet of the nodes has them. */
export const NODE_WIDTH = 176;
export const SINK_WIDTH = 164;
/** With its counts in view, without them, and of a sink of rows that were not taken: where there are so few texts. */
export const NODE_HEIGHT = 98;
export const COUNTLESS_NODE_HEIGHT = 68;
export const SMALL_NODE_HEIGHT = 40;
export const PORT_SIZE = 11;

/** From the top of the node to the first port, and from port to port, px. */
export const FIRST_PORT_TOP = 40;
export const PORT_STEP = 25;
export const SMALL_NODE_PORT_TOP = 14;
/** From the left of the node to the first port beneath it, and from port to port, px. */
export const FIRST_SIDE_PORT_LEFT = 24;
export const SIDE_PORT_STEP = 28;

/** From the top of a node to the middle of its first port. */
export const PORT_TOP = FIRST_PORT_TOP + PORT_SIZE / 2;

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
