import { describe, expect, test } from 'vitest';
import type { Contender } from './job.ts';

import { FULL_EFFORT, measureJob } from './measure.ts';
import { summaryLine } from './report.ts';
import { openTrack } from './track.ts';
import type { Workload } from './workload.ts';
import { makeWorkload } from './workload.ts';
import type { WorkloadJob } from './workload-job.ts';
import { workloadJob } from './workload-job.ts';
import { workloadJobs } from './workload-jobs.ts';

/** Several windows and a few rounds of the engine. */
const EVENTS = 35_000;

async function columnsOf(job: WorkloadJob, workload: Workload): Promise<Readonly<Record<string, string>>> {
  const columns: Record<string, string> = {};
  for (const { name, prepare } of job.contenders) {
    const run = await prepare(workload);
    columns[name] = await run();
  }
  return columns;
}

describe.each(workloadJobs)('$name', (job) => {
  test('gives the same results in every column', async () => {
    const columns = await columnsOf(job, makeWorkload(EVENTS));
    expect(Object.keys(columns)).toEqual(expect.arrayContaining(['tidemark', 'fused', 'plain', 'rxjs']));
    expect(new Set(Object.values(columns)).size).toBe(1);
  });

  test('gives the same results with every call', async () => {
    const workload = makeWorkload(5000);
    for (const { prepare } of job.contenders) {
      const run = await prepare(workload);
      expect(await run()).toBe(await run());
    }
  });

  test.each([
    ['key', 1],
    ['value', 1],
    ['ts', 10_000],
  ] as const)('sees in its checksum that one %s is off by %d', async (name, by) => {
    const workload = makeWorkload(EVENTS);
    const honest = await columnsOf(job, workload);
    const changedWorkload = { ...workload, [name]: workload[name].slice() };
    const row = workload.value.findIndex((value, i) => i > EVENTS / 2 && value >= 5000);
    changedWorkload[name][row]! += by;
    const changed = await columnsOf(job, changedWorkload);
    expect(new Set(Object.values(changed)).size).toBe(1);
    expect(changed['fused']).not.toBe(honest['fused']);
  });

  test('drops the rows that come too late, in every column', async () => {
    const workload = makeWorkload(EVENTS);
    const row = EVENTS - 1;
    workload.ts[row] = workload.ts[row]! - 25_000;
    const columns = await columnsOf(job, workload);
    expect(new Set(Object.values(columns)).size).toBe(1);
  });
});

test('a loop that loses the last events is found and named', async () => {
  const [honest] = workloadJobs[0]!.contenders;
  const planted: Contender = {
    name: 'planted',
    prepare: (workload) => honest!.prepare({ ...workload, length: workload.length - 20 }),
  };
  const job = workloadJob('planted', [honest!, planted]);
  const result = await measureJob(job, {
    events: EVENTS,
    effort: { ...FULL_EFFORT, rounds: 1, fewestRounds: 1 },
    lanes: null,
    open: (request) => openTrack(request, [job], () => performance.now()),
  });
  expect(result.faults).toHaveLength(1);
  expect(result.faults[0]).toContain('planted gives');
  expect(summaryLine({ results: [result], place: 'node' })).toContain('FAILED');
});
