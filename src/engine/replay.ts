import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { Engine } from './engine.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { KernelRegistry } from './node.ts';
import type { Probe } from './probe.ts';

/** Gives any stretch of a log that was read before: entries [from, to). */
export type LogRange = (from: number, to: number) => readonly LogSlice[];

interface Point {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Goes to any entry of a run that was recorded: restores the nearest snapshot before it and replays the rest. */
export class Replay {
  private readonly points: Point[] = [];
  private readonly plan: Plan;
  private readonly log: LogRange;
  private readonly registry: KernelRegistry | undefined;

  constructor(plan: Plan, log: LogRange, registry?: KernelRegistry) {
    this.plan = plan;
    this.log = log;
    this.registry = registry;
  }

  /** Remembers where the engine stands. Points come in order of position. */
  record(engine: Engine): void {
    const last = this.points.at(-1);
    assert(last === undefined || engine.position > last.seq, 'points are recorded in order');
    this.points.push({ seq: engine.position, bytes: engine.snapshot() });
  }

  /** An engine that has taken the first `seq` entries. `probe` hears what is replayed. */
  seek(seq: number, probe: Probe = {}): Engine {
    const engine = new Engine(this.plan, probe, this.registry);
    const nearest = this.points.findLast((point) => point.seq <= seq);
    if (nearest !== undefined) engine.restore(nearest.bytes);
    for (const slice of this.log(engine.position, seq)) engine.run(slice);
    return engine;
  }
}

/** A log that lies in memory as one slice. */
export function rangeOf(slice: LogSlice): LogRange {
  return (from, to) => (from === to ? [] : [cutSlice(slice, from - slice.firstSeq, to - slice.firstSeq)]);
}
