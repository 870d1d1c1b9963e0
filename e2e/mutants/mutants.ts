import { faultsOfJoins } from './faults/of-joins.ts';
import { faultsOfRuns } from './faults/of-runs.ts';
import { faultsOfTime } from './faults/of-time.ts';
import { faultsOfWindows } from './faults/of-windows.ts';
import type { Mutant } from './mutant.ts';

/** Every fault that the laws and the recorded cases must find. */
export const mutants: readonly Mutant[] = [...faultsOfTime, ...faultsOfRuns, ...faultsOfWindows, ...faultsOfJoins];
