import type { ReactElement } from 'react';
import type { PartitionPicture } from '../../../app/run-state.ts';
import { formatCount, formatDuration } from '../../theme/format.ts';
import styles from './lab.module.css';

/** More of them would be a list to scroll. */
const SHOWN_MAX = 12;

/** What each partition has of the rows, and for how long it says nothing. */
export function PartitionBars({ partitions }: { partitions: readonly PartitionPicture[] }): ReactElement | null {
  if (partitions.length < 2) return null;
  const most = Math.max(1, ...partitions.map(({ rows }) => rows));
  return (
    <table className={styles['partitions']} aria-label="Partitions">
      <thead>
        <tr>
          <th scope="col">Partition</th>
          <th scope="col" colSpan={2}>
            Rows
          </th>
          <th scope="col">Longest silence</th>
        </tr>
      </thead>
      <tbody>
        {partitions.slice(0, SHOWN_MAX).map(({ rows, silentMs }, partition) => (
          <tr key={partition} data-idle={rows === 0 ? '' : undefined}>
            <th scope="row">{partition}</th>
            <td className={styles['share']} aria-hidden>
              <span style={{ inlineSize: `${(100 * rows) / most}%` }} />
            </td>
            <td>{rows === 0 ? 'idle' : formatCount(rows)}</td>
            <td>{rows === 0 ? 'always' : formatDuration(silentMs)}</td>
          </tr>
        ))}
      </tbody>
      {partitions.length > SHOWN_MAX && (
        <tfoot>
          <tr>
            <td colSpan={4}>and {partitions.length - SHOWN_MAX} more</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
