import { aggregateKernel } from './aggregate/kernel.ts';
import { assignTimestampsKernel } from './assign-timestamps/kernel.ts';
import { dedupKernel } from './dedup/kernel.ts';
import { patternKernel } from './pattern/kernel.ts';
import { flatMapKernel } from './flat-map/kernel.ts';
import { splitKernel } from './split/kernel.ts';
import { filterKernel } from './filter/kernel.ts';
import { intervalJoinKernel } from './join-interval/kernel.ts';
import { windowJoinKernel } from './join-window/kernel.ts';
import { lookupJoinKernel } from './join-lookup/kernel.ts';
import { regularJoinKernel } from './join-regular/kernel.ts';
import { temporalJoinKernel } from './join-temporal/kernel.ts';
import { mapKernel } from './map/kernel.ts';
import type { KernelFactory, OperatorKind } from './operator.ts';
import { overKernel } from './over/kernel.ts';
import { sinkKernel } from './sink/kernel.ts';
import { streamJoinKernel } from './join-stream/kernel.ts';
import { tableJoinKernel } from './join-table/kernel.ts';
import { suppressKernel } from './suppress/kernel.ts';
import { topNKernel } from './top-n/kernel.ts';
import { unionKernel } from './union/kernel.ts';
import { windowKernel } from './window/kernel.ts';

/** Every operator kind's kernel. A plan's `bound` has the type that the kind's kernel takes: both come from its folder. */
export const kernels: Readonly<Record<OperatorKind, KernelFactory<never>>> = {
  'assign-timestamps': assignTimestampsKernel,
  filter: filterKernel,
  map: mapKernel,
  union: unionKernel,
  window: windowKernel,
  suppress: suppressKernel,
  'join.interval': intervalJoinKernel,
  'join.window': windowJoinKernel,
  'join.regular': regularJoinKernel,
  'join.temporal': temporalJoinKernel,
  'join.lookup': lookupJoinKernel,
  'join.stream': streamJoinKernel,
  'join.table': tableJoinKernel,
  dedup: dedupKernel,
  pattern: patternKernel,
  'top-n': topNKernel,
  over: overKernel,
  'flat-map': flatMapKernel,
  split: splitKernel,
  aggregate: aggregateKernel,
  sink: sinkKernel,
};
