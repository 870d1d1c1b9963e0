import { BOOLEAN, type DataType } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import type { ExprType } from './expr-type.ts';
import type { FunctionDefinition, NumberFunction, Scalar } from './functions/definition.ts';
import type { ArithmeticOperator, ComparisonOperator, Span } from './syntax.ts';

/**
 * An expression after names and types were settled: few kinds of nodes, every conversion written out. BETWEEN, NULLIF,
 * IF, simple CASE and the like were rewritten into these. Both the column compiler and the reference evaluator start here.
 *
 * Values are `Value`s, with one change: a DECIMAL is its unscaled bigint. Intervals are numbers, of months or of ms.
 */
export type Typed =
  | ColumnNode
  | ConstantNode
  | ArithmeticNode
  | CompareNode
  | DistinctNode
  | LogicNode
  | NotNode
  | IsNullNode
  | IsTruthNode
  | InSetNode
  | CaseNode
  | CoalesceNode
  | CastNode
  | FieldNode
  | CallNode;

interface Node {
  readonly type: ExprType;
  /** False is a promise that no row gives NULL. */
  readonly nullable: boolean;
  readonly span: Span;
}

export interface ColumnNode extends Node {
  readonly op: 'column';
  readonly index: number;
  readonly name: string;
}
export interface ConstantNode extends Node {
  readonly op: 'constant';
  readonly value: Value;
}
/** Operands are of the result's kind; DECIMALs each with their own scale. TIMESTAMP with BIGINT or an interval of ms. */
export interface ArithmeticNode extends Node {
  readonly op: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Typed;
  readonly right: Typed;
}
/** Operands are of one kind; DECIMALs each with their own scale. */
export interface CompareNode extends Node {
  readonly op: 'compare';
  readonly operator: ComparisonOperator;
  readonly left: Typed;
  readonly right: Typed;
}
export interface DistinctNode extends Node {
  readonly op: 'distinct';
  readonly negated: boolean;
  readonly left: Typed;
  readonly right: Typed;
}
export interface LogicNode extends Node {
  readonly op: 'and' | 'or';
  readonly left: Typed;
  readonly right: Typed;
}
export interface NotNode extends Node {
  readonly op: 'not';
  readonly operand: Typed;
}
export interface IsNullNode extends Node {
  readonly op: 'is-null';
  readonly negated: boolean;
  readonly operand: Typed;
}
export interface IsTruthNode extends Node {
  readonly op: 'is-truth';
  readonly truth: boolean;
  readonly negated: boolean;
  readonly operand: Typed;
}
/** `operand = ANY (values)`; `values` are constants of the operand's type without NULL, `orNull` says that NULL was among them. */
export interface InSetNode extends Node {
  readonly op: 'in-set';
  readonly operand: Typed;
  readonly values: readonly Value[];
  readonly orNull: boolean;
}
export interface CaseNode extends Node {
  readonly op: 'case';
  readonly branches: readonly { readonly when: Typed; readonly then: Typed }[];
  readonly otherwise: Typed;
}
export interface CoalesceNode extends Node {
  readonly op: 'coalesce';
  readonly args: readonly Typed[];
}
/** `safe`: NULL instead of failing the row. */
export interface CastNode extends Node {
  readonly op: 'cast';
  readonly safe: boolean;
  readonly operand: Typed;
}
export interface FieldNode extends Node {
  readonly op: 'field';
  readonly base: Typed;
  readonly index: number;
}
export interface CallNode extends Node {
  readonly op: 'call';
  readonly definition: FunctionDefinition;
  readonly args: readonly Typed[];
  readonly scalar: Scalar;
  readonly numeric?: NumberFunction | undefined;
  readonly strict: boolean;
  readonly canFail: boolean;
}

export function constant(value: Value, type: ExprType, span: Span): ConstantNode {
  return { op: 'constant', value, type, nullable: value === null, span };
}

export function boolean(node: { span: Span; nullable: boolean }): { type: DataType; nullable: boolean; span: Span } {
  return { type: BOOLEAN, nullable: node.nullable, span: node.span };
}

/** The nodes right below a node. */
export function partsOf(node: Typed): readonly Typed[] {
  switch (node.op) {
    case 'column':
    case 'constant':
      return [];
    case 'arithmetic':
    case 'compare':
    case 'distinct':
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'case':
      return [...node.branches.flatMap(({ when, then }) => [when, then]), node.otherwise];
    case 'coalesce':
    case 'call':
      return node.args;
    case 'field':
      return [node.base];
    default:
      return [node.operand];
  }
}
