import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import type { ResultTable } from '../../app/run-state.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { formatCount, formatWindowDated, formatWindowShort } from '../theme/format.ts';
import controls from '../theme/controls.module.css';
import { cellText, isRightAligned } from '../timeline/cell-text.ts';
import { needsDate, timeOfDayText } from './day-of-times.ts';
import styles from './inspector.module.css';

/** They stand in the window column already. */
const WINDOW_COLUMNS = new Set(['window_start', 'window_end']);

interface ResultsSectionProps {
  readonly nodeId: string;
  readonly rowsMax: number;
}

/** The newest rows that left the node, newest first. */
export function ResultsSection({ nodeId, rowsMax }: ResultsSectionProps): ReactElement | null {
  const results = useRunStore((state) => (state.results?.nodeId === nodeId ? state.results : null));
  const emitted = useRunStore((state) => state.nodes[nodeId]?.emitted.out);
  const rowsIn = useRunStore((state) => state.nodes[nodeId]?.in);
  if (rowsIn === undefined) return null;
  return (
    <section className={styles['section']} aria-label="Results">
      <h3 className={styles['heading']}>
        Results
        {emitted !== undefined && (
          <span className={styles['dim']}>
            <span data-source={`ledger:${nodeId}:emitted.out`}>{formatCount(emitted)}</span>{' '}
            {emitted === 1 ? 'row' : 'rows'}
          </span>
        )}
      </h3>
      {results === null || results.length === 0 ? (
        <p className={styles['note']}>No row yet.</p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Rows">
          <ResultRows results={results} rowsMax={rowsMax} />
        </div>
      )}
    </section>
  );
}

function ResultRows({ results, rowsMax }: { results: ResultTable; rowsMax: number }): ReactElement {
  const hasWindow = !Number.isNaN(results.windowStartMs[results.length - 1] ?? Number.NaN);
  const columns = results.columns
    .filter(({ name }) => !hasWindow || !WINDOW_COLUMNS.has(name))
    .map((column) => ({ ...column, withDate: needsDate(column.values, column.type) }));
  const writeWindow = needsDate([...results.windowStartMs], 'TIMESTAMP') ? formatWindowDated : formatWindowShort;
  const close = useWindowEnd(results.nodeId);
  const count = Math.min(rowsMax, results.length);
  const rows = Array.from({ length: count }, (_, i) => results.length - 1 - i);
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">
            <span className={controls['visuallyHidden']}>change</span>
          </th>
          {hasWindow && <th scope="col">window</th>}
          {columns.map(({ name, type }) => (
            <th key={name} scope="col" data-align={isRightAligned(type) ? 'end' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const op = ROW_KIND_NAMES[results.kinds[row] ?? 0] ?? '+I';
          return (
            <tr key={row}>
              <td>
                <ChangeBadge kind={op} />
              </td>
              {hasWindow && (
                <td>{close(writeWindow(results.windowStartMs[row] ?? 0, results.windowEndMs[row] ?? 0))}</td>
              )}
              {columns.map(({ name, type, values, withDate }) => (
                <td key={name} data-align={isRightAligned(type) ? 'end' : undefined}>
                  {(withDate ? null : timeOfDayText(values[row], type)) ?? cellText(values[row] ?? null, type)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
