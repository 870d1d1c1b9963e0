import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { StateMark } from '../../app/run-state.ts';
import { Badge } from '../theme/badge.tsx';
import { formatDuration, formatTimeExact } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './inspector.module.css';

/** The watermark of each input and partition, and which of them holds the others back. */
export function StateMarksSection({ marks }: { marks: readonly StateMark[] }): ReactElement | null {
  const word = useTimeWord();
  const nodes = useDocumentStore((state) => state.document.nodes);
  if (marks.length === 0) return null;
  const finite = marks
    .flatMap(({ watermarkMs }) => (watermarkMs === null ? [] : [watermarkMs]))
    .filter(Number.isFinite);
  const most = Math.max(...finite);
  const title = `${word.slice(0, 1).toUpperCase()}${word.slice(1)} of inputs`;
  return (
    <section className={styles['section']} aria-label={title}>
      <h3 className={styles['heading']}>{title}</h3>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">of</th>
            <th scope="col" data-align="end">
              {word}
            </th>
            <th scope="col" data-align="end">
              behind
            </th>
          </tr>
        </thead>
        <tbody>
          {marks.map((mark) => (
            <tr
              key={`${mark.nodeId} ${String(mark.port)} ${String(mark.partition)}`}
              data-holds={mark.holds || undefined}
            >
              <td>
                {nameOf(mark, nodes)} {mark.holds && <Badge tone="tide">holds</Badge>}
                {mark.isIdle && <Badge tone="plain">idle</Badge>}
              </td>
              <td data-align="end">{mark.watermarkMs === null ? 'none yet' : formatTimeExact(mark.watermarkMs)}</td>
              <td data-align="end">
                {mark.watermarkMs === null || !Number.isFinite(mark.watermarkMs)
                  ? '–'
                  : formatDuration(most - mark.watermarkMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function nameOf({ nodeId, port, partition }: StateMark, nodes: readonly DocumentNode[]): string {
  const node = nodes.find(({ id }) => id === nodeId);
  const name = node === undefined ? nodeId : displayName(node);
  if (partition !== null) return `${name}, partition ${String(partition)}`;
  return port === null || port === 'in' ? name : `${port}: ${name}`;
}
