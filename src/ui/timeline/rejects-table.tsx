import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { RejectedRecord } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { NOTHING, formatCount } from '../theme/format.ts';
import styles from './tables.module.css';

const SHOWN = 200;

interface RejectsTableProps {
  readonly nodeId: string;
  /** How many there are: more than before means that there is something new to ask for. */
  readonly rejected: number;
}

/** The first records of a source that became no row: where they stand and why. */
export function RejectsTable({ nodeId, rejected }: RejectsTableProps): ReactElement {
  const [records, setRecords] = useState<readonly RejectedRecord[]>([]);
  const isFull = records.length >= SHOWN;
  useEffect(() => {
    if (isFull) return;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const answer = await useRunStore.getState().rejects(nodeId, SHOWN);
      if (isCurrent) setRecords(answer);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [nodeId, rejected, isFull]);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Rejected records">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">line</th>
            <th scope="col">column</th>
            <th scope="col">
              reason{rejected > SHOWN && `, the first ${formatCount(SHOWN)} of ${formatCount(rejected)}`}
            </th>
            <th scope="col">record</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record, i) => (
            <tr key={i}>
              <td>{record.line}</td>
              <td>{record.column ?? NOTHING}</td>
              <td>{record.reason}</td>
              <td>
                <code>{record.text}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
