import type { TextColumn } from '../stream/column.ts';
import { isNull } from '../stream/column.ts';
import { asked, askedRow } from './column-kernels.ts';
import type { Frame } from './frame.ts';
import type { Space } from './space.ts';

/**
 * A condition on texts, decided once for each dictionary entry that occurs, and remembered as long as batches come with
 * the same dictionary. Entries that no row uses are not looked at.
 */
export class EntryMemo {
  private readonly holds: (text: string) => boolean;
  private dictionary: readonly string[] | null = null;
  /** By id: 0 not decided yet, 1 false, 2 true. */
  private verdicts = new Uint8Array(64);
  private readonly space: Space;

  constructor(holds: (text: string) => boolean, space: Space) {
    this.holds = holds;
    this.space = space;
  }

  /** 1 or 0 for each row that is asked for and is not NULL; the others are unspecified. */
  flags(column: TextColumn, frame: Frame): Uint8Array {
    const out = this.space.bytes(frame);
    this.prepare(column.dictionary);
    const { verdicts, holds } = this;
    const { ids, dictionary, nulls } = column;
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      if (isNull(nulls, row)) continue;
      const id = ids[row]!;
      let verdict = verdicts[id]!;
      if (verdict === 0) verdicts[id] = verdict = holds(dictionary[id]!) ? 2 : 1;
      out[row] = verdict - 1;
    }
    return out;
  }

  private prepare(dictionary: readonly string[]): void {
    const known = this.verdicts;
    if (dictionary.length > known.length) {
      this.verdicts = new Uint8Array(Math.max(dictionary.length, known.length * 2));
      if (dictionary === this.dictionary) this.verdicts.set(known);
    } else if (dictionary !== this.dictionary) known.fill(0, 0, this.dictionary === null ? 0 : known.length);
    this.dictionary = dictionary;
  }
}
