import type { NodeFace } from '../stream/node-definition.ts';
import { aggregateFace } from './aggregate/face.ts';
import { assignTimestampsFace } from './assign-timestamps/face.ts';
import { dedupFace } from './dedup/face.ts';
import { patternFace } from './pattern/face.ts';
import { flatMapFace } from './flat-map/face.ts';
import { splitFace } from './split/face.ts';
import { filterFace } from './filter/face.ts';
import { intervalJoinFace } from './join-interval/face.ts';
import { windowJoinFace } from './join-window/face.ts';
import { lookupJoinFace } from './join-lookup/face.ts';
import { regularJoinFace } from './join-regular/face.ts';
import { temporalJoinFace } from './join-temporal/face.ts';
import { mapFace } from './map/face.ts';
import type { OperatorKind } from './operator.ts';
import { overFace } from './over/face.ts';
import { sinkFace } from './sink/face.ts';
import { streamJoinFace } from './join-stream/face.ts';
import { tableJoinFace } from './join-table/face.ts';
import { suppressFace } from './suppress/face.ts';
import { topNFace } from './top-n/face.ts';
import { unionFace } from './union/face.ts';
import { windowFace } from './window/face.ts';

/** What every operator kind looks like from outside, in the palette's order: plain data, for what the page loads first. */
export const operatorFaces: { readonly [Kind in OperatorKind]: NodeFace<Kind> } = {
  'assign-timestamps': assignTimestampsFace,
  filter: filterFace,
  map: mapFace,
  union: unionFace,
  window: windowFace,
  suppress: suppressFace,
  'join.interval': intervalJoinFace,
  'join.window': windowJoinFace,
  'join.regular': regularJoinFace,
  'join.temporal': temporalJoinFace,
  'join.lookup': lookupJoinFace,
  'join.stream': streamJoinFace,
  'join.table': tableJoinFace,
  dedup: dedupFace,
  pattern: patternFace,
  'top-n': topNFace,
  over: overFace,
  'flat-map': flatMapFace,
  split: splitFace,
  aggregate: aggregateFace,
  sink: sinkFace,
};
