import { cutSlice } from '../../sources/log/cut-slice.ts';
import { defined } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { isSkipped } from '../../stream/log-slice.ts';
import { Engine } from '../engine.ts';
import type { Limits } from '../limits.ts';
import type { PlanEra } from './plan-eras.ts';
import type { ReplayRequest } from './replaying.ts';

/** Takes a log from its first entry on, each entry by the plan of its era. */
export class EraReplay {
  private engine: Engine;
  private later: readonly PlanEra[];
  private readonly request: ReplayRequest;
  private readonly limits: Limits | undefined;

  constructor(request: ReplayRequest, limits?: Limits) {
    this.request = request;
    this.limits = limits;
    const [first, ...later] = request.eras;
    this.later = later;
    this.engine = this.engineOf(defined(first, 'an era'));
  }

  /** How many entries the next slice should have at most. */
  get roundEntries(): number {
    return this.engine.roundEntries;
  }

  take(slice: LogSlice): void {
    const { probe } = this.request;
    for (let from = 0; from < slice.length;) {
      this.enter();
      const untilSeq = this.later[0]?.fromSeq ?? Infinity;
      const to = Math.min(slice.length, untilSeq - slice.firstSeq);
      const round = cutSlice(slice, from, to);
      if (!isSkipped(round)) probe.begin?.(round);
      this.engine.run(round);
      if (!isSkipped(round)) probe.end?.(round);
      from = to;
    }
  }

  private enter(): void {
    for (let [era] = this.later; era !== undefined && era.fromSeq <= this.engine.position; [era] = this.later) {
      this.later = this.later.slice(1);
      const before = this.engine;
      this.engine = this.engineOf(era);
      this.engine.goOnFrom(before, era.begins);
    }
  }

  private engineOf({ plan }: PlanEra): Engine {
    const { probe, registry } = this.request;
    probe.era?.(plan);
    return new Engine(plan, probe, registry?.(plan), this.limits);
  }
}
