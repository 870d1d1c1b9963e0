import { rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Kernel, KernelInput, KernelOutput, Round } from '../operator.ts';
import { Stateless } from '../shared/stateless.ts';

export function sinkKernel(): Kernel {
  return new SinkKernel();
}

/** Counts what arrives. The engine writes a sink's input to its epoch. */
class SinkKernel extends Stateless {
  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) out.fates.used += rowCount(batch);
    return clock;
  }

  override mostOutputs(_rows: number): number {
    return 0;
  }
}
