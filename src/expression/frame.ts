import type { Batch } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';

/** Rows that failed at run time, by physical row of one batch. The first message of a row stays. */
export interface RowErrors {
  fail(row: number, message: string): void;
  readonly count: number;
  has(row: number): boolean;
  /** Why the row failed; empty when it did not. */
  message(row: number): string;
}

class RowErrorList implements RowErrors {
  /** Null while no row has failed: a list is made for each batch, and most stay empty. */
  private messages: Map<number, string> | null = null;
  fail(row: number, message: string): void {
    this.messages ??= new Map();
    if (!this.messages.has(row)) this.messages.set(row, message);
  }
  get count(): number {
    return this.messages === null ? 0 : this.messages.size;
  }
  has(row: number): boolean {
    return this.messages?.has(row) === true;
  }
  message(row: number): string {
    return this.messages?.get(row) ?? '';
  }
}

/** An empty list for one batch. */
export function rowErrors(): RowErrors {
  return new RowErrorList();
}

/**
 * What a kernel works on. `rows` lists the physical rows that are asked for, ascending; null means all of them. A kernel
 * that cannot fail may compute the others too; one that can fail must not touch them.
 */
export interface Frame {
  readonly batch: Batch;
  readonly length: number;
  readonly rows: Int32Array | null;
  readonly errors: RowErrors;
  /** Arrays for a column that leaves the expression. */
  readonly buffers: Buffers;
}
