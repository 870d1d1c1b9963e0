import type { Mutant } from '../mutant.ts';

const shared = 'src/operators/shared';
const kernel = 'src/operators/aggregate/kernel.ts';
const kafka = 'src/operators/dialects/kafka-streams.ts';

/** Tables by key, and what changes in them. */
export const faultsOfTables: readonly Mutant[] = [
  {
    id: 'table-filter-tells-what-never-was',
    file: `${shared}/table-rows.ts`,
    fault: 'A row that was never among those that pass is deleted from them.',
    old: 'if (!wasIn && !isIn) continue;',
    new: 'if (!wasIn && !isIn && replaced < 0) continue;',
  },
  {
    id: 'table-filter-keeps-what-left',
    file: `${shared}/table-rows.ts`,
    fault: 'A row that comes back among those that pass is told as a change of one that is there.',
    old: 'kinds[row] = wasIn ? UPDATE_AFTER : INSERT;',
    new: 'kinds[row] = UPDATE_AFTER;',
  },
  {
    id: 'table-time-of-change',
    file: `${shared}/table-rows-state.ts`,
    fault: 'A row that Flink takes back comes with the time of the row that takes its place.',
    old: "changes === 'retract' ? 'own' : 'of-change'",
    new: "changes === 'retract' ? 'of-change' : 'of-change'",
  },
  {
    id: 'table-takes-in-what-fails',
    file: `${shared}/table-rows-state.ts`,
    fault: 'A row that an expression fails for takes the place of the one before it.',
    old: 'this.table.spelledOut(withoutFailed(batch, errors),',
    new: 'this.table.spelledOut(batch,',
  },
  {
    id: 'map-fails-for-deletions',
    file: 'src/operators/map/kernel.ts',
    fault: 'A deletion is rejected because nothing can be computed for it.',
    old: 'this.bound.table === null ? found : withoutThoseOfDeletions(found, batch);',
    new: 'found;',
  },
  {
    id: 'aggregate-takes-two-for-one',
    file: kafka,
    fault: 'A change inside one group gives a result for what goes and one for what comes.',
    old: 'changesGroupsAtOnce: true,',
    new: 'changesGroupsAtOnce: false,',
  },
  {
    id: 'aggregate-drops-empty-groups',
    file: kafka,
    fault: 'A group whose last row was taken back is deleted.',
    old: 'keepsEmptyGroups: true,',
    new: 'keepsEmptyGroups: false,',
  },
  {
    id: 'aggregate-lives-too-long',
    file: 'src/operators/aggregate/groups-state.ts',
    fault: 'A group lives on at the very end of its time to live.',
    old: 'if (columns.writtenMs[oldest]! > writtenMs) break;',
    new: 'if (columns.writtenMs[oldest]! >= writtenMs) break;',
  },
  {
    id: 'aggregate-invents-groups',
    file: kernel,
    fault: 'A row that takes back from a group that is not there makes one.',
    old: 'if (isNew && rows.every((row) => isTakenBack(batch, row))) {',
    new: 'if (isNew && rows.length === 0) {',
  },
];
