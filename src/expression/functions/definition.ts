import type { DataType, TypeKind } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { ExprType } from '../expr-type.ts';

/**
 * What a function is, as data. The checker picks the first signature that the arguments fit, the compiler lifts the
 * scalar over columns, the editor shows the docs. A DECIMAL argument is its unscaled bigint, a BIGINT a number within
 * ±2^53 and a bigint beyond.
 */
export interface FunctionDefinition {
  /** In capitals. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** For completion: `SUBSTRING(text, from [, length])`. */
  readonly usage: string;
  /** One line: what it gives, its NULL and error behaviour where that is not the usual. */
  readonly docs: string;
  readonly signatures: readonly Signature[];
  /** Cannot be called by its name; stands for syntax such as LIKE. */
  readonly hidden?: boolean;
}

/**
 * A kind of type that a parameter takes. INTEGER is INT or BIGINT; NUMBER any number, as it is; DOUBLE any number,
 * converted; `any` anything; `same` anything, all of these converted to one common type; KEYWORD a bare word.
 */
export type Parameter =
  TypeKind | 'INTEGER' | 'NUMBER' | 'INTERVAL' | 'any' | 'same' | { readonly keyword: readonly string[] };

export interface Signature {
  readonly params: readonly Parameter[];
  /** Parameters from this one on may be left out. */
  readonly optionalFrom?: number;
  /** More of this kind may follow. */
  readonly rest?: Parameter;
  readonly returns: DataType | ((args: readonly ExprType[], words: readonly string[]) => ExprType);
  /** `strict` (the usual): any NULL gives NULL and the scalar is not called. `called`: the scalar sees NULLs. */
  readonly nulls?: 'strict' | 'called';
  /** Whether the result can be NULL: by the arguments (the usual), always, or never. */
  readonly nullable?: 'arguments' | 'always' | 'never';
  /** Whether the scalar can return a `RowFailure`. */
  readonly canFail?: boolean;
  /** Made once a call site. Throws `BadArgument` when a constant argument is wrong, a pattern for instance. */
  readonly make: (site: CallSite) => Scalar;
  /** Of a function of one number that always gives one: the same without a `Value`, made once a call site. */
  readonly numeric?: (site: CallSite) => NumberFunction;
}

/** The argument is not NULL; the result is a number within ±2^53, and whole where its type is. */
export type NumberFunction = (value: number) => number;

export interface CallSite {
  /** Types of the arguments after conversion; keywords are not among them. */
  readonly types: readonly ExprType[];
  /** Value of each argument that is the same in all rows; undefined for the others. */
  readonly constants: readonly (Value | undefined)[];
  readonly words: readonly string[];
  readonly result: ExprType;
}

/** One row. `args` is lent: it is overwritten for the next row. */
export type Scalar = (args: readonly Value[]) => Value | RowFailure;

/** The row has no value, for this reason. A returned value, not thrown: files have many bad rows. */
export class RowFailure {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** A constant argument that can never work; the checker turns it into a problem at the argument. */
export class BadArgument extends Error {
  readonly argument: number;
  readonly fix: string;
  constructor(argument: number, message: string, fix: string) {
    super(message);
    this.argument = argument;
    this.fix = fix;
  }
}
