import type { Problem } from '../stream/problem.ts';
import type { DocumentNode, PipelineDocument, Position } from './document.ts';
import { LIMITS } from './limits.ts';
import { problem, shown } from './make-problem.ts';

interface Layout {
  readonly value: PipelineDocument['layout'];
  readonly problems: readonly Problem[];
}

/**
 * Positions are worth no refusal: one that is no place on the canvas is replaced, one of no node is dropped, each with a
 * warning. A node may have none.
 */
export function readLayout(raw: unknown, nodes: readonly DocumentNode[]): Layout {
  if (raw === undefined) return { value: {}, problems: [] };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const message = `layout is ${shown(raw)}, not an object of positions by node id.`;
    return { value: {}, problems: [problem({ code: 'value-type', path: 'layout', message, fix: 'Remove it.' })] };
  }
  const problems: Problem[] = [];
  const indexOf = new Map(nodes.map((node, i) => [node.id, i]));
  const positions: [string, Position][] = [];
  for (const [id, value] of Object.entries(raw) as [string, unknown][]) {
    const index = indexOf.get(id);
    if (index === undefined) {
      problems.push(dropped(id));
      continue;
    }
    const position = readPosition(value);
    if (position === null) problems.push(repaired(id, value));
    positions.push([id, position ?? placeOf(index)]);
  }
  return { value: Object.fromEntries(positions), problems };
}

function readPosition(value: unknown): Position | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return null;
  const { x, y } = value as { readonly x?: unknown; readonly y?: unknown };
  return isCoordinate(x) && isCoordinate(y) ? { x, y } : null;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LIMITS.position;
}

/** A place of its own for each node, eight in a row. */
function placeOf(index: number): Position {
  return { x: (index % 8) * 240, y: Math.floor(index / 8) * 140 };
}

function repaired(id: string, value: unknown): Problem {
  const { x, y } = typeof value === 'object' && value !== null ? (value as { x?: unknown; y?: unknown }) : {};
  return problem({
    code: 'position-repaired',
    severity: 'warning',
    path: `layout.${id}`,
    nodeId: id,
    message: `The position of ${id} (x ${shown(x)}, y ${shown(y)}) is not within ±${LIMITS.position} pixels; it was replaced.`,
    fix: 'Move the node to where it belongs.',
  });
}

function dropped(id: string): Problem {
  return problem({
    code: 'position-dropped',
    severity: 'warning',
    path: `layout.${id}`,
    message: `The layout places ${shown(id)}, but there is no such node; the position was dropped.`,
    fix: 'Nothing needs to be done.',
  });
}
