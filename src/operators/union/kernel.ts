import { rowAt, withSelection } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Kernel, KernelInput, KernelOutput, Round } from '../operator.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { Stateless } from '../shared/stateless.ts';

export function unionKernel(): Kernel {
  return new UnionKernel();
}

/** Hands on runs of the inputs' own batches in the common order; no row is copied. */
class UnionKernel extends Stateless {
  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ batch, from, to }) => {
      out.fates.used += to - from;
      const selection = new Int32Array(to - from);
      for (let i = from; i < to; i++) selection[i - from] = rowAt(batch, i);
      out.emit('out', withSelection(batch, selection));
    });
    return clock;
  }
}
