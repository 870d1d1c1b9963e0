import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import { aggregateInput } from '../shared/aggregates/aggregate-input.ts';
import type { WindowBound } from './bound.ts';
import { gapsOf } from './session-windows.ts';

interface ArrivedBatch {
  readonly batch: Batch;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

/** What the rows of one batch are read by. */
export interface SessionBatch extends ArrivedBatch {
  readonly keyColumns: readonly Column[];
  readonly arguments: readonly AggregateInput[];
  readonly errors: RowErrors;
  /** Gap of each physical row; null where the gap is fixed. */
  readonly gaps: Float64Array | null;
  /** Whether a row that has a time can be unusable all the same. */
  readonly mayReject: boolean;
}

export function sessionBatch(bound: WindowBound, rules: WindowRules, arrived: ArrivedBatch): SessionBatch {
  const { batch } = arrived;
  const errors = rowErrors();
  const keyColumns = bound.key.columns.map((index) => batch.columns[index]!);
  const inputs = bound.aggregates.map((aggregate) => aggregateInput(aggregate, batch, errors));
  const gaps = gapsOf(bound, batch, errors);
  const mayReject = errors.count > 0 || rules.nullKeys === 'drop';
  return { ...arrived, keyColumns, arguments: inputs, errors, gaps, mayReject };
}
