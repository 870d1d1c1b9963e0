import type { Column } from '../../stream/column.ts';
import type { BadRows } from './bad-rows.ts';
import type { ColumnLayout } from './column-reader.ts';
import { ColumnReader } from './column-reader.ts';
import type { FieldBlock } from './field-block.ts';
import { ABSENT, BARE, JSON_STRING, QUOTED } from './field-block.ts';
import type { ReadNotes } from './read-notes.ts';
import { TextDictionary } from './text-dictionary-reader.ts';

export class TextReader extends ColumnReader {
  private readonly dictionary: TextDictionary;

  constructor(layout: ColumnLayout, notes: ReadNotes) {
    super(layout, notes);
    this.dictionary = new TextDictionary(layout.asciiDecoder ?? null);
  }

  read(block: FieldBlock, field: number, bad: BadRows): Column {
    const { records, width, kinds, starts, ends, bytes } = block;
    const { dictionary } = this;
    const ids = new Int32Array(records);
    const anyNulls = this.layout.nulls.length > 0;
    let looked = 0;
    for (let row = 0, i = field; row < records; row++, i += width) {
      const kind = kinds[i]!;
      let id: number;
      if ((kind === BARE || kind === QUOTED || kind === JSON_STRING) && !anyNulls) {
        id = dictionary.intern(bytes, starts[i]!, ends[i]!, false);
      } else if (kind === ABSENT || !this.load(block, i)) {
        this.setNull(row, records);
        continue;
      } else id = dictionary.intern(this.text.bytes, this.text.start, this.text.end, this.text.resolved);
      looked++;
      if (id < 0) {
        this.text.take(block, i);
        this.markBad(bad, row, 'not UTF-8');
      } else ids[row] = id;
    }
    // A column of NULLs alone still needs something that its ids point at.
    if (dictionary.texts.length === 0) dictionary.intern(bytes, 0, 0, true);
    const { texts } = dictionary;
    dictionary.renew(looked);
    return { kind: 'text', ids, dictionary: texts, nulls: this.takeNulls() };
  }
}
