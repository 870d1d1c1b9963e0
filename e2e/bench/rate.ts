import type { JobResult, Measured } from './measure.ts';

/** Events, or bytes, per second of CPU time: the one unit of all figures. */
export function rateOf({ size, cpuMs }: Measured): number {
  return Math.round(size / (cpuMs / 1000));
}

/** The rate of a column; undefined where the job has no such column. */
export function rateIn({ measured }: JobResult, column: string): number | undefined {
  const found = measured.find(({ name }) => name === column);
  return found === undefined ? undefined : rateOf(found);
}
