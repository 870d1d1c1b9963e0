import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Column } from '../../stream/column.ts';
import { typeName } from '../../stream/types.ts';
import { JsonError, parseJsonTree } from '../json/json-tree.ts';
import { ValueError, jsonToValue } from '../json/json-value.ts';
import type { BadRows } from './bad-rows.ts';
import type { ColumnLayout } from './column-reader.ts';
import { ColumnReader } from './column-reader.ts';
import type { FieldBlock } from './field-block.ts';
import { ABSENT, BARE, JSON_ESCAPED, JSON_STRING, JSON_STRUCTURE, QUOTED, QUOTED_DOUBLED } from './field-block.ts';
import { withoutComma } from './number-reader.ts';
import type { ReadNotes } from './read-notes.ts';

/** The types that are rare in files, value by value: DATE, TIME, DECIMAL, BYTES, ARRAY. */
export class ValueReader extends ColumnReader {
  private readonly builder: ColumnBuilder;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    super(layout, notes);
    this.builder = columnBuilder(layout.type);
  }

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds } = block;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      if (kind === ABSENT || !this.load(block, i)) {
        this.builder.appendNull();
        continue;
      }
      const text = this.text.text();
      try {
        if (text === null) throw new ValueError('not UTF-8');
        const isText =
          kind === BARE || kind === QUOTED || kind === QUOTED_DOUBLED || kind === JSON_STRING || kind === JSON_ESCAPED;
        this.builder.append(jsonToValue(isText ? this.textValue(text) : parseJsonTree(text), this.layout.type));
      } catch (error) {
        if (!(error instanceof ValueError) && !(error instanceof JsonError)) throw error;
        this.markBad(bad, row, kind === JSON_STRUCTURE ? error.message : `not ${typeName(this.layout.type)}`);
        this.builder.appendNull();
      }
    }
    return this.builder.finish();
  }

  private textValue(text: string): string | number {
    if (this.layout.type.kind === 'TIME') return clockMs(text);
    if (this.layout.type.kind !== 'DECIMAL' || !this.layout.decimalComma) return text;
    const plain = withoutComma(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 127),
      0,
      text.length,
    );
    if (plain === null) throw new ValueError('not a number');
    return String.fromCharCode(...plain);
  }
}

/** `HH:mm`, `HH:mm:ss` or `HH:mm:ss.SSS` as ms of the day. */
function clockMs(text: string): number {
  const parts = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?$/.exec(text);
  const [hour, minute, second] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3] ?? 0)];
  if (parts === null || hour > 23 || minute > 59 || second > 59) throw new ValueError('not a time of day');
  return hour * 3_600_000 + minute * 60_000 + second * 1000 + Number((parts[4] ?? '0').padEnd(3, '0'));
}
