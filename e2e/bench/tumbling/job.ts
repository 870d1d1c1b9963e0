import { eventRowContenders } from '../row-stream.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import { WindowSums } from '../windows/window-sums.ts';
import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import { charted, tidemark, traced } from './tidemark.ts';
import { TumblingStep } from './tumbling-step.ts';

const rows = eventRowContenders<WindowRow>({
  step: (emit) => new TumblingStep(emit),
  sums: () => new WindowSums(),
});

/** Count and sum by key in windows of 10 s that close with the watermark. */
export const tumblingJob = workloadJob('tumbling', [fused, tidemark, traced, charted, ...rows]);
