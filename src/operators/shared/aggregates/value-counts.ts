import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Value } from '../../../stream/value.ts';
import type { Scalar } from '../state/scalar-table.ts';
import { bytesOf, identityOf, readValue, writeValue } from './stored-value.ts';

export interface Counted {
  readonly value: Value;
  /** Below 0: taken back more often than it came. */
  count: number;
}

/** Bytes of an entry beside its value. */
const ENTRY_BYTES = 32;

/** How often each value is there, for many cells; values in the order in which they came to be there. */
export class ValueCounts {
  /** Bytes of all entries. */
  bytes = 0;
  private readonly cells: Map<Scalar, Counted>[] = [];

  reset(cell: number): void {
    for (const counted of this.of(cell)) this.bytes -= ENTRY_BYTES + bytesOf(counted.value);
    this.cells[cell] = new Map();
  }

  of(cell: number): Iterable<Counted> {
    return this.cells[cell]?.values() ?? [];
  }

  size(cell: number): number {
    return this.cells[cell]!.size;
  }

  /** Changes the count of a value, and returns the new one. An entry whose count comes to be 0 is gone. */
  change(cell: number, value: Value, by: number): number {
    const counts = this.cells[cell]!;
    const identity = identityOf(value);
    const known = counts.get(identity);
    const count = (known?.count ?? 0) + by;
    if (known === undefined) {
      counts.set(identity, { value, count });
      this.bytes += ENTRY_BYTES + bytesOf(value);
    } else if (count === 0) this.forget(cell, known);
    else known.count = count;
    return count;
  }

  forget(cell: number, { value }: Counted): void {
    this.cells[cell]!.delete(identityOf(value));
    this.bytes -= ENTRY_BYTES + bytesOf(value);
  }

  write(writer: StateWriter, cell: number): void {
    writer.u32(this.size(cell));
    for (const { value, count } of this.of(cell)) {
      writeValue(writer, value);
      writer.f64(count);
    }
  }

  read(reader: StateReader, cell: number): void {
    this.reset(cell);
    const size = reader.u32();
    for (let i = 0; i < size; i++) {
      const value = readValue(reader);
      this.change(cell, value, reader.f64());
    }
  }
}
