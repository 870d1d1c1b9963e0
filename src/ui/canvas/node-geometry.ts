/** Sizes of nodes and places of their ports, px: as the style sheet of the nodes has them. */
export const NODE_WIDTH = 176;
export const SINK_WIDTH = 164;
export const PORT_SIZE = 11;

/** From the top of the node to the first port, and from port to port, px. */
export const FIRST_PORT_TOP = 40;
export const PORT_STEP = 25;
export const SMALL_NODE_PORT_TOP = 14;
/** From the left of the node to the first port beneath it, and from port to port, px. */
export const FIRST_SIDE_PORT_LEFT = 24;
export const SIDE_PORT_STEP = 28;
