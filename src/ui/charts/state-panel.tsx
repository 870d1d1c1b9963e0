import { useState } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { formatBytes, formatCount, formatExactCount, formatTime } from '../theme/format.ts';
import type { DataTable } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { Choices } from './choices.tsx';
import type { SpanRow } from './span-rows.ts';
import { spanRows } from './span-rows.ts';
import { StatePlot } from './state-plot.tsx';

const VIEWS = { rows: 'Rows', bytes: 'Size' } as const;
type View = keyof typeof VIEWS;

/** How much the watched node keeps, over processing time. */
export function StatePanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.state);
  const nodeId = useRunStore((state) => state.watched);
  const stats = useRunStore((state) => (state.watched === null ? undefined : state.nodes[state.watched]));
  const [view, setView] = useState<View>('rows');
  const rows = chart === null ? [] : spanRows(chart[view]);
  const write = view === 'rows' ? formatCount : formatBytes;
  const now = view === 'rows' ? stats?.stateRows : stats?.stateBytes;
  const most = view === 'rows' ? chart?.mostRows : chart?.mostBytes;
  const none = stats === undefined ? 'Nothing has run yet.' : 'This node has kept nothing so far.';
  return (
    <ChartFrame
      name="state"
      title="State"
      figure={
        chart === null ? null : (
          <>
            <span
              title={formatExactCount(now)}
              data-source={`ledger:${nodeId ?? ''}:${view === 'rows' ? 'stateRows' : 'stateBytes'}`}
            >
              {write(now)}
            </span>
            <span data-room="middle"> · most {write(most)}</span>
          </>
        )
      }
      controls={chart === null ? undefined : <Choices label="Unit" value={view} options={VIEWS} onChange={setView} />}
      summary={`A line over processing time: how much is kept. Now ${write(now)}${view === 'rows' ? ' rows' : ''}, at most ${write(most)} after a round.`}
      table={() => stateTable(rows, write)}
      empty={chart === null ? none : null}
    >
      <StatePlot rows={rows} isBytes={view === 'bytes'} write={write} />
    </ChartFrame>
  );
}

const TABLE_ROWS = 100;

function stateTable(rows: readonly SpanRow[], write: (value: number) => string): DataTable {
  return {
    columns: ['processing', 'least', 'most'],
    rows: rows.slice(-TABLE_ROWS).map(({ atMs, least, most }) => [formatTime(atMs), write(least), write(most)]),
  };
}
