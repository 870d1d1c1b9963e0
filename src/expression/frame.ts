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
  private readonly messages = new Map<number, string>();
  fail(row: number, message: string): void {
    if (!this.messages.has(row)) this.messages.set(row, message);
  }
  get count(): number {
    return this.messages.size;
  }
  has(row: number): boolean {
    return this.messages.has(row);
  }
  message(row: number): string {
    return this.messages.get(row) ?? '';
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
