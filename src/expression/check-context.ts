import type { Schema } from '../stream/types.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import type { ExpressionRules } from './rules.ts';
import type { Expression } from './syntax.ts';
import type { Typed } from './typed.ts';

/** What the parts of the checker share. `problem` collects it and gives a node of UNKNOWN type to go on with. */
export interface CheckContext {
  readonly schema: Schema;
  readonly rules: ExpressionRules;
  check(node: Expression): Typed;
  problem(problem: ExpressionProblem): Typed;
}
