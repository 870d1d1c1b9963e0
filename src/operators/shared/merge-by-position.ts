import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { KernelInput } from '../operator.ts';

/** Rows of one input with none of another input between them. */
export interface Run {
  readonly input: number;
  readonly batch: Batch;
  /** Which of the input's batches it is: the same one may come more than once. */
  readonly number: number;
  /** Bounds among the rows that a reader sees, not physical rows. */
  readonly from: number;
  readonly to: number;
}

interface Head {
  readonly input: number;
  readonly batches: readonly Batch[];
  batch: number;
  row: number;
  seq: number;
  phase: number;
}

/**
 * Visits the rows of several inputs in the one order that everybody agrees on: by position, then input number, then the
 * order in which they were emitted. Rows come in runs as long as possible.
 */
export function forEachRun(inputs: readonly Pick<KernelInput, 'batches'>[], visit: (run: Run) => void): void {
  const heads: Head[] = [];
  inputs.forEach(({ batches }, input) => {
    const head: Head = { input, batches, batch: 0, row: 0, seq: 0, phase: 0 };
    if (settle(head)) heads.push(head);
  });
  while (heads.length > 0) {
    let first = heads[0]!;
    for (const head of heads) if (isBefore(head, first)) first = head;
    let next: Head | null = null;
    for (const head of heads) if (head !== first && (next === null || isBefore(head, next))) next = head;
    const batch = first.batches[first.batch]!;
    const from = first.row;
    const count = rowCount(batch);
    do {
      first.row++;
      if (first.row === count) break;
      place(first);
    } while (next === null || isBefore(first, next));
    visit({ input: first.input, batch, number: first.batch, from, to: first.row });
    if (!settle(first)) heads.splice(heads.indexOf(first), 1);
  }
}

function isBefore(a: Head, b: Head): boolean {
  if (a.seq !== b.seq) return a.seq < b.seq;
  if (a.phase !== b.phase) return a.phase < b.phase;
  return a.input < b.input;
}

function place(head: Head): void {
  const batch = head.batches[head.batch]!;
  const row = rowAt(batch, head.row);
  head.seq = batch.seq[row]!;
  head.phase = phaseAt(batch, row);
}

/** Moves on to the next row there is; false when there is none. */
function settle(head: Head): boolean {
  while (head.batch < head.batches.length) {
    if (head.row < rowCount(head.batches[head.batch]!)) {
      place(head);
      return true;
    }
    head.batch++;
    head.row = 0;
  }
  return false;
}
