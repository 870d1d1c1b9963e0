import { ROUND_ENTRIES } from '../engine/limits.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { RecordedLog } from '../sources/log/recorded-log.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { Problem } from '../stream/problem.ts';

/** Entries [from, to) of a log, beside whoever else reads it. */
export async function* slicesOf(log: RecordedLog, from: number, to: number): AsyncGenerator<LogSlice, void> {
  const cursor = log.cursor(from);
  while (cursor.nextSeq < to) {
    const slice = await cursor.nextSlice(Math.min(ROUND_ENTRIES, to - cursor.nextSeq));
    if (slice === null) return;
    yield slice;
  }
}

/** What is wrong with the sources, each problem with its node. */
export function sourceProblems(plan: Plan, log: RecordedLog): readonly Problem[] {
  return plan.sources.flatMap((node, s) =>
    log.problems(s).map((problem) => ({ ...problem, nodeId: problem.nodeId ?? plan.nodes[node]?.id ?? null })),
  );
}
