import type { Engine } from '../engine/engine.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { LogCursor, RecordedLog } from '../sources/log/recorded-log.ts';
import type { Reject } from '../sources/rejects.ts';

/** The records that sources rejected, as far as a run has come: those up to the slice that was read last. */
export class RunRejects {
  /** By source; what the engine's ledger counts by now. */
  counted: readonly number[];
  private readonly log: RecordedLog;

  constructor(log: RecordedLog, sources: number) {
    this.log = log;
    this.counted = Array.from({ length: sources }, () => 0);
  }

  count({ rejected }: LogCursor, engine: Engine): void {
    if (rejected === null) return;
    rejected.forEach((count, s) => {
      const fresh = count - (this.counted[s] ?? 0);
      if (fresh > 0) engine.countRejected(s, fresh);
    });
    this.counted = this.counted.map((count, s) => Math.max(count, rejected[s] ?? 0));
  }

  /** The first that a source had rejected where the run stands. */
  of(plan: Plan, nodeId: string): readonly Reject[] {
    const source = plan.sources.findIndex((index) => plan.nodes[index]?.id === nodeId);
    const before = this.log.start?.rejectedBefore(source) ?? 0;
    return source < 0 ? [] : this.log.rejects(source).kept.slice(before, before + (this.counted[source] ?? 0));
  }
}
