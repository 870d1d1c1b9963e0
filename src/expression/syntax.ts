import type { DataType } from '../stream/types.ts';

/**
 * The syntax tree of one scalar expression. Every node carries where it stands in the text; nothing here knows columns
 * or types. Lists of a kind's parts are in the order of the text.
 */

/** UTF-16 offsets into the text, `to` excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

export type BinaryOperator = 'OR' | 'AND' | ComparisonOperator | ArithmeticOperator | '||';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** Units of INTERVAL literals, and of EXTRACT, FLOOR, TIMESTAMPADD and TIMESTAMPDIFF (as keywords). */
export const INTERVAL_UNITS = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const;
export type IntervalUnit = (typeof INTERVAL_UNITS)[number];

export type Expression =
  | NumberLiteral
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | TemporalLiteral
  | IntervalLiteral
  | ColumnReference
  | { readonly kind: 'member'; readonly base: Expression; readonly name: Name; readonly span: Span }
  | { readonly kind: 'index'; readonly base: Expression; readonly index: Expression; readonly span: Span }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | 'NOT'; readonly operand: Expression; readonly span: Span }
  | BinaryExpression
  | IsExpression
  | DistinctExpression
  | InExpression
  | BetweenExpression
  | LikeExpression
  | CaseExpression
  | CastExpression
  | CallExpression
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[]; readonly span: Span }
  /** A word that only means something to the function it is an argument of: HOUR, LEADING. */
  | { readonly kind: 'keyword'; readonly word: string; readonly span: Span }
  /** Where the text lacked an expression; a problem says so. */
  | { readonly kind: 'missing'; readonly span: Span };

export type ExpressionKind = Expression['kind'];

/** Unsigned. `text` is as written: digits alone are INT or BIGINT, a point makes DECIMAL, an exponent DOUBLE. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly text: string;
  readonly span: Span;
}

export interface TemporalLiteral {
  readonly kind: 'temporal';
  readonly temporal: 'DATE' | 'TIME' | 'TIMESTAMP';
  readonly text: string;
  readonly span: Span;
}

/** `INTERVAL '1 12' DAY TO HOUR`; `last` is null for a single unit. */
export interface IntervalLiteral {
  readonly kind: 'interval';
  readonly text: string;
  readonly negative: boolean;
  readonly first: IntervalUnit;
  readonly last: IntervalUnit | null;
  readonly span: Span;
}

/** `a`, `a.b.c`: at least one name. Which part is the column and which a field of it, the schema says. */
export interface ColumnReference {
  readonly kind: 'column';
  readonly path: readonly Name[];
  readonly span: Span;
}

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface IsExpression {
  readonly kind: 'is';
  readonly test: 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly span: Span;
}

/** `a IS DISTINCT FROM b`; negated with NOT. */
export interface DistinctExpression {
  readonly kind: 'distinct';
  readonly negated: boolean;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface InExpression {
  readonly kind: 'in';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly items: readonly Expression[];
  readonly span: Span;
}

export interface BetweenExpression {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly symmetric: boolean;
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}

export interface LikeExpression {
  readonly kind: 'like';
  readonly operator: 'LIKE' | 'SIMILAR TO';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly escape: Expression | null;
  readonly span: Span;
}

/** `operand` is null in the searched form. */
export interface CaseExpression {
  readonly kind: 'case';
  readonly operand: Expression | null;
  readonly branches: readonly CaseBranch[];
  readonly otherwise: Expression | null;
  readonly span: Span;
}

export interface CaseBranch {
  readonly when: Expression;
  readonly then: Expression;
}

/** `safe` is TRY_CAST. */
export interface CastExpression {
  readonly kind: 'cast';
  readonly safe: boolean;
  readonly operand: Expression;
  readonly type: DataType;
  readonly typeSpan: Span;
  readonly span: Span;
}

/** `name` in capitals. `star`, `distinct` and `filter` belong to aggregates. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly filter: Expression | null;
  readonly span: Span;
}

export interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
}

/** The parts of a node that are expressions themselves, in the order of the text. */
export function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'member':
      return [node.base];
    case 'index':
      return [node.base, node.index];
    case 'unary':
    case 'is':
    case 'cast':
      return [node.operand];
    case 'binary':
    case 'distinct':
      return [node.left, node.right];
    case 'in':
      return [node.operand, ...node.items];
    case 'between':
      return [node.operand, node.low, node.high];
    case 'like':
      return node.escape === null ? [node.operand, node.pattern] : [node.operand, node.pattern, node.escape];
    case 'case':
      return [
        ...(node.operand === null ? [] : [node.operand]),
        ...node.branches.flatMap((branch) => [branch.when, branch.then]),
        ...(node.otherwise === null ? [] : [node.otherwise]),
      ];
    case 'call':
      return node.filter === null ? node.args : [...node.args, node.filter];
    case 'array':
      return node.items;
    case 'map':
      return node.entries.flatMap((entry) => [entry.key, entry.value]);
    default:
      return [];
  }
}
