import { defaultEnd } from '../../src/pipeline/document.ts';
import type { DocumentEdge, DocumentNode, NodeKind, PipelineDocument } from '../../src/pipeline/document.ts';
import { emptyDocument } from '../../src/pipeline/empty-document.ts';
import { nodeFaces } from '../../src/pipeline/faces.ts';

const COLUMNS = 25;
const ROWS = 20;
const EDGES = 700;
const STEP = { x: 256, y: 144 };

/** Sources, filters and unions in turn, sinks. */
function kindIn(column: number): NodeKind {
  if (column === 0) return 'source.generator';
  if (column === COLUMNS - 1) return 'sink';
  return column % 2 === 1 ? 'filter' : 'union';
}

const CONFIGS: Partial<Record<NodeKind, DocumentNode['config']>> = {
  'source.generator': { shape: 'clicks', events: 100 },
  filter: { predicate: "page <> '/health'" },
  sink: { view: 'table' },
};

function idAt(column: number, row: number): string {
  return `n${String(column)}-${String(row)}`;
}

function edge(from: string, to: string): DocumentEdge {
  return { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
}

/** 500 nodes and 700 edges that could run: rows of operators, whose unions take from the row below as well. */
export function largeGraph(): PipelineDocument {
  const places = Array.from({ length: COLUMNS * ROWS }, (_, i) => ({ column: Math.floor(i / ROWS), row: i % ROWS }));
  const nodes = places.map(({ column, row }): DocumentNode => {
    const type = kindIn(column);
    const label = `${nodeFaces[type].title} ${idAt(column, row)}`;
    return {
      id: idAt(column, row),
      type,
      typeVersion: nodeFaces[type].version,
      label,
      config: CONFIGS[type] ?? {},
      engine: {},
    };
  });
  const along = places
    .filter(({ column }) => column > 0)
    .map(({ column, row }) => edge(idAt(column - 1, row), idAt(column, row)));
  const across = places
    .filter(({ column }) => kindIn(column) === 'union')
    .map(({ column, row }) => edge(idAt(column - 1, (row + 1) % ROWS), idAt(column, row)));
  const empty = emptyDocument('500 nodes');
  return {
    ...empty,
    run: { ...empty.run, end: defaultEnd(empty.dialect) },
    nodes,
    edges: [...along, ...across].slice(0, EDGES),
    layout: Object.fromEntries(
      places.map(({ column, row }) => [idAt(column, row), { x: column * STEP.x, y: row * STEP.y }]),
    ),
  };
}
