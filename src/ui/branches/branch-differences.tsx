import { use, useState } from 'react';
import type { ReactElement } from 'react';
import type {
  BranchComparison,
  BranchDifference,
  BranchDifferenceKind,
  BranchRow,
} from '../../app/branches/branch-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { announce } from '../theme/announce.ts';
import { NOTHING, formatCount, formatExactCount, formatTime, formatWindow } from '../theme/format.ts';
import tables from '../timeline/tables.module.css';
import type { DifferenceFilter } from './branch-words.ts';
import { kindWords } from './branch-words.ts';
import { SideNamesContext } from './side-names.ts';
import styles from './branches.module.css';

/** Every result and drop of a node in which the branch differs; a click selects it everywhere. */
export function BranchDifferences({ comparison }: { comparison: BranchComparison }): ReactElement {
  const [filter, setFilter] = useState<DifferenceFilter>('all');
  const names = use(SideNamesContext);
  const words = kindWords(names);
  const { node, nodes } = comparison;
  const counts = nodes.find(({ nodeId }) => nodeId === node?.nodeId);
  if (node === null || counts === undefined || node.differences.length === 0) {
    return (
      <section className={styles['right']} aria-label="Differences">
        <p className={styles['empty']}>Nothing differs at this node.</p>
      </section>
    );
  }
  const all: Readonly<Record<BranchDifferenceKind, number>> = {
    different: counts.different,
    'only-run': counts.onlyRun,
    'only-branch': counts.onlyBranch,
    'dropped-only-run': counts.droppedOnlyRun,
    'dropped-only-branch': counts.droppedOnlyBranch,
  };
  const kinds = (Object.keys(all) as BranchDifferenceKind[]).filter((kind) => all[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + all[kind], 0);
  const rows = node.differences.filter(({ kind }) => filter === 'all' || kind === filter);
  return (
    <section className={styles['right']} aria-label="Differences">
      <div className={styles['filter']}>
        <label>
          Show{' '}
          <select value={filter} onChange={(event) => setFilter(event.target.value as DifferenceFilter)}>
            <option value="all">all {formatCount(total)} differences</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {words[kind]} {formatCount(all[kind])}
              </option>
            ))}
          </select>
        </label>
        {node.differences.length < total && <span>the first {formatCount(node.differences.length)} are listed</span>}
        {counts.uncompared > 0 && <span>{formatCount(counts.uncompared)} more were too many to compare</span>}
      </div>
      <div className={tables['box']} tabIndex={0} role="region" aria-label="List of differences">
        <table className={tables['table']}>
          <thead>
            <tr>
              <th scope="col">what</th>
              <th scope="col">window or event time</th>
              <th scope="col">in {names.run}</th>
              <th scope="col">in {names.branch}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((difference, i) => (
              <DifferenceRow
                key={`${filter} ${String(i)}`}
                nodeId={node.nodeId}
                difference={difference}
                isSameLog={comparison.isSameLog}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface DifferenceRowProps {
  readonly nodeId: string;
  readonly difference: BranchDifference;
  readonly isSameLog: boolean;
}

function DifferenceRow({ nodeId, difference, isSameLog }: DifferenceRowProps): ReactElement {
  const close = useWindowEnd();
  const words = kindWords(use(SideNamesContext));
  const { kind, window, run, branch, key } = difference;
  const tsMs = (run ?? branch)?.tsMs ?? Number.NaN;
  const place = window === null ? formatTime(tsMs) : close(formatWindow(window[0], window[1]));
  return (
    <tr data-kind={kind}>
      <td>
        {isSameLog || run !== null ? (
          <button
            type="button"
            className={styles['node']}
            aria-label={`Select: ${words[kind]}, ${place}${key === null ? '' : `, ${keyText(key)}`}`}
            onClick={() => select(nodeId, difference)}
          >
            <i data-mark={kind} aria-hidden />
            {words[kind]}
          </button>
        ) : (
          // Its entry has another number there: in the run it would be another row.
          <span className={styles['node']}>
            <i data-mark={kind} aria-hidden />
            {words[kind]}
          </span>
        )}
      </td>
      <td>{place}</td>
      <td title={cellText(run, difference)}>{cellText(run, difference)}</td>
      <td title={cellText(branch, difference)}>{cellText(branch, difference)}</td>
    </tr>
  );
}

/** Of two results the key and what differs; of one alone all that it holds. */
function cellText(row: BranchRow | null, { columns, key, run, branch }: BranchDifference): string {
  if (row === null) return NOTHING;
  const isPair = run !== null && branch !== null;
  const shown = isPair ? Object.entries(row.row).filter(([name]) => columns.includes(name)) : Object.entries(row.row);
  const texts = shown
    .filter(([name]) => key === null || !Object.hasOwn(key, name))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  if (isPair && columns.length === 0) texts.push(`event time ${formatTime(row.tsMs)}`);
  return [...(key === null ? [] : [keyText(key)]), ...texts].join(' · ');
}

function keyText(key: Readonly<Record<string, unknown>>): string {
  return Object.values(key)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}

function select(nodeId: string, { kind, window, key, run, branch }: BranchDifference): void {
  const row = run ?? branch;
  if (row === null) return;
  const isDrop = kind === 'dropped-only-run' || kind === 'dropped-only-branch';
  if (isDrop || window === null) {
    useTimeView.getState().select({
      kind: 'event',
      nodeId,
      seq: row.seq,
      ...(row.tsMs === null ? {} : { eventMs: row.tsMs }),
    });
    announce(`Entry ${formatExactCount(row.seq)} is selected.`);
    return;
  }
  const [startMs, endMs] = window;
  useTimeView.getState().select({
    kind: 'pane',
    nodeId,
    key: key === null ? null : JSON.stringify(key),
    startMs,
    endMs,
    seq: row.seq,
  });
  announce(`${formatWindow(startMs, endMs)} is selected.`);
}
