import { describe, expect, test } from 'vitest';
import type { Contender } from '../job.ts';
import { makeWorkload } from '../workload.ts';
import { workloadJobs } from '../workload-jobs.ts';
import { withPeers } from './peers.ts';

/** Several windows. */
const EVENTS = 15_000;

async function checksumOf({ prepare }: Contender, workload = makeWorkload(EVENTS)): Promise<string> {
  const run = await prepare(workload);
  return run();
}

const pairs = workloadJobs.flatMap((job) =>
  withPeers(job)
    .contenders.slice(job.contenders.length)
    .map((peer) => ({ job: job.name, peer: peer.name, contender: peer, fused: job.contenders[0]! })),
);

test('other engines do the jobs', () => {
  expect(new Set(pairs.map(({ peer }) => peer))).toEqual(new Set(['db-ivm', 'duckdb-wasm']));
});

describe.each(pairs)('$peer at $job', ({ contender, fused }) => {
  test('gives what the loop by hand gives, with every call', async () => {
    const wanted = await checksumOf(fused);
    const run = await contender.prepare(makeWorkload(EVENTS));
    expect(await run()).toBe(wanted);
    expect(await run()).toBe(wanted);
  });

  test('sees other values', async () => {
    const workload = makeWorkload(EVENTS);
    for (let i = 0; i < EVENTS; i++) workload.value[i]! += 1;
    expect(await checksumOf(contender, workload)).not.toBe(await checksumOf(fused));
  });
});
