import type { ExpressionProblem } from '../../expression/expression-problem.ts';
import type { Problem } from '../../stream/problem.ts';

/** An expression's problems as those of the parameter that holds it. */
export function expressionProblems(problems: readonly ExpressionProblem[], path: string): readonly Problem[] {
  return problems.map(({ code, message, fix, span }) => ({
    code,
    severity: 'error' as const,
    path,
    nodeId: null,
    message,
    fix,
    span,
  }));
}
