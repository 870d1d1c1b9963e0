import { PORT_SIZE } from '../../app/arrange/node-sizes.ts';
import { displayName } from '../../app/document-catalog.ts';
import type { NodeStreams } from '../../app/document-analysis.ts';
import type { Changes } from '../../stream/row-kind.ts';
import { glyphPath } from '../theme/node-glyph.tsx';
import type { Colours } from './colours.ts';
import type { NodePlace, PortPlace } from './places.ts';
import { escaped, fitted, rect, tag } from './svg.ts';

/** `shapes`: large signs instead of texts, for a picture that is seen from far away. */
export type Detail = 'texts' | 'shapes';

interface NodeDrawing {
  readonly place: NodePlace;
  /** Its configuration in a line. */
  readonly line: string;
  readonly streams: NodeStreams | undefined;
  readonly colours: Colours;
  readonly detail: Detail;
}

const HALF_PORT = PORT_SIZE / 2;

export function nodePicture(drawing: NodeDrawing): string {
  const { place, colours } = drawing;
  const box = rect(place, {
    rx: 10,
    fill: colours.surface,
    stroke: colours['line-strong'],
    'stroke-width': drawing.detail === 'shapes' ? 3 : 1,
  });
  const inside = drawing.detail === 'texts' ? texts(drawing) : sign(drawing);
  const ports = place.ports.map((port) => portPicture(port, changesAt(port, drawing), colours));
  return tag('g', { class: 'node', 'data-node': place.node.id }, box, ...inside, ...ports);
}

function texts({ place, line, colours }: NodeDrawing): readonly string[] {
  const { x, y, w, node, isSmall } = place;
  const name = fitted(displayName(node), w - 52, { sizePx: 13, isBold: true });
  const essence = fitted(line, w - 20, { sizePx: 11 });
  return [
    tile(place, { x: x + 8, y: y + 8, size: 24, colours }),
    tag('text', { x: x + 40, y: y + 24.5, fill: colours.ink, 'font-size': 13, 'font-weight': 620 }, escaped(name)),
    ...(isSmall || essence === ''
      ? []
      : [tag('text', { x: x + 10, y: y + 50, fill: colours['ink-2'], 'font-size': 11 }, escaped(essence))]),
  ];
}

function sign({ place, colours }: NodeDrawing): readonly string[] {
  const size = place.h - 12;
  const middle = place.x + (place.w - size) / 2;
  return [tile(place, { x: middle, y: place.y + 6, size, colours })];
}

interface Tile {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colours: Colours;
}

/** Tinted for a node that holds state. */
function tile({ node, face }: NodePlace, { x, y, size, colours }: Tile): string {
  const isStateful = face?.stateful === true;
  const glyph = tag('path', {
    d: glyphPath({ kind: node.type, config: node.config }),
    transform: `translate(${x + size / 6} ${y + size / 6}) scale(${size / 24})`,
    fill: 'none',
    stroke: isStateful ? colours['tide-ink'] : colours['ink-2'],
    'stroke-width': 1.5,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  const ground = isStateful ? colours['tide-wash'] : colours['surface-3'];
  return rect({ x, y, w: size, h: size }, { rx: size / 6, fill: ground }) + glyph;
}

function changesAt({ port, side }: PortPlace, { streams }: NodeDrawing): Changes {
  if (side !== 'in') return streams?.outputs[port]?.changes ?? 'append';
  return streams?.inputs.find((input) => input.port.name === port)?.type?.changes ?? 'append';
}

/** Circle for new rows alone, square for changes, square with a line for a table, diamond for rows not taken. */
function portPicture({ side, port, x, y }: PortPlace, changes: Changes, colours: Colours): string {
  const isDiamond = side === 'below';
  const stroke = isDiamond && port === 'late' ? colours.late : colours['ink-3'];
  const look = { stroke, 'stroke-width': 2, fill: colours.surface };
  if (!isDiamond && changes === 'append') return tag('circle', { cx: x, cy: y, r: HALF_PORT - 1, ...look });
  const inside = { x: x - HALF_PORT + 1, y: y - HALF_PORT + 1, w: PORT_SIZE - 2, h: PORT_SIZE - 2 };
  const square = rect(inside, {
    rx: isDiamond ? 1 : 2,
    transform: isDiamond ? `rotate(45 ${x} ${y})` : undefined,
    ...look,
  });
  if (changes !== 'upsert' || isDiamond) return square;
  return square + tag('path', { d: `M${x - 3} ${y - 1}h6`, stroke, 'stroke-width': 1.5 });
}
