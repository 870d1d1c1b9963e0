import type { ReferenceFactory, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { keyBytesOf } from '../shared/state/key-bytes.ts';
import type { Scalar } from '../shared/state/scalar-table.ts';
import type { SuppressBound } from './definition.ts';

interface Held {
  readonly key: string;
  readonly waitsByMs: number;
  row: ReferenceRow;
}

/** Every update in one list, searched from the front each time. */
export const suppressReference: ReferenceFactory<SuppressBound> = ({ bound }) => {
  const fates = noFates();
  let held: Held[] = [];
  let observedMs = -1;
  return {
    row: (_input, row) => {
      if (!(row.ts >= 0)) {
        fates.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      observedMs = Math.max(observedMs, row.ts);
      const key = keyBytesOf(
        bound.key.columns.map((index) => row.values[index] as Scalar),
        bound.key.fields,
      );
      const same = held.find((update) => update.key === key);
      if (same === undefined) held.push({ key, waitsByMs: row.ts, row });
      else {
        same.row = row;
        fates.filtered++;
      }
      const due = held
        .filter(({ waitsByMs }) => waitsByMs <= observedMs - bound.waitMs)
        .sort((a, b) => a.waitsByMs - b.waitsByMs || (a.key < b.key ? -1 : 1));
      held = held.filter((update) => !due.includes(update));
      fates.used += due.length;
      fates.held = held.length;
      return due.map((update) => ({
        ...passed(update.row, 'out', update.row.values),
        seq: row.seq,
        phase: row.phase,
        ts: update.row.ts,
      }));
    },
    watermark: () => [],
    fates: () => fates,
  };
};
