import type { PipelineDocument } from '../../src/pipeline/document.ts';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import { makePlan } from '../../src/pipeline/make-plan.ts';
import { openLog } from '../../src/worker/open-run.ts';
import { Pacing } from '../../src/worker/pacing.ts';
import { Run } from '../../src/worker/run.ts';
import { costOf } from './travelled-run.ts';

const clock = (): number => performance.now();

async function cpuOfRun(document: PipelineDocument, pointBytes: number | undefined): Promise<number> {
  const planned = makePlan(document);
  const log = planned.ok ? openLog(planned.value, {}, new AbortController().signal) : planned;
  if (!planned.ok || !log.ok) throw new Error('The graph cannot be run.');
  const options = pointBytes === undefined ? {} : { pointBytes };
  const run = new Run(planned.value, log.value, { clock, limits: DEFAULT_LIMITS, ...options });
  const pacing = new Pacing(clock);
  const { cpuMs } = await costOf(async () => {
    while ((await run.advance(pacing, Infinity)).kind !== 'ended');
  });
  return cpuMs;
}

/** By how much a run at full speed is slower for the points it keeps: the median over pairs of runs, of which one keeps none. */
export async function pointsCost(document: PipelineDocument, pairs: number): Promise<number> {
  const ratios: number[] = [];
  for (let pair = -1; pair < pairs; pair++) {
    const ways = pair % 2 === 0 ? [0, undefined] : [undefined, 0];
    const costs = new Map<number | undefined, number>();
    for (const way of ways) {
      globalThis.gc?.();
      costs.set(way, await cpuOfRun(document, way));
    }
    // The first pair warms up.
    if (pair >= 0) ratios.push((costs.get(undefined) ?? 0) / (costs.get(0) ?? 0) - 1);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
}
