import type { Area } from '../../app/arrange/boxes.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { frameAround } from '../canvas/frame-geometry.ts';
import type { Colours } from './colours.ts';
import type { NodePlace } from './places.ts';
import { escaped, fitted, rect, tag, wrapped } from './svg.ts';

interface Drawn {
  readonly box: Area;
  readonly svg: string;
}

/** A frame around the nodes of each group, its title on top: as on the canvas. */
export function groupPictures(
  { groups = [] }: PipelineDocument,
  places: ReadonlyMap<string, NodePlace>,
  colours: Colours,
): readonly Drawn[] {
  return groups.flatMap(({ id, title, nodes }) => {
    const members = nodes.flatMap((node) => places.get(node) ?? []);
    const box = frameAround(members);
    if (box === null) return [];
    const ground = { fill: colours['surface-3'], 'fill-opacity': 0.45 };
    const line = { stroke: colours['line-strong'], 'stroke-width': 1, 'stroke-dasharray': '3 3' };
    const name = fitted(title === '' ? 'Group' : title, box.w - 20, { sizePx: 12, isBold: true });
    const text = { x: box.x + 10, y: box.y + 18, fill: colours['ink-2'], 'font-size': 12, 'font-weight': 620 };
    return {
      box,
      svg: tag(
        'g',
        { class: 'group', 'data-group': id },
        rect(box, { rx: 10, ...ground, ...line }),
        tag('text', text, escaped(name)),
      ),
    };
  });
}

const NOTE_LINE = 17;
const NOTE_PAD = 10;

export function notePictures({ notes = [] }: PipelineDocument, colours: Colours): readonly Drawn[] {
  return notes.map(({ id, text, x, y, w, h }) => {
    const box = { x, y, w, h };
    const lines = wrapped(text, w - 2 * NOTE_PAD, { sizePx: 12 });
    const room = Math.max(1, Math.floor((h - NOTE_PAD) / NOTE_LINE));
    const shown = lines.length > room ? [...lines.slice(0, room - 1), '…'] : lines;
    const texts = shown.map((line, i) =>
      tag('text', { x: x + NOTE_PAD, y: y + NOTE_PAD + 11 + i * NOTE_LINE, fill: colours['ink-2'] }, escaped(line)),
    );
    const look = { fill: colours['surface-2'], stroke: colours.line, 'stroke-width': 1 };
    return {
      box,
      svg: tag(
        'g',
        { class: 'note', 'data-note': id, 'font-size': 12 },
        rect(box, { rx: 6, ...look }),
        rect({ x, y: y + 3, w: 3, h: h - 6 }, { fill: colours['line-strong'] }),
        ...texts,
      ),
    };
  });
}
