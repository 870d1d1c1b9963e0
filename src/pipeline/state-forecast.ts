import type { StreamType } from '../stream/batch.ts';
import type { StateGrowth } from '../stream/node-definition.ts';
import type { DataType, Schema } from '../stream/types.ts';
import type { Analysis } from './analyse.ts';
import type { PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';

interface Growing {
  readonly index: number;
  readonly types: readonly StreamType[];
  readonly by: StateGrowth['by'];
}

const SECONDS_A_DAY = 86_400;

/**
 * How fast the state of a node grows, as the end of a sentence; empty where a source says no rate. An upper bound: filters
 * and windows on the way let fewer rows through.
 */
export function growthForecast(document: PipelineDocument, { graph }: Analysis, { index, types, by }: Growing): string {
  const rate = rateBefore(document, graph, index);
  if (rate === null || types.length === 0) return '';
  const bytes = types.reduce((sum, { schema }) => sum + rowBytes(schema), 0) / types.length;
  const growth = `up to ${shownBytes(rate * bytes * SECONDS_A_DAY)} a day at ${shownRate(rate)} events/s`;
  return by === 'rows' ? `: ${growth}` : `: ${growth}, if every row brings a new key`;
}

/** Events a second of all sources before a node; null where one of them does not say. */
function rateBefore({ nodes }: PipelineDocument, graph: Graph, index: number): number | null {
  const seen = new Set<number>([index]);
  const open = [index];
  let rate = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const incoming = graph.incoming[next] ?? [];
    if (incoming.length === 0) {
      const own = nodes[next]?.config['rateEventsPerSec'];
      if (typeof own !== 'number') return null;
      rate += own;
    }
    for (const { from } of incoming) {
      if (seen.has(from)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  return rate;
}

/** About what a kept row takes in this program; an engine's own store takes as much or more. */
function rowBytes({ fields }: Schema): number {
  return fields.reduce((sum, { type }) => sum + cellBytes(type), 48);
}

function cellBytes({ kind }: DataType): number {
  switch (kind) {
    case 'STRING':
    case 'BYTES':
      return 32;
    case 'ARRAY':
    case 'MAP':
    case 'ROW':
      return 96;
    default:
      return 9;
  }
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

function shownBytes(bytes: number): string {
  let rest = bytes;
  let unit = 0;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${rest >= 100 ? Math.round(rest) : Number(rest.toPrecision(2))} ${UNITS[unit] ?? ''}`;
}

function shownRate(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}
