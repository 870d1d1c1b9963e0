import type { Column } from '../stream/column.ts';
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
}
