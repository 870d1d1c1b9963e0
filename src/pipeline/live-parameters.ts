import type { NodeKind } from './document.ts';

/**
 * What becomes of a node's state when a parameter is changed while the run goes on:
 *
 * - `here`: the parameter judges rows one by one, what was kept stays; it counts from here on.
 * - `larger`: a larger figure keeps more, what was kept stays; it counts from here on. A smaller one would have let go of
 *   what is still kept, and not have made results that are out: the node is rebuilt. So it is where either figure is 0 or
 *   derived from others, which is another way of keeping.
 * - `view`: means nothing to a run.
 *
 * Not named: what is kept has its shape from it. The node and all below are rebuilt.
 */
export type LiveRule = 'here' | 'larger' | 'view';

type LiveParameters = Readonly<Record<string, LiveRule>>;

/** By kind and parameter, those of the engine's group included. Of a source all else but these makes another log. */
export const LIVE_PARAMETERS: Readonly<Record<NodeKind, LiveParameters>> = {
  'source.file': { watermark: 'here' },
  'source.generator': { watermark: 'here' },
  'assign-timestamps': { watermark: 'here' },
  filter: { predicate: 'here' },
  map: { columns: 'here', keep: 'here', key: 'here' },
  union: {},
  window: { latenessMs: 'larger', retentionMs: 'larger' },
  suppress: {},
  'join.interval': {},
  'join.window': {},
  'join.regular': { leftTtlMs: 'larger', rightTtlMs: 'larger' },
  'join.temporal': { historyRetentionMs: 'larger' },
  'join.lookup': {},
  'join.stream': {},
  'join.table': { leftHistoryRetentionMs: 'larger', rightHistoryRetentionMs: 'larger' },
  dedup: { ttlMs: 'larger' },
  pattern: {},
  'top-n': { ttlMs: 'larger' },
  over: {},
  'flat-map': { columns: 'here', keep: 'here', ordinality: 'here', keepEmpty: 'here' },
  split: { predicate: 'here' },
  aggregate: { ttlMs: 'larger' },
  sink: { view: 'view' },
};
