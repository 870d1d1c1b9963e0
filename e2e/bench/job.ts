import type { Workload } from './workload.ts';

/** Does the whole job over again with every call. Gives the checksum of all the columns of its results. */
export type Run = () => string | Promise<string>;

/** One way of doing a job. `prepare` is not timed, what it returns is. */
export interface Contender<Input = Workload> {
  readonly name: string;
  /** Most events that it is given; it is then measured on fewer than the others. */
  readonly maxEvents?: number;
  readonly prepare: (input: Input) => Run | Promise<Run>;
}

/** A contender with its events at hand. */
export interface Prepared {
  /** How much the job is fed with, in the job's unit. */
  readonly size: number;
  readonly run: Run;
}

/** A contender that makes its own input of so many events. */
export interface Lane {
  readonly name: string;
  readonly maxEvents: number;
  readonly prepare: (events: number) => Promise<Prepared>;
}

export const UNITS = ['events/s', 'bytes/s'] as const;
export type Unit = (typeof UNITS)[number];

/** The first lane is the one whose checksum the others are held against. */
export interface Job {
  readonly name: string;
  readonly unit: Unit;
  /** Events where the command line says nothing. */
  readonly events: number;
  readonly lanes: readonly Lane[];
}

/** What a job is made of. `input` is called once for each number of events; `size` says how much it is, in `unit`. */
export interface JobPlan<Input> {
  readonly name: string;
  readonly unit?: Unit;
  readonly events?: number;
  readonly input: (events: number) => Input;
  readonly size: (input: Input) => number;
  readonly contenders: readonly Contender<Input>[];
}

export const DEFAULT_EVENTS = 2_000_000;

export function makeJob<Input>({ name, unit, events, input, size, contenders }: JobPlan<Input>): Job {
  const inputs = new Map<number, Input>();
  const inputOf = (count: number): Input => {
    const known = inputs.get(count) ?? input(count);
    inputs.set(count, known);
    return known;
  };
  const lanes = contenders.map(({ name: lane, maxEvents = Infinity, prepare }): Lane => ({
    name: lane,
    maxEvents,
    prepare: async (count) => {
      const made = inputOf(count);
      return { size: size(made), run: await prepare(made) };
    },
  }));
  return { name, unit: unit ?? 'events/s', events: events ?? DEFAULT_EVENTS, lanes };
}

/** Rows as objects take some hundred bytes each with what is made of them. */
export const MAX_ROW_OBJECTS = 5_000_000;
