import type { Column } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Field } from '../../../stream/types.ts';
import { ScalarTable } from './scalar-table.ts';

/** Two numbers below this fit into one double without loss. */
const RADIX = 2 ** 26;

/**
 * Numbers the distinct keys of an operator densely, whatever columns a key has. State counts its holds on a key; with
 * the last one the number is free for the next key, so that nothing grows for ever.
 *
 * A key of several columns is a chain: the number of its first n columns and the number of column n + 1 make the number
 * of its first n + 1 columns.
 */
export class KeyTable {
  private readonly scalars: readonly ScalarTable[];
  private readonly links: readonly PairTable[];

  constructor(fields: readonly Field[]) {
    this.scalars = fields.map((field) => new ScalarTable(field.type.kind === 'BYTES'));
    this.links = fields.slice(1).map(() => new PairTable());
  }

  /** The key's number. The caller calls `hold`: a number that nobody holds is never free again. */
  idOf(columns: readonly Column[], row: number): number {
    let id = this.scalars.length === 0 ? 0 : this.scalars[0]!.idOf(columns[0]!, row);
    for (let i = 1; i < this.scalars.length; i++) {
      id = this.links[i - 1]!.idOf(id, this.scalars[i]!.idOf(columns[i]!, row));
    }
    return id;
  }

  hold(id: number): void {
    this.walk(id, (table, part) => table.hold(part));
  }

  release(id: number): void {
    this.walk(id, (table, part) => table.release(part));
  }

  private walk(id: number, visit: (table: ScalarTable | PairTable, part: number) => void): void {
    let current = id;
    for (let i = this.scalars.length - 1; i > 0; i--) {
      const link = this.links[i - 1]!;
      const left = link.left(current);
      const right = link.right(current);
      visit(link, current);
      visit(this.scalars[i]!, right);
      current = left;
    }
    if (this.scalars.length > 0) visit(this.scalars[0]!, current);
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

  get textBytes(): number {
    let bytes = 0;
    for (const scalars of this.scalars) bytes += scalars.textBytes;
    return bytes;
  }
}

/** Numbers pairs of numbers, with the same holds as `ScalarTable`. */
class PairTable {
  private readonly ids = new Map<number, number>();
  private readonly lefts: number[] = [];
  private readonly rights: number[] = [];
  private readonly holders: number[] = [];
  private readonly free: number[] = [];

  idOf(left: number, right: number): number {
    const pair = left * RADIX + right;
    const known = this.ids.get(pair);
    if (known !== undefined) return known;
    const id = this.free.pop() ?? this.lefts.length;
    this.lefts[id] = left;
    this.rights[id] = right;
    this.holders[id] = 0;
    this.ids.set(pair, id);
    return id;
  }

  left(id: number): number {
    return this.lefts[id]!;
  }

  right(id: number): number {
    return this.rights[id]!;
  }

  hold(id: number): void {
    this.holders[id]!++;
  }

  release(id: number): void {
    if (--this.holders[id]! === 0) this.forget(id);
  }

  private forget(id: number): void {
    this.ids.delete(this.lefts[id]! * RADIX + this.rights[id]!);
    this.free.push(id);
  }
}
