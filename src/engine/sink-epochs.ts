import type { Batch } from '../stream/batch.ts';

/**
 * A sink's protocol. Rows written between `begin` and `preCommit` form an epoch; what was pre-committed becomes visible
 * with `commit`, which may come again for the same epoch and then does nothing; `abort` throws an epoch away.
 */
export interface EpochSink {
  begin(epoch: number): void;
  write(batch: Batch): void;
  preCommit(epoch: number): void;
  commit(epoch: number): void;
  abort(epoch: number): void;
}

/** Hands the rows of an epoch on when it is committed. */
export class BufferingSink implements EpochSink {
  private open: Batch[] = [];
  private prepared: { readonly epoch: number; readonly batches: readonly Batch[] } | null = null;
  private readonly deliver: (batch: Batch) => void;

  constructor(deliver: (batch: Batch) => void) {
    this.deliver = deliver;
  }

  begin(): void {
    this.open = [];
  }

  write(batch: Batch): void {
    this.open.push(batch);
  }

  preCommit(epoch: number): void {
    this.prepared = { epoch, batches: this.open };
    this.open = [];
  }

  commit(epoch: number): void {
    if (this.prepared?.epoch !== epoch) return;
    const { batches } = this.prepared;
    this.prepared = null;
    for (const batch of batches) this.deliver(batch);
  }

  abort(epoch: number): void {
    if (this.prepared?.epoch === epoch) this.prepared = null;
    this.open = [];
  }
}
