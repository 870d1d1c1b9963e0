import { findFace } from '../../app/document-catalog.ts';
import type { DocumentNode, PipelineDocument } from '../../app/document-store.ts';
import { positionOf } from '../../app/document-store.ts';
import { isMainOutput, takesRefusedRowsOnly } from '../../app/main-output.ts';
import type { InputPort, NodeFace, OutputPort } from '../../stream/node-definition.ts';
import {
  FIRST_PORT_TOP,
  FIRST_SIDE_PORT_LEFT,
  NODE_WIDTH,
  PORT_SIZE,
  PORT_STEP,
  SIDE_PORT_STEP,
  SINK_WIDTH,
  SMALL_NODE_PORT_TOP,
} from '../canvas/node-geometry.ts';

const NODE_HEIGHT = 68;
const SMALL_NODE_HEIGHT = 40;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a port's middle is. `below`: under the node, where rows leave that it did not take. */
export interface PortPlace {
  readonly port: string;
  readonly side: 'in' | 'out' | 'below';
  readonly x: number;
  readonly y: number;
}

export interface NodePlace extends Box {
  readonly node: DocumentNode;
  /** Null for a kind that this program does not know. */
  readonly face: NodeFace | null;
  readonly isSmall: boolean;
  readonly ports: readonly PortPlace[];
}

/** Where everything stands, as on the canvas; a node without a place stands at the origin, as there. */
export function nodePlaces(document: PipelineDocument): readonly NodePlace[] {
  return document.nodes.map((node) => {
    const face = findFace(node.type);
    const { x, y } = positionOf(document, node.id) ?? { x: 0, y: 0 };
    const isSmall = takesRefusedRowsOnly(document, node.id);
    const outputs = face?.outputs.filter((port) => isMainOutput(face, port)) ?? [];
    const most = Math.max(face?.inputs.length ?? 0, outputs.length);
    const box: Box = {
      x,
      y,
      width: face?.group === 'sinks' ? SINK_WIDTH : NODE_WIDTH,
      height: isSmall ? SMALL_NODE_HEIGHT : Math.max(NODE_HEIGHT, FIRST_PORT_TOP + most * PORT_STEP),
    };
    return { ...box, node, face, isSmall, ports: face === null ? [] : portPlaces(face, box, isSmall) };
  });
}

function portPlaces(face: NodeFace, { x, y, width, height }: Box, isSmall: boolean): readonly PortPlace[] {
  const half = PORT_SIZE / 2;
  const top = (index: number): number =>
    y + half + (isSmall ? SMALL_NODE_PORT_TOP : FIRST_PORT_TOP) + index * PORT_STEP;
  const main = face.outputs.filter((port) => isMainOutput(face, port));
  const below = face.outputs.filter((port) => !main.includes(port));
  const input = ({ name }: InputPort, i: number): PortPlace => ({ port: name, side: 'in', x, y: top(i) });
  const output = ({ name }: OutputPort, i: number): PortPlace => ({ port: name, side: 'out', x: x + width, y: top(i) });
  const refused = ({ name }: OutputPort, i: number): PortPlace => ({
    port: name,
    side: 'below',
    x: x + FIRST_SIDE_PORT_LEFT + half + i * SIDE_PORT_STEP,
    y: y + height,
  });
  return [...face.inputs.map(input), ...main.map(output), ...below.map(refused)];
}

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
