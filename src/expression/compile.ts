import type { Batch } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';
import { FRESH_BUFFERS } from '../stream/buffers.ts';
import type { Column } from '../stream/column.ts';
import type { DataType, Schema } from '../stream/types.ts';
import { BOOLEAN } from '../stream/types.ts';
import { checkExpression, checkPredicate, type Checked } from './check.ts';
import { compileNode } from './compile-node.ts';
import type { ExpressionProblem } from './expression-problem.ts';
import type { RowErrors } from './frame.ts';
import { rowErrors } from './frame.ts';
import { selectRows } from './selection-kernels.ts';
import { parseExpression } from './parser.ts';
import type { ExpressionRules } from './rules.ts';
import { SQL_RULES } from './rules.ts';
import type { Expression } from './syntax.ts';
import type { Typed } from './typed.ts';
import type { ExprType } from './expr-type.ts';
import { partsOf } from './typed.ts';
import { isDataType } from './expr-type.ts';

export type ExpressionResult =
  | { readonly ok: true; readonly expression: CompiledExpression }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

export interface CompiledExpression {
  readonly text: string;
  readonly ast: Expression;
  readonly type: DataType;
  /** False is a promise that no row gives NULL, unless it fails. */
  readonly nullable: boolean;
  /** Names of the columns that are read, in the order of the schema. */
  readonly columns: readonly string[];
  readonly rules: ExpressionRules;
  /**
   * The value of each row, indexed by physical row of the batch, `batch.length` of them. Only rows of the batch's selection
   * are computed, the others are unspecified. Rows that fail are noted in `errors`, are unspecified in the column, and are
   * for the caller to reject. An expression that is just a column gives the batch's own column. Without `buffers` the
   * column is a new one.
   */
  evaluate(batch: Batch, errors: RowErrors, buffers?: Buffers): Column;
  /** Whether a row can fail. One that fails where that means NULL does not. */
  readonly canFail: boolean;
}

export type PredicateResult =
  | { readonly ok: true; readonly predicate: CompiledPredicate }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

export interface CompiledPredicate extends CompiledExpression {
  /** Physical rows of the batch's selection where the condition is TRUE: not NULL, not failed. Ascending. */
  select(batch: Batch, errors: RowErrors, buffers?: Buffers): Int32Array;
}

/** Reads, checks and compiles. All problems of the text are collected. */
export function compileExpression(text: string, schema: Schema, rules = SQL_RULES): ExpressionResult {
  const checked = read(text, (ast) => checkExpression(ast, schema, rules));
  if (!checked.ok) return checked;
  return { ok: true, expression: expressionOf(text, checked, rules) };
}

/** The same for a condition: anything but BOOLEAN is a problem. */
export function compilePredicate(text: string, schema: Schema, rules = SQL_RULES): PredicateResult {
  const checked = read(text, (ast) => checkPredicate(ast, schema, rules));
  if (!checked.ok) return checked;
  const expression = expressionOf(text, checked, rules);
  const condition = compileNode(checked.typed, false);
  let scratch = new Int32Array(0);
  const select = (batch: Batch, errors: RowErrors, buffers = FRESH_BUFFERS): Int32Array => {
    if (scratch.length < batch.length) scratch = new Int32Array(batch.length);
    const failures = expression.canFail ? errors : rowErrors();
    const frame = { batch, length: batch.length, rows: batch.selection, errors: failures, buffers };
    const found = selectRows(condition, frame, scratch);
    const rows = buffers.ints(found);
    rows.set(scratch.subarray(0, found));
    return errors.count === 0 ? rows : rows.filter((row) => !errors.has(row));
  };
  return { ok: true, predicate: { ...expression, select } };
}

type Read =
  | { readonly ok: true; readonly ast: Expression; readonly typed: Typed }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

function read(text: string, check: (ast: Expression) => Checked): Read {
  const { ast, problems } = parseExpression(text);
  if (ast === null || problems.some((problem) => problem.code === 'too-deep')) return { ok: false, problems };
  const checked = check(ast);
  const all = [...problems, ...checked.problems].sort((a, b) => a.span.from - b.span.from);
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, ast, typed: checked.typed };
}

function expressionOf(
  text: string,
  { ast, typed }: Extract<Read, { ok: true }>,
  rules: ExpressionRules,
): CompiledExpression {
  const compiled = compileNode(typed, true);
  const isNullInstead = rules.failing === 'null' && compiled.canFail;
  return {
    text,
    ast,
    type: dataTypeOf(typed.type),
    nullable: compiled.nullable || isNullInstead,
    columns: columnsOf(typed),
    rules,
    // A row that fails is NULL in the column: where that is its value, nobody hears of the failure.
    canFail: compiled.canFail && !isNullInstead,
    evaluate: (batch, errors, buffers = FRESH_BUFFERS) =>
      compiled.run({
        batch,
        length: batch.length,
        rows: batch.selection,
        errors: isNullInstead ? rowErrors() : errors,
        buffers,
      }),
  };
}

function dataTypeOf(type: ExprType): DataType {
  return isDataType(type) ? type : BOOLEAN;
}

function columnsOf(typed: Typed): readonly string[] {
  const found = new Map<number, string>();
  const open = [typed];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.op === 'column') found.set(node.index, node.name);
    open.push(...partsOf(node));
  }
  return [...found].sort(([a], [b]) => a - b).map(([, name]) => name);
}
