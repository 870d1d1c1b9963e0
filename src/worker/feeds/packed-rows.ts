import type { RowKind } from '../../stream/row-kind.ts';
import type { Value } from '../../stream/value.ts';

/** A row of a table as a change left it. */
export interface TableRow {
  readonly key: string;
  readonly values: readonly Value[];
  /** Columns that the change gave another value. */
  readonly changed: readonly number[];
  readonly kind: RowKind;
  readonly seq: number;
  /** How many changes came up to this one. */
  readonly change: number;
  /** How often the row is there; 0: it is not there any more. */
  readonly copies: number;
}

/** About how many bytes a row takes beside its values: what its key is written with included. */
const ROW_BYTES = 88;

/** Rows column by column, which nothing changes any more. */
export class PackedRows {
  readonly keys: readonly string[];
  readonly changes: Float64Array;
  /** About how many, for whoever counts what is kept. */
  readonly bytes: number;
  private readonly columns: readonly (Float64Array | readonly Value[])[];
  private readonly changed: readonly (readonly number[])[];
  private readonly kinds: Uint8Array;
  private readonly seq: Float64Array;
  private readonly copies: Float64Array;

  constructor(rows: readonly TableRow[]) {
    this.keys = rows.map(({ key }) => key);
    this.changes = Float64Array.from(rows, ({ change }) => change);
    this.columns = (rows[0]?.values ?? []).map((_, column) => packed(rows.map(({ values }) => values[column] ?? null)));
    this.changed = rows.map(({ changed }) => changed);
    this.kinds = Uint8Array.from(rows, ({ kind }) => kind);
    this.seq = Float64Array.from(rows, ({ seq }) => seq);
    this.copies = Float64Array.from(rows, ({ copies }) => copies);
    const valueBytes = this.columns.reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? 8 : 24), 0);
    this.bytes = rows.length * (ROW_BYTES + valueBytes);
  }

  /** Whether the same rows are in both, of the same changes. */
  isLike(other: PackedRows): boolean {
    return (
      this.columns.length === other.columns.length &&
      isSame(this.keys, other.keys) &&
      isSame(this.changes, other.changes) &&
      isSame(this.seq, other.seq) &&
      isSame(this.kinds, other.kinds) &&
      isSame(this.copies, other.copies) &&
      this.changed.every((changed, i) => isSame(changed, other.changed[i] ?? [])) &&
      this.columns.every((column, c) => isSame(column, other.columns[c] ?? []))
    );
  }

  at(i: number): TableRow {
    return {
      key: this.keys[i] ?? '',
      values: this.columns.map((column) => column[i] ?? null),
      changed: this.changed[i] ?? [],
      kind: (this.kinds[i] ?? 0) as RowKind,
      seq: this.seq[i] ?? Number.NaN,
      change: this.changes[i] ?? Number.NaN,
      copies: this.copies[i] ?? 0,
    };
  }
}

/** Plain values are compared; of others each is one of its own. */
export function isSame(values: ArrayLike<unknown>, other: ArrayLike<unknown>): boolean {
  if (values.length !== other.length) return false;
  for (let i = 0; i < values.length; i++) if (!Object.is(values[i], other[i])) return false;
  return true;
}

function packed(values: readonly Value[]): Float64Array | readonly Value[] {
  return values.every((value) => typeof value === 'number') ? Float64Array.from(values) : values;
}
