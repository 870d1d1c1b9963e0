import type { Workload } from './workload.ts';

/**
 * One way of doing a job. `prepare` is not timed; what it returns is: it does the whole job over again with every call and
 * returns the checksum of all the columns of its results.
 */
export interface Contender {
  readonly name: string;
  /** Most events that it is given; it is then measured on fewer than the others. */
  readonly maxEvents?: number;
  readonly prepare: (workload: Workload) => () => string;
}

/** The first contender is the one whose checksum the others are held against. */
export interface Job {
  readonly name: string;
  readonly contenders: readonly Contender[];
}

/** Rows as objects take some hundred bytes each with what is made of them. */
export const MAX_ROW_OBJECTS = 5_000_000;
