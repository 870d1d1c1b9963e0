import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { Kernel, KernelInput, KernelOutput, Round, StateSize } from '../operator.ts';

/** A kernel that keeps nothing between two rounds. */
export abstract class Stateless implements Kernel {
  abstract run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve;

  mostOutputs(_rows: number): number {
    return 1;
  }

  stateSize(): StateSize {
    return { rows: 0, bytes: 0 };
  }

  snapshot(_writer: StateWriter): void {
    // No state.
  }

  restore(_reader: StateReader): void {
    // No state.
  }
}
