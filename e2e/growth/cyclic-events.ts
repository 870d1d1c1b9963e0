import type { SourceChunk } from '../../src/sources/source-reader.ts';
import { Random } from '../../src/stream/random.ts';

/** Event time of the first event: a multiple of every window size. */
export const START_MS = Date.UTC(2026, 0, 1);
/** Most by which an arrival is later than its event, which is also how long the watermark waits. */
export const DISORDER_MS = 5000;
const SEED = 42;
/** Events after which keys, values and delays come again. */
const CYCLE = 1_000_000;

/** Process CPU time, all threads, ms. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Any number of events, a chunk at a time: one a millisecond, keys uniform below `keys`, values whole numbers, each arriving
 * up to `DISORDER_MS` after its time. From one chunk to the next only times are written; how long that took is in `spentMs`.
 *
 * What the end of a cycle delays beyond it arrives at the beginning of the next.
 */
export class CyclicEvents implements Iterable<SourceChunk> {
  spentMs = 0;
  private readonly events: number;
  private readonly columns: SourceChunk['columns'];
  private readonly cycleTs: Float64Array;
  private readonly cycleAt: Float64Array;
  private readonly ts: Float64Array;
  private readonly at: Float64Array;
  private readonly length: number;

  constructor(events: number, keys: number) {
    const length = Math.min(events, CYCLE);
    const random = new Random(SEED);
    const key = new Int32Array(length);
    const value = new Float64Array(length);
    this.events = events;
    this.length = length;
    this.cycleTs = new Float64Array(length);
    this.cycleAt = new Float64Array(length);
    this.ts = new Float64Array(length);
    this.at = new Float64Array(length);
    const arrivals = Array.from({ length }, (_, i) => i + random.below(DISORDER_MS));
    const order = Int32Array.from(arrivals.keys()).sort(
      (a, b) => (arrivals[a]! % length) - (arrivals[b]! % length) || a - b,
    );
    order.forEach((event, place) => {
      const cyclesLate = Math.floor(arrivals[event]! / length);
      key[place] = random.below(keys);
      value[place] = random.below(10_000);
      this.cycleTs[place] = event - cyclesLate * length;
      this.cycleAt[place] = arrivals[event]! % length;
    });
    this.columns = [
      { kind: 'int', values: key, nulls: null },
      { kind: 'float', values: value, nulls: null },
      { kind: 'float', values: this.ts, nulls: null },
    ];
  }

  *[Symbol.iterator](): Generator<SourceChunk> {
    for (let from = 0; from < this.events; from += this.length) {
      const before = cpuMs();
      const { ts, at, cycleTs, cycleAt } = this;
      const offsetMs = START_MS + DISORDER_MS + from;
      for (let i = 0; i < ts.length; i++) {
        ts[i] = offsetMs + cycleTs[i]!;
        at[i] = offsetMs + cycleAt[i]!;
      }
      this.spentMs += cpuMs() - before;
      yield { length: this.length, columns: this.columns, ts, at, kinds: null, partition: null };
    }
  }
}
