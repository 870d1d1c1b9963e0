import type { Problem } from '../../stream/problem.ts';
import { announce } from '../theme/announce.ts';
import { allProblemsNow, problemKey } from '../timeline/use-all-problems.ts';
import { goToProblem } from './go-to-problem.ts';

/** The problem that was gone to last, and where it stood. */
let last = { key: '', index: 0 };

/** Goes to the next problem or the one before, in a round, and reads it out. */
export function walkProblems(by: 1 | -1): void {
  const problems = allProblemsNow();
  const index = indexBeside(problems.map(problemKey), last, by);
  const problem = problems[index];
  if (problem === undefined) return;
  last = { key: problemKey(problem), index };
  announce(`Problem ${String(index + 1)} of ${String(problems.length)}, ${inWords(problem)}`, 'place');
  goToProblem(problem);
}

function inWords({ severity, message, fix }: Problem): string {
  return `${severity}: ${message} ${fix}`;
}

/** One that is gone has left its place to the one behind it. */
export function indexBeside(keys: readonly string[], before: typeof last, by: 1 | -1): number {
  const here = keys.indexOf(before.key);
  const from = here === -1 && by === 1 ? before.index - 1 : here === -1 ? before.index : here;
  return (Math.min(from, keys.length) + by + keys.length) % keys.length;
}
