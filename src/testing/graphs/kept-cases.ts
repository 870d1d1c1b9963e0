import type { Graph } from './graph.ts';

/** A graph for which a law once failed, as the failure printed it. */
export interface KeptCase {
  readonly found: string;
  readonly graph: Graph;
  readonly picks: readonly number[];
}

const perEvent = { strategy: 'per-event', delayMs: 0, intervalMs: 100, idleMs: 0, maxAheadMs: 0 } as const;

const hopping = {
  kind: 'hopping',
  sizeMs: 4,
  advanceMs: 2,
  keys: [],
  aggregates: [{ name: 'rows', function: 'count' }],
};

export const keptCases: readonly KeptCase[] = [
  {
    found: 'an assigner that has seen no row yet is idle in time, and an edge behind it comes back unaligned',
    graph: {
      dialect: 'flink-datastream',
      timeDomain: 'event',
      sources: [perEvent, perEvent],
      nodes: [
        { id: 'filter-0', kind: 'filter', config: { predicate: "k = 'a'" }, engine: {}, inputs: ['source-1'] },
        {
          id: 'assign-timestamps-1',
          kind: 'assign-timestamps',
          config: { time: 'n', watermark: { ...perEvent, idleMs: 100 } },
          engine: {},
          inputs: ['source-1'],
        },
        { id: 'union-2', kind: 'union', config: {}, engine: {}, inputs: ['filter-0', 'assign-timestamps-1'] },
        { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['source-0'] },
        { id: 'sink-1', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['union-2'] },
      ],
      entries: [
        { kind: 'clock', at: 1000 },
        { kind: 'watermark', source: 0, time: -1, partition: 0, at: 1250 },
        { kind: 'clock', at: 1250 },
        { kind: 'row', source: 1, ts: 0, values: ['a', -1, null, 0, null, null], partition: 0, at: 1250 },
      ],
    },
    picks: [0, 1, 2],
  },
  {
    found: 'the windows that one row is in come newest first, and both branches of a diamond keep that order',
    graph: {
      dialect: 'flink-sql',
      timeDomain: 'event',
      sources: [perEvent, perEvent],
      nodes: [
        { id: 'window-0', kind: 'window', config: { ...hopping, result: 'rows' }, engine: {}, inputs: ['source-1'] },
        { id: 'filter-1', kind: 'filter', config: { predicate: 'n < 9' }, engine: {}, inputs: ['window-0'] },
        { id: 'union-2', kind: 'union', config: {}, engine: {}, inputs: ['filter-1', 'window-0'] },
        { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['source-0'] },
        { id: 'sink-1', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['union-2'] },
      ],
      entries: [
        { kind: 'row', source: 1, ts: -1, values: [null, 0, 9007199254740992, 0, '0.00', 0], partition: 0, at: 1000 },
        { kind: 'row', source: 1, ts: 5, values: ['a', 3, 0, 0, '0.00', 0], partition: 0, at: 1000 },
      ],
    },
    picks: [0, 1, 2],
  },
  {
    found: 'an assigner of Flink SQL states its periodic watermark before the same tick finds it idle',
    graph: {
      dialect: 'flink-sql',
      timeDomain: 'event',
      sources: [perEvent, perEvent],
      nodes: [
        {
          id: 'assign-timestamps-0',
          kind: 'assign-timestamps',
          config: { time: 'n', watermark: { ...perEvent, strategy: 'periodic', idleMs: 100 } },
          engine: {},
          inputs: ['source-1'],
        },
        { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['source-0'] },
        { id: 'sink-1', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['assign-timestamps-0'] },
      ],
      entries: [
        { kind: 'row', source: 1, ts: Number.NaN, values: [null, 1, 0, 0, '0.00', 0], partition: 0, at: 1000 },
        { kind: 'clock', at: 1014 },
        { kind: 'clock', at: 1021 },
        { kind: 'clock', at: 1121 },
      ],
    },
    picks: [0, 1, 2],
  },
  {
    found: 'rows of two windows that purge with each row are used once each',
    graph: {
      dialect: 'flink-datastream',
      timeDomain: 'event',
      sources: [perEvent, perEvent],
      nodes: [
        {
          id: 'window-0',
          kind: 'window',
          config: hopping,
          engine: { trigger: { on: 'purging', of: { on: 'count', rows: 1 } } },
          inputs: ['source-1'],
        },
        { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['source-0'] },
        { id: 'sink-1', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['window-0'] },
        { id: 'sink-2', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['window-0.rejected'] },
      ],
      entries: [
        { kind: 'row', source: 1, ts: 0, values: ['a', 0, null, 0, '0.00', 0], partition: 0, at: 1000 },
        { kind: 'row', source: 1, ts: Number.NaN, values: ['a', 0, null, 0, '0.00', 0], partition: 0, at: 1000 },
      ],
    },
    picks: [0, 1, 1],
  },
  {
    found: 'a time that is none has the same bytes in every snapshot',
    graph: {
      dialect: 'flink-sql',
      timeDomain: 'event',
      sources: [perEvent, { ...perEvent, changes: 'upsert', key: ['k'] }],
      nodes: [
        { id: 'join-0', kind: 'join.regular', config: { kind: 'inner' }, engine: {}, inputs: ['source-1', 'source-1'] },
        { id: 'join-1', kind: 'join.regular', config: { kind: 'inner' }, engine: {}, inputs: ['join-0', 'join-0'] },
        { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['source-0'] },
        { id: 'sink-1', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['join-1'] },
      ],
      entries: [
        { kind: 'row', source: 1, ts: Number.NaN, values: ['a', 0, 0, 0, '0.00', 0], partition: 0, at: 1000, op: '+I' },
        { kind: 'end', source: 0, at: 1000 },
        { kind: 'end', source: 1, at: 1000 },
      ],
    },
    picks: [0, 0, 5],
  },
];
