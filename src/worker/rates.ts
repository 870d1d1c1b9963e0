import type { ProcessingTimeMs } from '../stream/time.ts';

/** Real time over which rates are taken. */
const HORIZON_MS = 5_000;
const SAMPLE_PAUSE_MS = 200;

interface Sample {
  readonly realMs: number;
  readonly processingMs: ProcessingTimeMs;
  readonly rows: number;
  /** By name of what is counted. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Rates of counters over the last seconds: by the run's clock for streams, by real time for the run as a whole. */
export class Rates {
  private samples: Sample[] = [];

  sample(sample: Sample): void {
    const last = this.samples.at(-1);
    if (last !== undefined && sample.realMs - last.realMs < SAMPLE_PAUSE_MS) return;
    this.samples = this.samples.filter(({ realMs }) => sample.realMs - realMs <= HORIZON_MS);
    this.samples.push(sample);
  }

  /** Time that passed while the run stood does not count. */
  forget(): void {
    this.samples = [];
  }

  /** A second of processing time; null while too little of it has passed. */
  perSecond(name: string): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.processingMs <= first.processingMs) return null;
    const count = (last.counts.get(name) ?? 0) - (first.counts.get(name) ?? 0);
    return (count * 1_000) / (last.processingMs - first.processingMs);
  }

  /** Rows in a second of real time. */
  rowsPerSec(): number {
    const last = this.samples.at(-1);
    const first = this.samples.find(
      ({ realMs }) => last !== undefined && last.realMs - realMs <= 1_000 + SAMPLE_PAUSE_MS,
    );
    if (first === undefined || last === undefined || last.realMs <= first.realMs) return 0;
    return ((last.rows - first.rows) * 1_000) / (last.realMs - first.realMs);
  }
}
