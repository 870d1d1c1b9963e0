import type { Area } from '../../app/arrange/boxes.ts';
import { around } from '../../app/arrange/boxes.ts';
import { COUNTLESS_NODE_HEIGHT, NODE_WIDTH } from '../../app/arrange/node-sizes.ts';
import type { NodeStreams } from '../../app/document-analysis.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import type { Colours } from './colours.ts';
import { edgePicture } from './edge-picture.ts';
import { groupPictures, notePictures } from './frame-picture.ts';
import type { Detail } from './node-picture.ts';
import { nodePicture } from './node-picture.ts';
import { nodePlaces } from './places.ts';
import { escaped, rect, tag } from './svg.ts';

const MARGIN = 24;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const EMPTY: Area = { x: 0, y: 0, w: NODE_WIDTH, h: COUNTLESS_NODE_HEIGHT };

export interface PictureRequest {
  readonly document: PipelineDocument;
  /** What is known of its nodes, by id. */
  readonly lines: ReadonlyMap<string, string>;
  readonly streams: ReadonlyMap<string, NodeStreams>;
  readonly colours: Colours;
  readonly detail: Detail;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The graph as it stands on the canvas, as an SVG that needs nothing else. The same request gives the same bytes. */
export function graphPicture({ document, lines, streams, colours, detail }: PictureRequest): Picture {
  const places = nodePlaces(document);
  const byId = new Map(places.map((place) => [place.node.id, place]));
  const groups = groupPictures(document, byId, colours);
  const notes = notePictures(document, colours);
  const edges = document.edges.flatMap((edge) => {
    const from = byId.get(edge.from.node)?.ports.find((port) => port.side !== 'in' && port.port === edge.from.port);
    const to = byId.get(edge.to.node)?.ports.find((port) => port.side === 'in' && port.port === edge.to.port);
    const changes = streams.get(edge.from.node)?.outputs[edge.from.port]?.changes ?? 'append';
    return from === undefined || to === undefined ? [] : [edgePicture({ edge, from, to, changes }, colours)];
  });
  const nodes = places.map((place) => {
    const { id } = place.node;
    return nodePicture({ place, line: lines.get(id) ?? '', streams: streams.get(id), colours, detail });
  });
  const all = [...places, ...groups.map(({ box }) => box), ...notes.map(({ box }) => box)];
  const inner = around(all) ?? EMPTY;
  const area = { x: inner.x - MARGIN, y: inner.y - MARGIN, w: inner.w + 2 * MARGIN, h: inner.h + 2 * MARGIN };
  const { x, y, w: width, h: height } = area;
  const svg = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: [x, y, width, height].join(' '),
      'font-family': FONT,
      role: 'img',
    },
    tag('title', {}, escaped(document.name)),
    rect(area, { fill: colours.canvas }),
    ...groups.map((group) => group.svg),
    ...edges,
    ...nodes,
    ...notes.map((note) => note.svg),
  );
  return { svg, width, height };
}
