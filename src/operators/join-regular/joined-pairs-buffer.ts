import type { Batch } from '../../stream/batch.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { RowStore } from '../shared/state/row-store.ts';

/** Pairs of kept rows that are results, until there are enough of them for a batch. Their rows stay where they are. */
export class JoinedPairs {
  private readonly left = new Int32Array(CHUNK_ROWS);
  private readonly right = new Int32Array(CHUNK_ROWS);
  private readonly seq = new Float64Array(CHUNK_ROWS);
  private readonly phase = new Uint8Array(CHUNK_ROWS);
  private readonly ts = new Float64Array(CHUNK_ROWS);
  private readonly stores: readonly [RowStore, RowStore];
  private length = 0;
  private anyPhase = 0;

  constructor(stores: readonly [RowStore, RowStore]) {
    this.stores = stores;
  }

  /** Handles of both rows. `place` afterwards. */
  pair(left: number, right: number): void {
    this.left[this.length] = left;
    this.right[this.length] = right;
  }

  /** Where the pair stands. */
  place(seq: number, phase: number, timeMs: number, out: KernelOutput): void {
    const at = this.length++;
    this.seq[at] = seq;
    this.phase[at] = phase;
    this.anyPhase |= phase;
    this.ts[at] = timeMs;
    if (this.length === CHUNK_ROWS) this.flush(out);
  }

  flush(out: KernelOutput): void {
    const { length } = this;
    if (length === 0) return;
    const { buffers } = out;
    const [left, right] = this.stores;
    const columns = left.gather(this.left.subarray(0, length), buffers);
    columns.push(...right.gather(this.right.subarray(0, length), buffers));
    const seq = buffers.floats(length);
    const ts = buffers.floats(length);
    seq.set(this.seq.subarray(0, length));
    ts.set(this.ts.subarray(0, length));
    const phase = this.anyPhase === 0 ? null : buffers.bytes(length);
    phase?.set(this.phase.subarray(0, length));
    const batch: Batch = { length, selection: null, columns, seq, phase, ts, kinds: null, origin: null };
    this.length = 0;
    this.anyPhase = 0;
    out.emit('out', batch);
  }
}
