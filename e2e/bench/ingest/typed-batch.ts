import { ColumnSums } from './column-sums.ts';
import type { WantedColumn } from './layout.ts';

const BATCH_ROWS = 8192;

/** Columns that a reader of rows fills, as somebody writes them who needs columns; summed up batch by batch. */
export class TypedBatch {
  rows = 0;
  readonly numbers: readonly Float64Array[];
  readonly texts: readonly (string | null)[][];
  private readonly columns: readonly WantedColumn[];
  private readonly sums: ColumnSums;

  constructor(columns: readonly WantedColumn[]) {
    this.columns = columns;
    this.sums = new ColumnSums(columns.length);
    this.numbers = columns.map(({ type }) => new Float64Array(type === 'STRING' ? 0 : BATCH_ROWS));
    this.texts = columns.map(({ type }) => new Array<string | null>(type === 'STRING' ? BATCH_ROWS : 0).fill(null));
  }

  /** Ends a row whose values were written at `rows`. */
  next(): void {
    if (++this.rows === BATCH_ROWS) this.flush();
  }

  flush(): void {
    this.columns.forEach(({ type }, i) => {
      if (type === 'STRING') this.sums.texts(i, this.texts[i]!, this.rows);
      else this.sums.numbers(i, this.numbers[i]!, this.rows);
    });
    this.rows = 0;
  }

  checksum(): string {
    return this.sums.checksum();
  }
}
