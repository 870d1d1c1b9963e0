import { assert } from '../../../stream/assert.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';

/**
 * Texts joined as they come: v1 + separator + v2. With an initial text as an aggregator with an initializer and a merger
 * does it (Kafka Streams `SessionWindowedKStream.aggregate`): an empty cell is `initial`, a value appends separator and
 * value, a merge left + separator + right, so that initial texts repeat.
 */
export class JoinedText implements Accumulator {
  readonly bytesPerCell = 8;
  textBytes = 0;
  private readonly texts: (string | null)[] = [];
  private readonly separator: string;
  private readonly initial: string | null;

  constructor(separator: string, initial: string | null) {
    this.separator = separator;
    this.initial = initial;
  }

  grow(): void {
    // A plain array grows as it is written.
  }

  reset(cell: number): void {
    this.put(cell, this.initial);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'text', 'a STRING column');
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (!isNull(column.nulls, row)) this.append(cells[i]!, column.dictionary[column.ids[row]!]!);
    }
  }

  retract(): void {
    assert(false, 'a changelog keeps every text of a joined one');
  }

  merge(into: number, from: number): void {
    const text = this.texts[from]!;
    if (text !== null) this.append(into, text);
  }

  private append(cell: number, text: string): void {
    const before = this.texts[cell]!;
    this.put(cell, before === null ? text : before + this.separator + text);
  }

  private put(cell: number, text: string | null): void {
    this.textBytes += this.bytesOf(text) - this.bytesOf(this.texts[cell] ?? null);
    this.texts[cell] = text;
  }

  /** Cells without values share the initial text. */
  private bytesOf(text: string | null): number {
    return text === null || text === this.initial ? 0 : text.length * 2;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.texts[cell]!);
  }

  write(writer: StateWriter, cell: number): void {
    const text = this.texts[cell]!;
    writer.u8(text === null ? 0 : 1);
    if (text !== null) writer.text(text);
  }

  read(reader: StateReader, cell: number): void {
    this.put(cell, reader.u8() === 0 ? null : reader.text());
  }
}
