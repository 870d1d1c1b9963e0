import type { Area } from '../../app/arrange/boxes.ts';
import {
  COUNTLESS_NODE_HEIGHT,
  FIRST_PORT_TOP,
  FIRST_SIDE_PORT_LEFT,
  NODE_WIDTH,
  PORT_SIZE,
  PORT_STEP,
  SIDE_PORT_STEP,
  SINK_WIDTH,
  SMALL_NODE_HEIGHT,
  SMALL_NODE_PORT_TOP,
} from '../../app/arrange/node-sizes.ts';
import { findFace } from '../../app/document-catalog.ts';
import type { DocumentNode, PipelineDocument } from '../../app/document-store.ts';
import { positionOf } from '../../app/document-store.ts';
import { isMainOutput, takesRefusedRowsOnly } from '../../app/main-output.ts';
import type { InputPort, NodeFace, OutputPort } from '../../stream/node-definition.ts';

/** Where a port's middle is. `below`: under the node, where rows leave that it did not take. */
export interface PortPlace {
  readonly port: string;
  readonly side: 'in' | 'out' | 'below';
  readonly x: number;
  readonly y: number;
}

export interface NodePlace extends Area {
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
    const box: Area = {
      x,
      y,
      w: face?.group === 'sinks' ? SINK_WIDTH : NODE_WIDTH,
      h: isSmall ? SMALL_NODE_HEIGHT : Math.max(COUNTLESS_NODE_HEIGHT, FIRST_PORT_TOP + most * PORT_STEP),
    };
    return { ...box, node, face, isSmall, ports: face === null ? [] : portPlaces(face, box, isSmall) };
  });
}

function portPlaces(face: NodeFace, { x, y, w, h }: Area, isSmall: boolean): readonly PortPlace[] {
  const half = PORT_SIZE / 2;
  const top = (index: number): number =>
    y + half + (isSmall ? SMALL_NODE_PORT_TOP : FIRST_PORT_TOP) + index * PORT_STEP;
  const main = face.outputs.filter((port) => isMainOutput(face, port));
  const below = face.outputs.filter((port) => !main.includes(port));
  const input = ({ name }: InputPort, i: number): PortPlace => ({ port: name, side: 'in', x, y: top(i) });
  const output = ({ name }: OutputPort, i: number): PortPlace => ({ port: name, side: 'out', x: x + w, y: top(i) });
  const refused = ({ name }: OutputPort, i: number): PortPlace => ({
    port: name,
    side: 'below',
    x: x + FIRST_SIDE_PORT_LEFT + half + i * SIDE_PORT_STEP,
    y: y + h,
  });
  return [...face.inputs.map(input), ...main.map(output), ...below.map(refused)];
}
