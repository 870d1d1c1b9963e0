import { DeferredBatch } from '../../expression/deferred-batch.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowCount, withSelection } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
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

/**
 * A kernel that only picks rows and computes columns from one row at a time. Between two of them columns wait until they are
 * read, so that a chain computes no more than what is left at its end needs.
 */
export abstract class RowByRow extends Stateless {
  readonly takesDeferred = true;
  /** How many read what leaves at a port, where all of them take deferred batches. */
  private readonly readers = new Map<OutputPortName, number>();

  defer(port: OutputPortName, readers: number): void {
    this.readers.set(port, readers);
  }

  /** Emits the rows of `selection`, null for all, where there are any. */
  protected handOn(port: OutputPortName, batch: Batch, selection: Int32Array | null, out: KernelOutput): void {
    const readers = this.readers.get(port);
    if (readers !== undefined) {
      const rows = DeferredBatch.of(batch, out.buffers).narrowed(selection);
      if (rowCount(rows) > 0) out.emit(port, readers > 1 ? rows.shared() : rows);
    } else if (batch instanceof DeferredBatch) {
      const rows = batch.narrowed(selection);
      if (rowCount(rows) > 0) out.emit(port, rows.settled());
    } else if (selection === null || selection.length > 0) {
      const rows = selection === batch.selection ? batch : withSelection(batch, selection!);
      if (rowCount(rows) > 0) out.emit(port, rows);
    }
  }
}
