import { Table2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { ChartPicker } from './chart-picker.tsx';
import styles from './charts.module.css';
import type { PlotKey } from './plot-keys.ts';
import { PlotKeys } from './plot-keys.ts';

export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const KEYS =
  'Arrows walk, Enter selects, plus and minus zoom, 0 shows all, T shows a table. Drag to zoom, double click for all.';

interface ChartFrameProps {
  readonly title: ReactNode;
  /** What stands at the right of the title: the figure to read first. */
  readonly figure: ReactNode;
  /** The plot in one or two sentences, for whoever does not see it. */
  readonly summary: string;
  /** The same data as text. Asked for only while it is shown. */
  readonly table: () => DataTable;
  /** Instead of the plot, while there is nothing to draw. */
  readonly empty: ReactNode;
  readonly controls?: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}

/** One chart: its head, its plot as one tab stop whose keys are the plot's, and the same data as a table on `T`. */
export function ChartFrame({
  title,
  figure,
  summary,
  table,
  empty,
  controls,
  name,
  children,
}: ChartFrameProps): ReactElement {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const plotKey = useRef<PlotKey>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTurn = event.key.toLowerCase() === 't';
    if (isTurn) setTable(!isTable);
    if (!isTurn && (isTable || plotKey.current?.(event) !== true)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles['chart']} aria-labelledby={id} data-chart={name}>
      <header className={styles['chartHead']}>
        <h3 id={id}>{title}</h3>
        <ChartPicker name={name} />
        {controls}
        <span className={styles['figure']}>{figure}</span>
        {empty === null && (
          <button
            type="button"
            className={styles['tableButton']}
            aria-label="Show as table"
            aria-pressed={isTable}
            title={isTable ? 'Show as chart (T)' : 'Show as table (T)'}
            onClick={() => setTable(!isTable)}
          >
            <Table2 size={13} aria-hidden />
          </button>
        )}
      </header>
      {empty !== null ? (
        <p className={styles['empty']}>{empty}</p>
      ) : (
        // One element for both, so that the focus stays when T is pressed.
        <div
          className={styles[isTable ? 'tableBox' : 'plot']}
          role={isTable ? 'region' : 'img'}
          aria-label={summary}
          aria-description={isTable ? undefined : KEYS}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {isTable ? <DataTableView table={table()} /> : <PlotKeys value={plotKey}>{children}</PlotKeys>}
        </div>
      )}
    </section>
  );
}

function DataTableView({ table }: { table: DataTable }): ReactElement {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, i) => (
          <tr key={i}>
            {row.map((text, c) => (
              <td key={c}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
