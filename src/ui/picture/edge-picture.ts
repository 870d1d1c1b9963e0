import { getBezierPath, getSmoothStepPath, Position } from 'reactflow';
import type { DocumentEdge } from '../../app/document-store.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Colours } from './colours.ts';
import type { PortPlace } from './places.ts';
import { tag } from './svg.ts';

interface DrawnEdge {
  readonly edge: DocumentEdge;
  readonly from: PortPlace;
  readonly to: PortPlace;
  readonly changes: Changes;
}

/** A line for new rows alone, two rails for a changelog, ticks for a table, dashes for rows that were not taken. */
export function edgePicture({ edge, from, to, changes }: DrawnEdge, colours: Colours): string {
  const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
  const isBelow = from.side === 'below';
  const [d] = isBelow
    ? getSmoothStepPath({ ...ends, sourcePosition: Position.Bottom, targetPosition: Position.Left, borderRadius: 8 })
    : getBezierPath({ ...ends, sourcePosition: Position.Right, targetPosition: Position.Left });
  const stroke = from.port === 'late' && isBelow ? colours.late : colours['line-strong'];
  const line = (width: number, dashes?: string): string =>
    tag('path', { d, stroke, 'stroke-width': width, 'stroke-dasharray': dashes });
  const lines: Readonly<Record<Changes, readonly string[]>> = {
    append: [line(1.75)],
    retract: [line(6), tag('path', { d, stroke: colours.canvas, 'stroke-width': 2.5 })],
    upsert: [line(6, '1.5 4')],
  };
  const { from: source, to: target } = edge;
  return tag(
    'g',
    {
      class: 'edge',
      'data-from': `${source.node}:${source.port}`,
      'data-to': `${target.node}:${target.port}`,
      fill: 'none',
    },
    ...(isBelow ? [line(1.75, '5 4')] : lines[changes]),
  );
}
