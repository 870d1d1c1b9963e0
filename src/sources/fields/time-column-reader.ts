import { assert } from '../../stream/assert.ts';
import type { Column } from '../../stream/column.ts';
import type { TimeReader } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import type { BadRows } from './bad-rows.ts';
import type { ColumnLayout } from './column-reader.ts';
import { ColumnReader } from './column-reader.ts';
import type { FieldBlock } from './field-block.ts';
import { ABSENT, BARE, JSON_NUMBER, JSON_STRING } from './field-block.ts';
import type { ReadNotes } from './read-notes.ts';

export class TimestampReader extends ColumnReader {
  private readonly time: TimeReader;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    super(layout, notes);
    const reader = timeReader(layout.time ?? { unit: 'iso', zone: 'UTC' });
    assert(!('of' in reader), 'a time format that was checked');
    this.time = reader;
  }

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const { time } = this;
    const values = new Float64Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if ((kind === BARE || kind === JSON_STRING || kind === JSON_NUMBER) && !anyNulls) {
        const value = time.readMs(bytes, starts[i]!, ends[i]!, kind === JSON_NUMBER);
        if (value === value) {
          values[row] = value;
          if (time.note !== null && time.note !== 'no-offset') this.note(time.note, block, i, row);
          continue;
        }
      }
      if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      }
      const value = time.readMs(this.text.bytes, this.text.start, this.text.end, kind === JSON_NUMBER);
      if (Number.isNaN(value)) this.markBad(bad, row, time.fault);
      else if (time.note !== null && time.note !== 'no-offset') this.note(time.note, block, i, row);
      values[row] = value;
    }
    return { kind: 'float', values, nulls: this.takeNulls() };
  }

  private note(code: string, block: FieldBlock, i: number, row: number): void {
    this.notes.add(code, this.layout.name, block.lines[row]!, () => {
      this.text.take(block, i);
      return this.shown();
    });
  }
}
