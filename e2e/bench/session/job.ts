import { eventRowContenders } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import { WindowSums } from '../windows/window-sums.ts';
import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import { SessionStep } from './session-step.ts';
import { tidemark } from './tidemark.ts';

const rows = eventRowContenders<WindowRow>({
  step: (emit) => new SessionStep(emit),
  sums: () => new WindowSums(),
});

/** Count and sum by key in sessions that end after 5 s without a row; rows out of order merge them. */
export const sessionJob = workloadJob('session', [fused, tidemark, ...rows]);
