import type { ColumnLayout, ColumnReader } from './column-reader.ts';
import { BigintReader, BooleanReader, DoubleReader, IntReader } from './number-column-reader.ts';
import type { ReadNotes } from './read-notes.ts';
import { TextReader } from './text-column-reader.ts';
import { TimestampReader } from './time-column-reader.ts';
import { ValueReader } from './value-column-reader.ts';

/** A reader for a column whose layout was found sound when it was bound. */
export function columnReader(layout: ColumnLayout, notes: ReadNotes): ColumnReader {
  switch (layout.type.kind) {
    case 'DOUBLE':
      return new DoubleReader(layout, notes);
    case 'BIGINT':
      return new BigintReader(layout, notes);
    case 'INT':
      return new IntReader(layout, notes);
    case 'BOOLEAN':
      return new BooleanReader(layout, notes);
    case 'STRING':
      return new TextReader(layout, notes);
    case 'TIMESTAMP':
      return new TimestampReader(layout, notes);
    default:
      return new ValueReader(layout, notes);
  }
}
