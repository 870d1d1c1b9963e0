/** `error` stops a run; `warning` does not. */
export type Severity = 'error' | 'warning';

/**
 * A user's mistake as a value. Problems are collected, all of them, and never thrown.
 *
 * `code` is stable and kebab-case. `path` leads into the document (`nodes.2.config.sizeMs`), empty when the problem is
 * about the whole. `message` names what is wrong with the figure and the limit, `fix` says what to do.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly nodeId: string | null;
  readonly message: string;
  readonly fix: string;
  /** Where in the text at `path`, in UTF-16 units, when the value is an expression. */
  readonly span?: { readonly from: number; readonly to: number };
}

/** A value, or every reason why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** A failed or a succeeded result, by whether `problems` holds an error. */
export function resultOf<T>(value: T, problems: readonly Problem[]): Result<T> {
  return hasErrors(problems) ? { ok: false, problems } : { ok: true, value, problems };
}
