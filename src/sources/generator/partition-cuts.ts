import type { FaultConfig } from './disorder-config.ts';

/** What becomes of a row that arrives: it passes, never comes, or comes at a later time. */
export type Passage = 'passes' | 'lost' | number;

interface Cut {
  readonly partition: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly afterwards: FaultConfig['afterwards'];
  readonly gapMs: number;
  /** From when on the link has room for the next of those in line. */
  freeMs: number;
}

/** Partitions that cannot be reached for a while, in processing time [from, to). */
export class PartitionCuts {
  private readonly cuts: readonly Cut[];

  constructor(faults: readonly FaultConfig[], startMs: number) {
    this.cuts = faults.map(({ partition, afterMs, forMs, afterwards, rateEventsPerSec }) => {
      const fromMs = startMs + afterMs;
      const toMs = fromMs + forMs;
      return { partition, fromMs, toMs, afterwards, gapMs: 1000 / rateEventsPerSec, freeMs: toMs };
    });
  }

  /** To be asked in order of arrival. `inLine`: the row was sent back by a cut with a rate, and its turn has come. */
  passage(partition: number, arrivalMs: number, inLine: boolean): Passage {
    for (const cut of this.cuts) {
      if (cut.partition !== partition || arrivalMs < cut.fromMs) continue;
      const isCut = arrivalMs < cut.toMs;
      if (isCut && cut.afterwards === 'lost') return 'lost';
      if (isCut && cut.afterwards === 'at-once') return cut.toMs;
      if (cut.afterwards !== 'at-a-rate' || (!isCut && (inLine || arrivalMs >= cut.freeMs))) continue;
      const turnMs = cut.freeMs;
      cut.freeMs += cut.gapMs;
      return turnMs;
    }
    return 'passes';
  }
}
