import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';

/** Rows that came to one input in a round. */
export interface InputRows {
  readonly input: number;
  readonly batches: Batch[];
}

class Cursor {
  readonly input: number;
  private readonly batches: readonly Batch[];
  private place = 0;
  private i = 0;
  batch: Batch | null = null;
  row = 0;
  seq = Infinity;

  constructor({ input, batches }: InputRows) {
    this.input = input;
    this.batches = batches;
    this.settle();
  }

  next(): void {
    this.i++;
    this.settle();
  }

  private settle(): void {
    let batch = this.batches[this.place];
    while (batch !== undefined && this.i >= rowCount(batch)) {
      this.i = 0;
      batch = this.batches[++this.place];
    }
    this.batch = batch ?? null;
    this.row = batch === undefined ? 0 : rowAt(batch, this.i);
    this.seq = batch === undefined ? Infinity : (batch.seq[this.row] ?? 0);
  }
}

/** Every row of a round, in the order of entries, and of one entry in the order of inputs. */
export function eachRow(inputs: readonly InputRows[], visit: (input: number, batch: Batch, row: number) => void): void {
  const cursors = inputs.map((rows) => new Cursor(rows));
  for (;;) {
    let first: Cursor | null = null;
    for (const cursor of cursors) if (cursor.seq < (first?.seq ?? Infinity)) first = cursor;
    const batch = first?.batch ?? null;
    if (first === null || batch === null) return;
    visit(first.input, batch, first.row);
    first.next();
  }
}
