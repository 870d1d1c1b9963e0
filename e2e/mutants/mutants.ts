import { faultsOfAggregates } from './faults/of-aggregates.ts';
import { faultsOfExpressions } from './faults/of-expressions.ts';
import { faultsOfJoins } from './faults/of-joins.ts';
import { faultsOfKafkaJoins } from './faults/of-kafka-joins.ts';
import { faultsOfPanes } from './faults/of-panes.ts';
import { faultsOfPatterns } from './faults/of-patterns.ts';
import { faultsOfRankings } from './faults/of-rankings.ts';
import { faultsOfRuns } from './faults/of-runs.ts';
import { faultsOfSqlJoins } from './faults/of-sql-joins.ts';
import { faultsOfSessions } from './faults/of-sessions.ts';
import { faultsOfStores } from './faults/of-stores.ts';
import { faultsOfTableJoins } from './faults/of-table-joins.ts';
import { faultsOfTables } from './faults/of-tables.ts';
import { faultsOfTime } from './faults/of-time.ts';
import { faultsOfTriggers } from './faults/of-triggers.ts';
import { faultsOfWindows } from './faults/of-windows.ts';
import type { Mutant } from './mutant.ts';

/** Every fault that the laws and the recorded cases must find. */
export const mutants: readonly Mutant[] = [
  ...faultsOfTime,
  ...faultsOfRuns,
  ...faultsOfWindows,
  ...faultsOfTriggers,
  ...faultsOfSessions,
  ...faultsOfStores,
  ...faultsOfPanes,
  ...faultsOfAggregates,
  ...faultsOfTables,
  ...faultsOfRankings,
  ...faultsOfPatterns,
  ...faultsOfExpressions,
  ...faultsOfJoins,
  ...faultsOfSqlJoins,
  ...faultsOfKafkaJoins,
  ...faultsOfTableJoins,
];
