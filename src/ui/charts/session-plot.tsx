import type { ReactElement } from 'react';
import type { WindowChart } from '../../app/run-state.ts';
import type { GhostSpan } from '../branches/ghost-sessions.ts';
import type { WindowBar } from './chart-rows.ts';
import { GhostSpans } from './ghost-spans.tsx';
import { EARLY_FILL, EarlyDots } from './marks.tsx';
import { usePlotArea } from './plot-area.ts';
import { TimeAxis } from './plot-axes.tsx';
import { Plot } from './plot-parts.tsx';
import { useTimeRange } from './time-extents.ts';
import { usePickWindow } from './use-pick-window.ts';
import { useWindowEnd } from './use-window-end.ts';
import { figureText, keyName, windowNote } from './window-text.ts';

const LABEL_WIDTH = 72;
/** Longest name of a key that fits beside the plot. */
const NAME_CHARS = 10;
const LANE_GAP_PX = 3;
/** Height below which values are not written into the bars. */
const LANE_FOR_TEXT_PX = 11;
const CHAR_PX = 6.5;
const LEAST_WIDTH_PX = 2;

interface Session {
  readonly lane: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
  readonly look: 'early' | 'on-time';
  readonly isChanged: boolean;
}

interface SessionPlotProps {
  readonly chart: WindowChart;
  readonly bars: readonly WindowBar[];
  /** What a branch has otherwise. */
  readonly ghost: readonly GhostSpan[];
}

/** Windows that are as long as their events make them: from start to end, a row for each of the busiest keys. */
export function SessionPlot({ chart, bars, ghost }: SessionPlotProps): ReactElement {
  const close = useWindowEnd();
  const sessions = sessionsOf(chart, bars);
  const hasEarly = sessions.some(({ look }) => look === 'early');
  const names = [...chart.series.map((series) => keyName(chart, series)), ...(hasEarly ? ['early'] : [])];
  const pick = usePickWindow();
  const ownFromMs = bars.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  const ownToMs = bars.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity);
  const { fromMs, toMs } = useTimeRange('event', { fromMs: ownFromMs, toMs: ownToMs });
  return (
    <Plot
      rows={bars}
      place={{ by: 'value', key: 'endMs', from: fromMs, to: toMs }}
      note={(bar) => windowNote(chart, bar, close)}
      labelWidth={LABEL_WIDTH}
      axis="event"
      onPick={pick}
    >
      <EarlyDots />
      <TimeAxis from={fromMs} to={toMs} hasGrid />
      <Lanes names={names} sessions={sessions} ghost={ghost} fromMs={fromMs} toMs={toMs} />
    </Plot>
  );
}

function sessionsOf(chart: WindowChart, bars: readonly WindowBar[]): readonly Session[] {
  const isStacked = chart.arrangement === 'stacked';
  return bars.flatMap(({ startMs, endMs, values, early, addedLate }) => {
    const isEarly = early !== 0;
    const own = values.flatMap((value, lane): readonly Session[] =>
      // The rest of the keys has a sum for every window, also for those that are of another key.
      value === null || (isEarly && !isStacked) || (value === 0 && chart.series[lane]?.isOther === true)
        ? []
        : [{ lane, startMs, endMs, value, look: 'on-time', isChanged: addedLate !== 0 }],
    );
    if (!isEarly) return own;
    const shown = isStacked ? early : (values.find((value) => value !== null) ?? 0);
    const open: Session = { lane: chart.series.length, startMs, endMs, value: shown, look: 'early', isChanged: false };
    return [...own, open];
  });
}

interface LanesProps {
  readonly names: readonly string[];
  readonly sessions: readonly Session[];
  readonly ghost: readonly GhostSpan[];
  readonly fromMs: number;
  readonly toMs: number;
}

function Lanes({ names, sessions, ghost, fromMs, toMs }: LanesProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || !(toMs > fromMs) || names.length === 0) return null;
  const lanePx = area.height / names.length;
  const barPx = Math.max(2, lanePx - LANE_GAP_PX);
  const xOf = (timeMs: number): number =>
    area.x + Math.min(1, Math.max(0, (timeMs - fromMs) / (toMs - fromMs))) * area.width;
  const isSeen = (span: { readonly startMs: number; readonly endMs: number }): boolean =>
    span.endMs > fromMs && span.startMs < toMs;
  const inView = sessions.filter(isSeen);
  const rects = inView.map((session) => {
    const x = xOf(session.startMs);
    const width = Math.max(LEAST_WIDTH_PX, xOf(session.endMs) - x);
    return { session, x, width, y: area.y + session.lane * lanePx, text: figureText(session.value) };
  });
  return (
    <g>
      {names.map((name, lane) => (
        <text
          key={name}
          x={area.x - 7}
          y={area.y + (lane + 0.5) * lanePx + 3}
          textAnchor="end"
          fontSize="var(--t-xs)"
          fill="var(--ink-3)"
        >
          {name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name}
          <title>{name}</title>
        </text>
      ))}
      {rects.map(({ session, x, y, width, text }, i) => (
        <g key={i} className="session">
          {/* Sessions that were merged later lie beneath the one that took them in. */}
          <rect x={x} y={y} width={width} height={barPx} rx={2} fill="var(--surface)" />
          <rect
            x={x}
            y={y}
            width={width}
            height={barPx}
            rx={2}
            fill={session.look === 'early' ? EARLY_FILL : 'var(--ontime)'}
            fillOpacity={session.look === 'early' ? 1 : 0.3}
            stroke={session.isChanged ? 'var(--late)' : 'var(--ontime)'}
            strokeWidth={session.isChanged ? 2 : 1}
          />
          {barPx >= LANE_FOR_TEXT_PX && width > text.length * CHAR_PX + 4 && session.look !== 'early' && (
            <text
              x={x + width / 2}
              y={y + barPx / 2 + 4}
              textAnchor="middle"
              fontSize="var(--t-xs)"
              fontWeight={600}
              fill="var(--ink)"
            >
              {text}
            </text>
          )}
        </g>
      ))}
      <GhostSpans spans={ghost.filter(isSeen)} xOf={xOf} top={area.y} lanePx={lanePx} barPx={barPx} />
    </g>
  );
}
