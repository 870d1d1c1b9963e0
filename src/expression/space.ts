import { firstOf } from '../stream/buffers.ts';
import type { Frame } from './frame.ts';

/** Where a kernel writes its column. Arrays have the frame's length; what they hold is unspecified. */
export interface Space {
  floats(frame: Frame): Float64Array;
  ints(frame: Frame): Int32Array;
  bytes(frame: Frame): Uint8Array;
}

/** For a column that leaves the expression: nobody else writes to its array while it is read. */
const LEAVING: Space = {
  floats: (frame) => frame.buffers.floats(frame.length),
  ints: (frame) => frame.buffers.ints(frame.length),
  bytes: (frame) => frame.buffers.bytes(frame.length),
};

/**
 * For a column that only the kernel above reads, before this one runs again: one array that serves each batch. It stays
 * warm, where a fresh one costs more than the arithmetic that fills it.
 */
class Inner implements Space {
  private floatArray = new Float64Array(0);
  private intArray = new Int32Array(0);
  private byteArray = new Uint8Array(0);

  floats({ length }: Frame): Float64Array {
    if (this.floatArray.length < length) this.floatArray = new Float64Array(length);
    return firstOf(this.floatArray, length);
  }

  ints({ length }: Frame): Int32Array {
    if (this.intArray.length < length) this.intArray = new Int32Array(length);
    return firstOf(this.intArray, length);
  }

  bytes({ length }: Frame): Uint8Array {
    if (this.byteArray.length < length) this.byteArray = new Uint8Array(length);
    return firstOf(this.byteArray, length);
  }
}

export function spaceFor(leaves: boolean): Space {
  return leaves ? LEAVING : new Inner();
}
