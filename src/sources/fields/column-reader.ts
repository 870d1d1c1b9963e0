import type { AsciiDecoder } from '../text/ascii-reader.ts';
import type { Column } from '../../stream/column.ts';
import { nullBitmap, setNull } from '../../stream/column.ts';
import type { DataType } from '../../stream/types.ts';
import type { TimeFormat } from '../event-time.ts';
import { cutText } from '../rejects.ts';
import { decodeLoose } from '../text/utf8-reader.ts';
import type { BadRows } from './bad-rows.ts';
import type { FieldBlock } from './field-block.ts';
import { BARE, JSON_NUMBER, JSON_STRING, QUOTED } from './field-block.ts';
import { FieldText } from './field-text-reader.ts';
import type { ReadNotes } from './read-notes.ts';

/** What a column reader has to know of its column. */
export interface ColumnLayout {
  readonly name: string;
  readonly type: DataType;
  /** How a TIMESTAMP is written. */
  readonly time: TimeFormat | null;
  /** Texts that mean NULL. */
  readonly nulls: readonly string[];
  readonly decimalComma: boolean;
  /** The platform's way to make texts, where there is one. */
  readonly asciiDecoder?: AsciiDecoder | null;
}

/**
 * Reads one field of every record of a block into a column of one type. A value that is none of the type marks its row
 * as bad; the column then holds anything there. Empty text is NULL, but in STRING columns only when it is not quoted.
 */
export abstract class ColumnReader {
  protected readonly layout: ColumnLayout;
  protected readonly notes: ReadNotes;
  protected readonly text = new FieldText();
  private nulls: Uint8Array | null = null;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    this.layout = layout;
    this.notes = notes;
  }

  abstract read(block: FieldBlock, field: number, bad: BadRows): Column;

  protected setNull(row: number, rows: number): void {
    this.nulls ??= nullBitmap(rows);
    setNull(this.nulls, row);
  }

  protected takeNulls(): Uint8Array | null {
    const nulls = this.nulls;
    this.nulls = null;
    return nulls;
  }

  /** Loads a field that was not read on the fast way. False when it is NULL. */
  protected load(block: FieldBlock, i: number): boolean {
    this.text.take(block, i);
    const kind = block.kinds[i]!;
    const isText = this.layout.type.kind === 'STRING';
    if (!isText) this.text.trim();
    if (this.text.start === this.text.end && !(isText && (kind === QUOTED || kind === JSON_STRING))) return false;
    if (this.layout.nulls.length === 0) return true;
    return !this.layout.nulls.includes(this.text.text() ?? '');
  }

  protected shown(): string {
    return cutText(decodeLoose(this.text.bytes, this.text.start, Math.min(this.text.end, this.text.start + 300)), 80);
  }

  protected markBad(bad: BadRows, row: number, what: string): void {
    bad.mark(row, this.layout.name, `${what}: ${this.shown()}`);
  }
}

/** Whether the bytes of a field are a number as they stand, if they are one at all. */
export const isPlainNumber = (kind: number): boolean => kind === BARE || kind === JSON_NUMBER;
