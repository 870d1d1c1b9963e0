import { cutSlice } from '../../sources/log/cut-slice.ts';
import { defined } from '../../stream/assert.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { isSkipped } from '../../stream/log-slice.ts';
import { Engine } from '../engine.ts';
import type { Limits } from '../limits.ts';
import type { PlanEra } from './plan-eras.ts';
import type { ReplayRequest, SliceProbe } from './replaying.ts';

/** How a run stood in its era number `era`. */
export interface ReplayStart {
  /** Entries that it had taken. */
  readonly seq: number;
  readonly era: number;
  /** The plan of the run then, of which the replayed one may be a part. */
  readonly plan: Plan;
  /** A snapshot of an engine of that plan. */
  readonly state: Uint8Array;
}

type Runner = Pick<ReplayRequest, 'probe' | 'registry'>;

/** Tells of the entries before a replay begins, each with the plan of its era. */
export class EraPassing {
  private readonly probe: SliceProbe;
  private later: readonly PlanEra[];

  constructor({ eras, probe }: Pick<ReplayRequest, 'eras' | 'probe'>) {
    this.probe = probe;
    this.later = eras;
  }

  pass(slice: LogSlice): void {
    for (let from = 0; from < slice.length;) {
      for (let [era] = this.later; era !== undefined && era.fromSeq <= slice.firstSeq + from; [era] = this.later) {
        this.later = this.later.slice(1);
        this.probe.era?.(era.plan);
      }
      const to = Math.min(slice.length, (this.later[0]?.fromSeq ?? Infinity) - slice.firstSeq);
      const part = cutSlice(slice, from, to);
      if (!isSkipped(part)) this.probe.passed?.(part);
      from = to;
    }
  }
}

/** Takes a log, each entry by the plan of its era: from its first entry on, or from where a run stood. */
export class EraReplay {
  private readonly runners: readonly Runner[];
  private engines: readonly Engine[];
  private later: readonly PlanEra[];
  private readonly limits: Limits | undefined;

  constructor(request: ReplayRequest, limits?: Limits, start: ReplayStart | null = null) {
    const { eras, beside } = request;
    this.runners = beside === undefined ? [request] : [request, beside];
    this.limits = limits;
    const first = start?.era ?? 0;
    this.later = eras.slice(first + 1);
    const era = defined(eras[first], 'an era');
    this.engines = this.enginesOf(era);
    if (start !== null) this.goOnFrom(start, era.plan);
  }

  private goOnFrom({ plan, state }: ReplayStart, own: Plan): void {
    if (own === plan) {
      for (const engine of this.engines) engine.restore(state);
      return;
    }
    const whole = new Engine(plan, {}, undefined, this.limits);
    whole.restore(state);
    for (const engine of this.engines) engine.goOnFrom(whole, NOTHING);
  }

  /** How many entries the next slice should have at most. */
  get roundEntries(): number {
    return Math.min(...this.engines.map((engine) => engine.roundEntries));
  }

  /** Number of the entry that comes next. */
  get position(): number {
    return this.engines[0]?.position ?? 0;
  }

  take(slice: LogSlice): void {
    for (let from = 0; from < slice.length;) {
      this.enter();
      const untilSeq = this.later[0]?.fromSeq ?? Infinity;
      const to = Math.min(slice.length, untilSeq - slice.firstSeq);
      const round = cutSlice(slice, from, to);
      const isHeard = !isSkipped(round);
      if (isHeard) for (const { probe } of this.runners) probe.begin?.(round);
      for (const engine of this.engines) engine.run(round);
      if (isHeard) for (const { probe } of this.runners) probe.end?.(round);
      from = to;
    }
  }

  private enter(): void {
    for (let [era] = this.later; era !== undefined && era.fromSeq <= this.position; [era] = this.later) {
      const { begins } = era;
      this.later = this.later.slice(1);
      const before = this.engines;
      this.engines = this.enginesOf(era);
      this.engines.forEach((engine, i) => engine.goOnFrom(defined(before[i], 'an engine'), begins));
    }
  }

  private enginesOf({ plan }: PlanEra): readonly Engine[] {
    return this.runners.map(({ probe, registry }) => {
      probe.era?.(plan);
      return new Engine(plan, probe, registry?.(plan), this.limits);
    });
  }
}

const NOTHING: ReadonlySet<string> = new Set();
