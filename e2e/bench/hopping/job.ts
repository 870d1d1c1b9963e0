import { eventRowContenders } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import { WindowSums } from '../windows/window-sums.ts';
import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import { HoppingStep } from './hopping-step.ts';
import { tidemark } from './tidemark.ts';

const rows = eventRowContenders<WindowRow>({
  step: (emit) => new HoppingStep(emit),
  sums: () => new WindowSums(),
});

/** Count and sum by key in windows of 60 s, one every 10 s. */
export const hoppingJob = workloadJob('hopping', [fused, tidemark, ...rows]);
