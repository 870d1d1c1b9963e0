import { eventRowContenders } from '../row-stream.ts';
import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import type { Pair } from './join-step.ts';
import { JoinStep } from './join-step.ts';
import { JoinedSums } from './sums.ts';
import { tidemark } from './tidemark.ts';

const rows = eventRowContenders<Pair>({
  step: (emit) => new JoinStep(emit),
  sums: () => new JoinedSums(),
});

/** Rows of two streams, by key, the right one 0 to 2 s after the left, both ends in. */
export const intervalJoinJob = workloadJob('interval-join', [fused, tidemark, ...rows]);
