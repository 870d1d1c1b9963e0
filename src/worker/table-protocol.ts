import type { TableColumn } from './chart-protocol.ts';

/**
 * A changelog as the table that it stands for, at the frame's position: of a keyed one the newest row of each key (what a
 * compacted topic keeps), of one that spells out old rows the rows that were put in and not taken back.
 *
 * Shows the first 200 rows in `order`; rows that were deleted a moment ago stand among them with the kind −D
 * and count nowhere. Typed arrays are transferred and have one element a row, `changed` one a cell, row by row.
 */
export interface TableView {
  readonly nodeId: string;
  readonly changes: 'upsert' | 'retract';
  /** Columns that identify a row; empty: one row in all. Null where rows are told apart by all that they hold. */
  readonly key: readonly string[] | null;
  readonly order: TableOrder;
  /** Rows in the table, shown or not. */
  readonly rows: number;
  /** Whether the table grew over what is kept: the rows that changed longest ago were forgotten, and `rows` lacks them. */
  readonly isPart: boolean;
  /** Rows of the changelog that made it. */
  readonly changesSeen: number;
  /** Entry of the log that changed it last; NaN before the first. */
  readonly lastSeq: number;
  readonly length: number;
  /** Entry of the log that changed the row last. */
  readonly seq: Float64Array;
  /** `RowKind` of the last change: +I, +U or, of a row that is gone, −D. */
  readonly kinds: Uint8Array;
  /** How many equal rows there are; 1 where a key tells them apart. */
  readonly copies: Float64Array;
  /** 1 where the last change gave a cell another value. */
  readonly changed: Uint8Array;
  readonly columns: readonly TableColumn[];
}

/** By the key; the newest change first; by a column, NULL last. */
export type TableOrder =
  | { readonly by: 'key' }
  | { readonly by: 'change' }
  | { readonly by: 'column'; readonly column: string; readonly isDescending: boolean };
