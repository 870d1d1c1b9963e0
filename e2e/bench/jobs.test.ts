import { describe, expect, test } from 'vitest';
import type { Contender, Job } from './job.ts';
import { jobs } from './jobs.ts';
import { measureJob } from './measure.ts';
import { summaryLine } from './report.ts';
import type { Workload } from './workload.ts';
import { makeWorkload } from './workload.ts';

/** Several windows and a few rounds of the engine. */
const EVENTS = 35_000;

function columnsOf(job: Job, workload: Workload): Readonly<Record<string, string>> {
  return Object.fromEntries(job.contenders.map(({ name, prepare }) => [name, prepare(workload)()]));
}

describe.each(jobs)('$name', (job) => {
  test('gives the same results in every column', () => {
    const columns = columnsOf(job, makeWorkload(EVENTS));
    expect(Object.keys(columns)).toEqual(expect.arrayContaining(['tidemark', 'fused', 'plain', 'rxjs']));
    expect(new Set(Object.values(columns)).size).toBe(1);
  });

  test('gives the same results with every call', () => {
    const workload = makeWorkload(5000);
    for (const { prepare } of job.contenders) {
      const run = prepare(workload);
      expect(run()).toBe(run());
    }
  });

  test.each([
    ['key', 1],
    ['value', 1],
    ['ts', 10_000],
  ] as const)('sees in its checksum that one %s is off by %d', (name, by) => {
    const workload = makeWorkload(EVENTS);
    const honest = columnsOf(job, workload);
    const changedWorkload = { ...workload, [name]: workload[name].slice() };
    const row = workload.value.findIndex((value, i) => i > EVENTS / 2 && value >= 5000);
    changedWorkload[name][row]! += by;
    const changed = columnsOf(job, changedWorkload);
    expect(new Set(Object.values(changed)).size).toBe(1);
    expect(changed['fused']).not.toBe(honest['fused']);
  });

  test('drops the rows that come too late, in every column', () => {
    const workload = makeWorkload(EVENTS);
    const row = EVENTS - 1;
    workload.ts[row] = workload.ts[row]! - 25_000;
    const columns = columnsOf(job, workload);
    expect(new Set(Object.values(columns)).size).toBe(1);
  });
});

test('a loop that loses the last events is found and named', () => {
  const [job] = jobs;
  const [honest] = job!.contenders;
  const planted: Contender = {
    name: 'planted',
    prepare: (workload) => honest!.prepare({ ...workload, length: workload.length - 20 }),
  };
  const result = measureJob({ ...job!, contenders: [honest!, planted] }, EVENTS, 1);
  expect(result.faults).toHaveLength(1);
  expect(result.faults[0]).toContain('planted gives');
  expect(summaryLine([result])).toContain('FAILED');
});
