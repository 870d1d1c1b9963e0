import type { DurationMs } from '../../stream/time.ts';

const SUB_BUCKETS = 128;
const SUB_BITS = 7;
const LARGEST = 2 ** 53;

/**
 * Counts of whole milliseconds (fractions are rounded up), exact below 128 ms and in buckets less than 0.8 % wide above.
 * Fixed size, whatever comes in.
 */
export class LatenessHistogram {
  private readonly counts = new Float64Array((53 - SUB_BITS + 2) * SUB_BUCKETS);
  total = 0;
  maxMs: DurationMs = 0;

  add(latenessMs: DurationMs): void {
    const whole = latenessMs > 0 ? Math.min(Math.ceil(latenessMs), LARGEST) : 0;
    const i = bucketOf(whole);
    this.counts[i] = (this.counts[i] ?? 0) + 1;
    this.total++;
    if (whole > this.maxMs) this.maxMs = whole;
  }

  addAll(other: LatenessHistogram): void {
    for (let i = 0; i < this.counts.length; i++) this.counts[i] = (this.counts[i] ?? 0) + (other.counts[i] ?? 0);
    this.total += other.total;
    if (other.maxMs > this.maxMs) this.maxMs = other.maxMs;
  }

  /** Nearest rank, at the bucket's upper end: never less than the true value. 0 without a row. */
  percentileMs(share: number): DurationMs {
    const rank = Math.ceil(share * this.total);
    let seen = 0;
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i] ?? 0;
      if (seen >= rank && seen > 0) return Math.min(bucketEndMs(i), this.maxMs);
    }
    return this.maxMs;
  }

  /** Rows by [i * binMs, (i + 1) * binMs); the last bin also holds all that came later. */
  bins(binMs: DurationMs, count: number): Float64Array {
    const bins = new Float64Array(count);
    for (let i = 0; i < this.counts.length; i++) {
      const rows = this.counts[i] ?? 0;
      if (rows === 0) continue;
      const bin = Math.min(count - 1, Math.floor(bucketStartMs(i) / binMs));
      bins[bin] = (bins[bin] ?? 0) + rows;
    }
    return bins;
  }
}

function bucketOf(ms: number): number {
  if (ms < SUB_BUCKETS) return ms;
  const exponent = ms < 2 ** 31 ? 31 - Math.clz32(ms) : exponentOf(ms);
  return (exponent - SUB_BITS + 1) * SUB_BUCKETS + Math.floor(ms / 2 ** (exponent - SUB_BITS)) - SUB_BUCKETS;
}

/** Largest e with 2^e <= ms, exact where a logarithm would round. */
function exponentOf(ms: number): number {
  let exponent = 31;
  while (2 ** (exponent + 1) <= ms) exponent++;
  return exponent;
}

function bucketStartMs(i: number): number {
  if (i < SUB_BUCKETS) return i;
  const octave = Math.floor(i / SUB_BUCKETS) - 1;
  return (SUB_BUCKETS + (i % SUB_BUCKETS)) * 2 ** octave;
}

/** Largest whole millisecond in the bucket. */
function bucketEndMs(i: number): number {
  return bucketStartMs(i + 1) - 1;
}

const NICE_STEPS = [1, 2, 5];

/** A width of the form 1, 2 or 5 × 10^n ms with which `count` bins reach `spanMs`. */
export function niceBinMs(spanMs: DurationMs, count: number): DurationMs {
  for (let decade = 1; ; decade *= 10) {
    for (const step of NICE_STEPS) if (step * decade * count >= spanMs) return step * decade;
  }
}
