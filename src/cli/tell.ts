import type { Problem } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { problemLine } from './terminal-text.ts';

/** Problems to stderr. */
export function tell(problems: readonly Problem[]): ExitCode {
  for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
  return hasErrors(problems) ? EXIT.failed : EXIT.ok;
}
