/** A programmer's mistake: a promise between two parts of the code was broken. A user's mistake is a `Problem`, never this. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

/** Throws `AssertionError` unless `condition` holds. Pass a function where building the message costs something. */
export function assert(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new AssertionError(typeof message === 'string' ? message : message());
}

/** The value, which the caller knows to be there. */
export function defined<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AssertionError(`${what} is missing`);
  return value;
}

/** Makes the compiler prove that every member of a union was answered. */
export function assertNever(value: never, what: string): never {
  throw new AssertionError(`unexpected ${what}: ${String(value)}`);
}
