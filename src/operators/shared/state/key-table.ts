import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Field } from '../../../stream/types.ts';
import type { NumberedValues } from './numbered-values.ts';
import { PairTable } from './pair-table.ts';
import type { Directory } from './scalar-table.ts';
import { ScalarTable } from './scalar-table.ts';

/**
 * Numbers the distinct keys of an operator densely, whatever columns a key has. State counts its holds on a key; with
 * the last one the number is free for the next key, so that nothing grows for ever.
 *
 * A key of several columns is a chain: the number of its first n columns and the number of column n + 1 make the number
 * of its first n + 1 columns. A pair holds its parts.
 *
 * Many rows at a time are numbered with `idsOf`, between `begin` and `settle`: in between no number comes to stand for
 * another key, even where the last hold on it has ended, and behind it those are free again that nobody came to hold:
 * whole numbers and doubles once they are more than those held, everything else at once.
 */
export class KeyTable {
  readonly fields: readonly Field[];
  private readonly scalars: readonly ScalarTable[];
  private readonly links: readonly PairTable[];
  /** The table of whole keys; null for keys without columns, whose one number is 0. */
  private readonly whole: NumberedValues | null;
  /** Between `begin` and `settle`: numbers that nobody may hold at the end, unless `together`. */
  private loose: number[] | null = null;
  /** Between `begin` and `settle`: all that nobody holds is found when it is time to forget. */
  private together = false;
  private parts = new Int32Array(0);

  constructor(fields: readonly Field[]) {
    this.fields = fields;
    this.scalars = fields.map((field) => new ScalarTable(field.type));
    const links: PairTable[] = [];
    let whole: NumberedValues | null = this.scalars[0] ?? null;
    for (const scalars of this.scalars.slice(1)) links.push((whole = new PairTable(whole!, scalars)));
    this.links = links;
    this.whole = whole;
  }

  /** How many keys somebody holds. */
  get size(): number {
    return this.whole === null ? 1 : this.whole.held;
  }

  /** All numbers are below this. */
  get bound(): number {
    return this.whole === null ? 1 : this.whole.bound;
  }

  /** The key's number. The caller calls `hold`: a number that nobody ever held is never free again. */
  idOf(columns: readonly Column[], row: number): number {
    let id = this.scalars.length === 0 ? 0 : this.scalars[0]!.idOf(columns[0]!, row);
    for (let i = 1; i < this.scalars.length; i++) {
      id = this.links[i - 1]!.idOf(id, this.scalars[i]!.idOf(columns[i]!, row));
    }
    return id;
  }

  /** Numbers stay what they are until `settle`. */
  begin(): void {
    if (this.whole === null) return;
    this.loose ??= [];
    this.together = this.whole.forgetsTogether;
    this.whole.created = this.together ? null : this.loose;
  }

  /**
   * The numbers of many keys into `ids`, in order: those of the physical rows that `rows` lists, or of the first `count`
   * rows where it is null. Only between `begin` and `settle`; the caller holds those that it keeps.
   */
  idsOf(columns: readonly Column[], rows: Int32Array | null, count: number, ids: Int32Array): void {
    if (this.scalars.length === 0) {
      ids.fill(0, 0, count);
      return;
    }
    this.scalars[0]!.idsOf(columns[0]!, rows, count, ids);
    if (this.scalars.length > 1 && this.parts.length < count) this.parts = new Int32Array(count);
    for (let i = 1; i < this.scalars.length; i++) {
      this.scalars[i]!.idsOf(columns[i]!, rows, count, this.parts);
      this.links[i - 1]!.idsOf(ids, this.parts, count);
    }
  }

  /** See `Directory`: of keys of one column, where there is one. */
  directory(columns: readonly Column[]): Directory | null {
    return this.scalars.length === 1 ? this.scalars[0]!.directory(columns[0]!) : null;
  }

  /** Ends what `begin` began: keys that nobody holds are forgotten, some of them later. */
  settle(): void {
    const { loose, whole } = this;
    if (loose === null || whole === null) return;
    whole.created = null;
    this.loose = null;
    if (this.together) whole.forgetLoose();
    else for (const id of loose) if (whole.isLoose(id)) whole.forget(id);
  }

