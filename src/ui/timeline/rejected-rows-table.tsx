import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { RejectedRow } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatTime } from '../theme/format.ts';
import styles from './tables.module.css';

const SHOWN = 200;

interface RejectedRowsTableProps {
  readonly nodeId: string;
  readonly name: string;
  /** The ledger's count: more than before means that there is something new to ask for. */
  readonly rejected: number;
}

/** The newest rows that an operator could not use, newest first: which, and what failed. */
export function RejectedRowsTable({ nodeId, name, rejected }: RejectedRowsTableProps): ReactElement {
  const [rows, setRows] = useState<readonly RejectedRow[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const answer = await useRunStore.getState().rejectedRows(nodeId, SHOWN);
      if (isCurrent) setRows(answer.toReversed());
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [nodeId, rejected]);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Rejected rows">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">rejected by</th>
            <th scope="col">event time</th>
            <th scope="col">
              reason, {rejected > SHOWN ? `the newest ${formatCount(SHOWN)} of ` : ''}
              <span data-source={`ledger:${nodeId}:rejected`}>{formatCount(rejected)}</span>
            </th>
            <th scope="col">row</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${String(row.seq)} ${String(i)}`}>
              <td>{name}</td>
              <td>{formatTime(row.tsMs)}</td>
              <td>{row.message}</td>
              <td>
                <code>{JSON.stringify(row.row)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
