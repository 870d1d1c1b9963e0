import type { Both, BranchComparison, BranchDifferenceKind, BranchNode } from '../../app/branches/branch-store.ts';
import { formatCount } from '../theme/format.ts';
import { plural } from './ghost-words.ts';
import type { SideNames } from './side-names.ts';

export type DifferenceFilter = 'all' | BranchDifferenceKind;

export function kindWords({ run, branch }: SideNames): Readonly<Record<BranchDifferenceKind, string>> {
  return {
    different: 'Other values',
    'only-run': `Only in ${run}`,
    'only-branch': `Only in ${branch}`,
    'dropped-only-run': `Dropped in ${run}`,
    'dropped-only-branch': `Dropped in ${branch}`,
  };
}

/** What the branch changes in all, in a sentence: of the last nodes of each path, so that nothing counts twice. */
export function summaryOf({ nodes }: BranchComparison, lastIds: ReadonlySet<string>): string {
  const affected = nodes.filter(({ isAffected }) => isAffected);
  if (affected.length === 0) return 'The branch has the settings of the run: change one to compare.';
  const last = affected.filter(({ nodeId }) => lastIds.has(nodeId));
  const counted = last.length > 0 ? last : affected;
  const sum = (read: (node: BranchNode) => number): number => counted.reduce((total, node) => total + read(node), 0);
  const results = sum(({ results: [run, branch] }) => branch - run);
  const different = sum((node) => node.different);
  const drops = affected.reduce((total, { drops: [run, branch] }) => total + branch - run, 0);
  const parts = [
    ...(results === 0 ? [] : [`${changeOf(results, 'result')}`]),
    ...(different === 0
      ? []
      : [`${formatCount(different)} ${different === 1 ? 'result' : 'results'} with other values`]),
    ...(drops === 0 ? [] : [`${changeOf(drops, 'drop')}`]),
  ];
  if (parts.length > 0) return `${parts.join(', ')} in the branch.`;
  const hasSome = affected.some(
    (node) => node.onlyRun + node.onlyBranch + node.droppedOnlyRun + node.droppedOnlyBranch > 0,
  );
  return hasSome ? 'As many results and drops, but not the same ones.' : 'No result and no drop differs so far.';
}

/** What the branch has otherwise at one node: what its marks on charts and plane come to. */
export function summaryAt({ nodes, node }: BranchComparison, nodeId: string): string {
  const own = nodes.find((each) => each.nodeId === nodeId);
  if (own === undefined) return 'There is no such node there.';
  const counts: readonly (readonly [number, string])[] = [
    [own.different, 'with other values there'],
    [own.onlyRun, 'missing there'],
    [own.onlyBranch, 'only there'],
  ];
  const results = counts.filter(([count]) => count > 0).map(([count, words]) => `${plural(count, 'result')} ${words}`);
  const drops = [
    ...(own.droppedOnlyRun === 0 ? [] : [`${plural(own.droppedOnlyRun, 'row')} kept there`]),
    ...(own.droppedOnlyBranch === 0 ? [] : [`${plural(own.droppedOnlyBranch, 'row')} dropped there`]),
  ];
  const parts = [...results, ...drops];
  if (parts.length === 0) return 'nothing differs at this node so far';
  const left = node?.nodeId === nodeId ? node.marks.left : 0;
  return `${parts.join(', ')}${left === 0 ? '' : `; ${formatCount(left)} of them are too many to be marked`}`;
}

/** `2 results more`, `59 drops fewer`. */
export function changeOf(change: number, noun: string): string {
  const many = Math.abs(change);
  return `${formatCount(many)} ${noun}${many === 1 ? '' : 's'} ${change > 0 ? 'more' : 'fewer'}`;
}

/** `+2`, `−59`; nothing where both are alike. */
export function signed([run, branch]: Both<number>): string {
  const change = branch - run;
  return change === 0 ? '' : `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;
}
