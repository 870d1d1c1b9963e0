import { rowErrors } from '../../expression/frame.ts';
import { rowCount, withSelection } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { Stateless } from '../shared/stateless.ts';
import type { FilterBound } from './definition.ts';

export function filterKernel({ bound }: KernelRequest<FilterBound>): Kernel {
  return new FilterKernel(bound);
}

/** Selects rows without copying them. */
class FilterKernel extends Stateless {
  private readonly bound: FilterBound;

  constructor(bound: FilterBound) {
    super();
    this.bound = bound;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const errors = rowErrors();
      const selection = this.bound.predicate.select(batch, errors);
      out.fates.used += selection.length;
      rejectFailed(batch, inputs[0]!.type, errors, out);
      out.fates.filtered += rowCount(batch) - selection.length - errors.count;
      if (selection.length > 0) out.emit('out', withSelection(batch, selection));
    }
    return clock;
  }
}
