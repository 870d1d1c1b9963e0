import type { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { ContentsBuilder, take } from '../shared/state-contents.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { AggregateBound } from './definition.ts';
import type { Groups } from './groups-state.ts';

interface Looked {
  readonly keys: KeyTable;
  readonly cells: AggregateCells;
  readonly groups: Groups;
}

/** Keys with what they come to now. */
export function lookAtGroups({ aggregates, ttlMs }: AggregateBound, looked: Looked, most: number): StateKind {
  const { keys, cells, groups } = looked;
  const contents = new ContentsBuilder({
    what: 'keys',
    order: ttlMs === 0 ? 'that came first' : 'that were written least lately',
    fields: [...keys.fields, ...aggregates.map(({ field }) => field)],
    keys: keys.fields.length,
  });
  for (const group of take(groups.all(), most)) {
    keys.appendTo(contents.columns, group);
    cells.appendTo(contents.columns, keys.fields.length, groups.cellOf(group));
    contents.add(null, ttlMs === 0 ? null : { timeMs: groups.writtenOf(group) + ttlMs, does: 'goes', isByClock: true });
  }
  const count = groups.size;
  return { part: { what: 'keys', count }, contents: contents.finish(count) };
}
