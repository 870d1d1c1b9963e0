import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Field } from '../../stream/types.ts';
import { cell, toJson } from '../../stream/value.ts';
import { valueText } from '../feeds/value-text.ts';
import type { PlaneKey } from '../plane-protocol.ts';

/** Most keys that are told apart; rows of others count as without one. */
const MOST_KEYS = 5_000;

/** Numbers keys in the order in which they come, from 1 on. */
export class RowKeys {
  private readonly numbers = new Map<string, number>();
  /** Of keys that are one text: by the dictionary that they are in, then by id. */
  private readonly byDictionary = new WeakMap<readonly string[], number[]>();
  private untold: PlaneKey[] = [];

  /** The number of a row's key: 0 without one, or where there were too many before it. */
  numberOf(fields: readonly Field[], columns: readonly Column[], row: number): number {
    const only = columns[0];
    if (only === undefined) return 0;
    if (columns.length > 1 || only.kind !== 'text' || isNull(only.nulls, row)) return this.find(fields, columns, row);
    let known = this.byDictionary.get(only.dictionary);
    if (known === undefined) this.byDictionary.set(only.dictionary, (known = []));
    const id = only.ids[row] ?? 0;
    return (known[id] ??= this.find(fields, columns, row));
  }

  /** Keys that were not taken before. */
  takeUntold(): readonly PlaneKey[] {
    const taken = this.untold;
    this.untold = [];
    return taken;
  }

  private find(fields: readonly Field[], columns: readonly Column[], row: number): number {
    const values = columns.map((column, i) => {
      const type = fields[i]?.type ?? { kind: 'STRING' };
      const value = cell(column, type, row);
      return { json: toJson(value, type), text: valueText(value, type) };
    });
    const json = JSON.stringify(values.map((value) => value.json));
    let number = this.numbers.get(json);
    if (number === undefined) {
      if (this.numbers.size === MOST_KEYS) return 0;
      number = this.numbers.size + 1;
      this.numbers.set(json, number);
      this.untold.push({ text: values.map((value) => value.text).join(' · '), json });
    }
    return number;
  }
}

/** The columns of a batch at some places. */
export function columnsAt(batch: Batch, places: readonly number[]): readonly Column[] {
  return places.flatMap((place) => batch.columns[place] ?? []);
}