  hold(id: number): void {
    this.whole?.hold(id);
  }

  release(id: number): void {
    if (this.whole === null || !this.whole.release(id)) return;
    if (this.loose === null) this.whole.forget(id);
    else if (!this.together) this.loose.push(id);
  }

  /** Ends one hold on each of the first `count` keys in `ids`. */
  releaseAll(ids: Int32Array, count: number): void {
    const { whole, loose, together } = this;
    if (whole === null) return;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (!whole.release(id)) continue;
      if (loose === null) whole.forget(id);
      else if (!together) loose.push(id);
    }
  }

  /** Appends the key's values, one a builder. */
  appendTo(builders: readonly ColumnBuilder[], id: number): void {
    let current = id;
    for (let i = this.scalars.length - 1; i > 0; i--) {
      const link = this.links[i - 1]!;
      this.scalars[i]!.appendTo(builders[i]!, link.right(current));
      current = link.left(current);
    }
    if (this.scalars.length > 0) this.scalars[0]!.appendTo(builders[0]!, current);
  }

  /** The columns of the keys `ids[0 .. count - 1]`, their arrays lent by `buffers`. */
  columnsOf(ids: Int32Array, count: number, buffers: Buffers = FRESH_BUFFERS): readonly Column[] {
    const columns: Column[] = [];
    let current = ids;
    for (let i = this.scalars.length - 1; i > 0; i--) {
      const lefts = new Int32Array(count);
      const rights = new Int32Array(count);
      this.links[i - 1]!.partsOf(current, count, { lefts, rights });
      columns[i] = this.scalars[i]!.columnOf(rights, count, buffers);
      current = lefts;
    }
    if (this.scalars.length > 0) columns[0] = this.scalars[0]!.columnOf(current, count, buffers);
    return columns;
  }

  write(writer: StateWriter, id: number): void {
    let current = id;
    for (let i = this.scalars.length - 1; i > 0; i--) {
      const link = this.links[i - 1]!;
      this.scalars[i]!.write(writer, link.right(current));
      current = link.left(current);
    }
    if (this.scalars.length > 0) this.scalars[0]!.write(writer, current);
  }

  /** Reads a key, last column first as `write` left it, and returns its number, unheld. */
  read(reader: StateReader): number {
    const parts: number[] = [];
    for (let i = this.scalars.length - 1; i >= 0; i--) parts[i] = this.scalars[i]!.read(reader);
    let id = parts[0] ?? 0;
    for (let i = 1; i < parts.length; i++) id = this.links[i - 1]!.idOf(id, parts[i]!);
    return id;
  }

  /** Writes the keys `ids[0 .. count - 1]`, column by column. */
  writeAll(writer: StateWriter, ids: Int32Array, count: number): void {
    let current = ids;
    for (let i = this.scalars.length - 1; i > 0; i--) {
      const lefts = new Int32Array(count);
      const rights = new Int32Array(count);
      this.links[i - 1]!.partsOf(current, count, { lefts, rights });
      this.scalars[i]!.writeAll(writer, rights, count);
      current = lefts;
    }
    this.scalars[0]?.writeAll(writer, current, count);
  }

  /** The numbers of `count` keys that `writeAll` wrote, unheld, into `ids`. */
  readAll(reader: StateReader, count: number, ids: Int32Array): void {
    const parts = this.scalars.map(() => new Int32Array(count));
    for (let i = this.scalars.length - 1; i >= 0; i--) this.scalars[i]!.readAll(reader, count, parts[i]!);
    if (parts[0] === undefined) ids.fill(0, 0, count);
    else ids.set(parts[0]);
    this.links.forEach((link, i) => link.idsOf(ids, parts[i + 1]!, count));
  }

  get textBytes(): number {
    let bytes = 0;
    for (const scalars of this.scalars) bytes += scalars.textBytes;
    return bytes;
  }
}
