/** What the process ends with; part of the outside contract. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line is wrong, or names something that is not there: told, with exit 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The run cannot go on for a reason outside the program, as a full disk: told, with exit 1. */
export class OutputError extends Error {
  override name = 'OutputError';
}
