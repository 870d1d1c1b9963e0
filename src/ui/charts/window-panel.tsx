import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { ResultTable, WindowChart } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { ghostResults } from '../branches/ghost-figures.ts';
import { ghostSessions } from '../branches/ghost-sessions.ts';
import { ghostWords, plural } from '../branches/ghost-words.ts';
import { useGhost } from '../branches/use-ghost.ts';
import { formatCount } from '../theme/format.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { WindowBar } from './chart-rows.ts';
import { windowBars } from './chart-rows.ts';
import styles from './charts.module.css';
import { EarlySample, seriesOpacity } from './marks.tsx';
import { SessionPlot } from './session-plot.tsx';
import { useWindowEnd } from './use-window-end.ts';
import { useWaitingText } from './use-waiting-text.ts';
import { windowPlaces } from './window-places.ts';
import { WindowPlot } from './window-plot.tsx';
import { keyName, windowSize, windowSummary, windowTable } from './window-text.ts';

const NO_CHART: WindowChart = {
  by: 'window',
  column: '',
  columns: [],
  arrangement: 'stacked',
  startMs: new Float64Array(),
  endMs: new Float64Array(),
  emittedSeq: new Float64Array(),
  emittedAtMs: new Float64Array(),
  series: [],
  early: new Float64Array(),
  addedLate: null,
  isMerging: false,
  windowsFired: 0,
  approximate: false,
};

/** Results over event time, by key. */
export function WindowPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.windows);
  const waiting = useWaitingText();
  const hasRun = useRunStore((state) => lookedAt(state).seq > 0);
  const close = useWindowEnd();
  const without = useRunStore((state) => whyNoBars(state.results));
  const ghost = useGhost();
  const others = useMemo(() => (ghost === null ? [] : ghostResults(ghost.node.windows)), [ghost]);
  const spans = useMemo(
    () => (ghost === null || chart === null ? [] : ghostSessions(ghost.marks.sessions, chart)),
    [ghost, chart],
  );
  const found = useMemo(() => (chart === null ? [] : windowBars(chart)), [chart]);
  const shown = chart ?? NO_CHART;
  const places = useMemo(() => (shown.isMerging ? null : windowPlaces(found)), [shown, found]);
  const bars = places?.bars ?? found;
  const none = waiting ?? (hasRun ? 'No result yet.' : 'Nothing has run yet.');
  const otherWords = shown.isMerging ? plural(spans.length, 'session') : plural(others.length, 'window');
  const isPartial = shown.windowsFired > shown.startMs.length;
  return (
    <ChartFrame
      name="windows"
      title={chart === null ? 'Results over event time' : <WindowTitle chart={chart} bars={bars} />}
      figure={
        isPartial ? (
          <span data-room="middle" title="The newest windows">
            {formatCount(shown.startMs.length)} of {formatCount(shown.windowsFired)}
          </span>
        ) : (
          shown.by === 'window' && <span data-room="high">{windowSize(bars)}</span>
        )
      }
      controls={chart === null ? undefined : <Keys chart={chart} />}
      summary={windowSummary(shown, bars) + ghostWords(ghost, otherWords)}
      table={() => windowTable(shown, bars, close)}
      empty={chart === null ? (without ?? none) : null}
    >
      {places === null ? (
        <SessionPlot chart={shown} bars={bars} ghost={spans} />
      ) : (
        <WindowPlot chart={shown} places={places} ghost={others} />
      )}
    </ChartFrame>
  );
}

/** Why results that are there cannot be drawn over event time; null when there are none. */
function whyNoBars(results: ResultTable | null): string | null {
  if (results === null || results.length === 0) return null;
  return results.windowStartMs.every((startMs) => Number.isNaN(startMs))
    ? 'These windows have no start and no end. What they gave stands under Results.'
    : 'No result column is a number. What windows gave stands under Results.';
}

function WindowTitle({ chart, bars }: { chart: WindowChart; bars: readonly WindowBar[] }): ReactElement {
  const choose = useRunStore((state) => state.chooseValue);
  if (chart.by === 'interval') {
    return (
      <>
        Rows per {windowSize(bars)}
        <span data-room="middle"> of event time</span>
      </>
    );
  }
  if (chart.columns.length < 2) {
    return (
      <>
        {chart.column}
        <span data-room="high"> per window</span>
      </>
    );
  }
  return (
    <>
      <select
        className={styles['select']}
        aria-label="Result column"
        value={chart.column}
        onChange={(event) => choose(event.target.value)}
      >
        {chart.columns.map((column) => (
          <option key={column}>{column}</option>
        ))}
      </select>
      <span data-room="middle"> per window</span>
    </>
  );
}

/** What the strengths of blue stand for; one key needs no telling. */
function Keys({ chart }: { chart: WindowChart }): ReactElement | null {
  const hasLate = chart.addedLate?.some((value) => value > 0) === true;
  const hasEarly = chart.early.some((value) => value !== 0);
  // Of sessions each key has a row with its name.
  const isAlone = chart.series.length === 1 || chart.isMerging;
  if (isAlone && !hasLate && !hasEarly) return null;
  return (
    <span className={styles['keys']}>
      {!isAlone &&
        chart.series.map((series, i) => (
          <span key={series.isOther ? 'other' : `key ${series.name}`} data-sort={series.isOther ? 'others' : undefined}>
            <i style={{ background: 'var(--ontime)', opacity: seriesOpacity(i, series.isOther) }} />
            {keyName(chart, series)}
          </span>
        ))}
      {hasEarly && (
        <span data-sort="others">
          <EarlySample />
          early
        </span>
      )}
      {hasLate && (
        <span data-sort="others">
          <i style={{ background: 'var(--late)' }} />
          added late
        </span>
      )}
    </span>
  );
}
