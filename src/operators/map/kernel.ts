import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round } from '../operator.ts';
import { rejectFailed, rowsWithoutErrors } from '../shared/rejected-rows.ts';
import { Stateless } from '../shared/stateless.ts';
import type { MapBound } from './definition.ts';

export function mapKernel({ bound }: KernelRequest<MapBound>): Kernel {
  return new MapKernel(bound);
}

/** Computes columns; those that are only passed on are not copied. */
class MapKernel extends Stateless {
  private readonly bound: MapBound;

  constructor(bound: MapBound) {
    super();
    this.bound = bound;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const errors = rowErrors();
      const columns = this.bound.columns.map((column) =>
        typeof column === 'number' ? batch.columns[column]! : column.evaluate(batch, errors),
      );
      const mapped: Batch = { ...batch, columns, selection: rowsWithoutErrors(batch, errors) };
      const count = rowCount(mapped);
      rejectFailed(batch, inputs[0]!.type, errors, out);
      out.fates.used += count;
      if (count > 0) out.emit('out', mapped);
    }
    return clock;
  }
}
