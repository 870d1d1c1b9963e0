import type { PlaneFacts, PlaneUpdate } from '../../app/plane-updates.ts';
import { FATE_ON_TIME } from '../../app/plane-updates.ts';
import { PlaneData } from './plane-data.ts';

export interface PointInTests {
  readonly tsMs: number;
  readonly atMs: number;
  readonly fate?: number;
  readonly key?: number;
}

export interface PaneInTests {
  readonly startMs: number;
  readonly endMs: number;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly ends: number;
  readonly key?: number;
  readonly hasFired?: boolean;
  readonly value?: number;
}

const FACTS: PlaneFacts = {
  nodeId: 'node',
  kind: 'window',
  sides: ['in'],
  window: { kind: 'tumbling', isByClock: false, isMerging: false, sizeMs: 10_000, gapMs: 0 },
  horizonMs: 0,
  horizonWord: 'allowed lateness',
  delaysMs: [],
  interval: null,
  reaches: [],
  valueName: 'events',
  keyNames: [],
};

/** What the plane knows after one update: a point an entry, in this order; panes at the moments of their entries. */
export function planeOf(
  points: readonly PointInTests[],
  panes: readonly PaneInTests[] = [],
  facts: Partial<PlaneFacts> = {},
): PlaneData {
  const data = new PlaneData({ ...FACTS, ...facts }, 1);
  data.append(updateOf(points, panes));
  return data;
}

function updateOf(points: readonly PointInTests[], panes: readonly PaneInTests[]): PlaneUpdate {
  const floats = (of: (point: PointInTests, i: number) => number): Float64Array => Float64Array.from(points, of);
  const atOf = (seq: number): number => points[seq]?.atMs ?? Infinity;
  const byFate = [0, 0, 0, 0, 0, 0];
  for (const { fate = FATE_ON_TIME } of points) byFate[fate] = (byFate[fate] ?? 0) + 1;
  return {
    nodeId: 'node',
    filling: 1,
    facts: null,
    toldSeq: points.length,
    runSeq: points.length,
    runAtMs: points.at(-1)?.atMs ?? Number.NaN,
    points: {
      length: points.length,
      seq: floats((_, i) => i),
      tsMs: floats(({ tsMs }) => tsMs),
      atMs: floats(({ atMs }) => atMs),
      fate: Uint8Array.from(points, ({ fate = FATE_ON_TIME }) => fate),
      side: new Uint8Array(points.length),
      key: Uint16Array.from(points, ({ key = 0 }) => key),
      lane: new Int16Array(points.length),
      judgedMs: floats(() => Number.NaN),
      weight: 1,
    },
    lines: [],
    steps: [],
    panes: {
      length: panes.length,
      index: Uint32Array.from(panes, (_, i) => i),
      startMs: Float64Array.from(panes, ({ startMs }) => startMs),
      endMs: Float64Array.from(panes, ({ endMs }) => endMs),
      key: Uint16Array.from(panes, ({ key = 0 }) => key),
      fromSeq: Float64Array.from(panes, ({ fromSeq }) => fromSeq),
      fromAtMs: Float64Array.from(panes, ({ fromSeq }) => atOf(fromSeq)),
      toSeq: Float64Array.from(panes, ({ toSeq }) => toSeq),
      toAtMs: Float64Array.from(panes, ({ toSeq }) => atOf(toSeq)),
      ends: Uint8Array.from(panes, ({ ends }) => ends),
      hasFired: Uint8Array.from(panes, ({ hasFired = false }) => (hasFired ? 1 : 0)),
      value: Float64Array.from(panes, ({ value = Number.NaN }) => value),
      results: Uint32Array.from(panes, () => 1),
      areAll: true,
    },
    pairs: null,
    keys: [],
    counts: { byFate, timeless: 0, pairs: 0, pairsNotTold: 0 },
  };
}
