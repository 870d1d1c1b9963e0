import { walkProblems } from '../../problems/problem-walk.ts';
import { useDeckView } from '../../timeline/deck-view-store.ts';
import { allProblemsNow } from '../../timeline/use-all-problems.ts';
import type { Command } from './command.ts';

function hasProblems(): boolean {
  return allProblemsNow().length > 0;
}

const NONE = 'There is no problem.';

export const PROBLEM_COMMANDS: readonly Command[] = [
  {
    id: 'problems.next',
    title: 'Go to the next problem',
    group: 'View',
    keys: ['F8'],
    worksInFields: true,
    also: 'error warning fix cure',
    isEnabled: hasProblems,
    needs: NONE,
    run: () => walkProblems(1),
  },
  {
    id: 'problems.previous',
    title: 'Go to the problem before',
    group: 'View',
    keys: ['Shift+F8'],
    worksInFields: true,
    also: 'error warning previous',
    isEnabled: hasProblems,
    needs: NONE,
    run: () => walkProblems(-1),
  },
  {
    id: 'problems.show',
    title: 'Show the problems',
    group: 'View',
    keys: [],
    also: 'errors warnings list validation',
    run: () => useDeckView.getState().show('problems'),
  },
];
