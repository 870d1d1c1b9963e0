import type { Column, FloatColumn } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import type { Frame } from './frame.ts';
import type { ExprType } from './expr-type.ts';

/**
 * A part of an expression, ready to run. Its column is indexed by physical row and right in the rows that the frame asks
 * for. A row that fails is noted in the frame's errors and is NULL in the column.
 */
export interface Compiled {
  readonly type: ExprType;
  readonly nullable: boolean;
  /** Whether a row can fail. A part that cannot may be run for more rows than needed. */
  readonly canFail: boolean;
  /** The value that all rows have, undefined when they differ. */
  readonly constant: Value | undefined;
  readonly run: (frame: Frame) => Column;
  /**
   * Of a condition that can tell its rows without a column: writes the rows among those asked for that are TRUE to `into`,
   * ascending, and gives their number. `into` has room for all that are asked for, and may be the very array of `rows`.
   */
  readonly select?: Select | undefined;
  /** Of a DECIMAL that can be computed in doubles. */
  readonly scaled?: Scaled | undefined;
  /** Of a product of a DOUBLE and a number: what is multiplied, for a kernel that goes on from there. */
  readonly product?: { readonly of: Compiled; readonly factor: number } | undefined;
}

export type Select = (frame: Frame, into: Int32Array) => number;

/**
 * A DECIMAL in units of 10^-scale, as whole numbers in doubles; null where one of those asked for does not fit or has too
 * many digits.
 */
export type Scaled = (frame: Frame) => FloatColumn | null;
