/** What was seen of a run at one place of it. */
export interface Sample {
  readonly events: number;
  readonly bytes: number;
}

export interface Slope {
  /** Million bytes a hundred million events. */
  readonly mb: number;
  /** Its standard error, in the same unit; Infinity for fewer than three samples. */
  readonly error: number;
}

/** Most by which memory may grow, in the unit of `Slope`. */
export const LIMIT_MB = 1;

/** The straight line of least squares through the second half of the samples: the first half is for warming up. */
export function slopeOf(samples: readonly Sample[]): Slope {
  const half = samples.slice(Math.floor(samples.length / 2));
  const meanX = mean(half.map(({ events }) => events));
  const meanY = mean(half.map(({ bytes }) => bytes));
  let xx = 0;
  let xy = 0;
  for (const { events, bytes } of half) {
    xx += (events - meanX) ** 2;
    xy += (events - meanX) * (bytes - meanY);
  }
  const slope = xx === 0 ? Number.NaN : xy / xx;
  let off = 0;
  for (const { events, bytes } of half) off += (bytes - meanY - slope * (events - meanX)) ** 2;
  const error = half.length < 3 ? Infinity : Math.sqrt(off / (half.length - 2) / xx);
  return { mb: slope * 100, error: error * 100 };
}

/** Whether memory grows by less than the limit. A run too short to tell does not pass. */
export function passes({ mb, error }: Slope): boolean {
  return mb + 2 * error < LIMIT_MB;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
