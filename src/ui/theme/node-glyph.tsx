import type { ReactElement } from 'react';

/** Drawn on a grid of 16, one stroke of 1.5: what an operator does to the stream. */
const PATHS = {
  generator: 'M2 8h6.5M6 5l3 3-3 3M11 3.5h1.5a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H11',
  file: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5',
  filter: 'M2 3h12L9.5 8.5V13l-3-1.6V8.5z',
  map: 'M3 12.5c2.2 0 2-9 4.5-9 1 0 1.5.6 1.5 1.5M4 7.5h4M9.5 8.5l4 5M13.5 8.5l-4 5',
  union: 'M2 4h4l3 4h5M2 12h4l3-4M12 6l2 2-2 2',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3l2 1.5',
  window: 'M1.5 4.5h4v7h-4zM6 4.5h4v7H6zM10.5 4.5h4v7h-4z',
  hopping: 'M1.5 3h6.5M4.5 6.3H11M7.5 9.6H14M10.5 13h4',
  session: 'M1.5 5v6h5V5zM9.5 5v6h1.8V5zM14.5 5v6',
  sliding: 'M3 5v6M13 5v6M3 8h10M5.5 6 3 8l2.5 2M10.5 6 13 8l-2.5 2',
  cumulate: 'M2 3v10M2 4h4M2 8h8M2 12h12',
  count: 'M4 3v10M7 3v10M10 3v10M2 11.5 13.5 5',
  global: 'M5 3H2.5v10H5M11 3h2.5v10H11M6 8h4',
  columns: 'M2 3h12v10H2zM9.5 3v10M2 6.5h12M2 9.8h12',
  inWindow: 'M3 3h10v10H3zM5 6.5h6M5 9.5h6M8 6.5v3',
  interval: 'M2 4h12M2 12h12M5 4l4 8M11 4l-2 8',
  tables: 'M1.5 2.5h6v6h-6zM8.5 7.5h6v6h-6zM1.5 4.5h6M8.5 9.5h6M10 5h1.5v1.5',
  streams: 'M1.5 4.5h6M1.5 11.5h6M7.5 4.5 12 8l-4.5 3.5M12 8h2.5',
  regular: 'M6 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z',
  temporal: 'M2 4h12M2 11h3.5v3H2zM7 11h7v3H7zM10.5 4v7M8.8 9.3l1.7 1.7 1.7-1.7',
  lookup: 'M6.5 11a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM9.8 9.8 14 14M4.5 5.5h4M4.5 7.8h4',
  running: 'M2 13h3V9.5h3V6h3V3h3M12 3h2v2',
  split: 'M2 8h3.5l3-4H14M5.5 8l3 4H14M12 2l2 2-2 2M12 10l2 2-2 2',
  flatMap: 'M2 3h4v10H2zM6 4.5h8M6 8h8M6 11.5h8M2 6.3h4M2 9.6h4',
  pattern: 'M2 8a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM6 8h4M10 8a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM4 6c1-3.5 7-3.5 8 0',
  topN: 'M2 13h3.5V8H2zM6.3 13h3.4V3H6.3zM10.5 13H14V6h-3.5z',
  over: 'M2 12h12M4 12V8M7.3 12V5.5M10.6 12V7M2.5 3.5h9M9.5 1.5l2 2-2 2',
  dedup: 'M2 5h7v7H2zM5 5V3h7v7H9M4 8.5l1.3 1.4L7.5 7',
  suppress: 'M2.5 3v10h11V3M5 6h6M5 9h6M8 1.5v3M6.5 3.2 8 4.7l1.5-1.5',
  table: 'M2 3h12v10H2zM2 6.5h12M7 6.5V13',
  chart: 'M2 13.5h12M4 13V9M7.3 13V5M10.6 13V7.5M13.5 13V3',
  operator: 'M3 3h10v10H3z',
} as const;

type GlyphName = keyof typeof PATHS;

const GLYPH_OF_KIND: Readonly<Record<string, GlyphName>> = {
  'source.generator': 'generator',
  'source.file': 'file',
  filter: 'filter',
  map: 'map',
  union: 'union',
  'assign-timestamps': 'clock',
  window: 'window',
  'window:hopping': 'hopping',
  'window:session': 'session',
  'window:sliding': 'sliding',
  'window:cumulate': 'cumulate',
  'window:count': 'count',
  'window:global': 'global',
  'window:rows': 'columns',
  'join.interval': 'interval',
  'join.window': 'inWindow',
  'join.regular': 'regular',
  'join.temporal': 'temporal',
  'join.lookup': 'lookup',
  'join.stream': 'streams',
  'join.table': 'tables',
  split: 'split',
  'flat-map': 'flatMap',
  pattern: 'pattern',
  dedup: 'dedup',
  'top-n': 'topN',
  over: 'over',
  aggregate: 'running',
  suppress: 'suppress',
  sink: 'table',
  'sink:chart': 'chart',
};

interface NodeGlyphProps {
  readonly kind: string;
  /** A sink looks like what it shows, a window like its kind. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** On a grid of 16, for a stroke of 1.5 with round ends. */
export function glyphPath({ kind, config }: NodeGlyphProps): string {
  const shape = `${kind}:${String(config?.['result'] === 'rows' ? 'rows' : (config?.['view'] ?? config?.['kind']))}`;
  return PATHS[GLYPH_OF_KIND[shape] ?? GLYPH_OF_KIND[kind] ?? 'operator'];
}

export function NodeGlyph(props: NodeGlyphProps): ReactElement {
  return (
    <svg
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={glyphPath(props)} />
    </svg>
  );
}
