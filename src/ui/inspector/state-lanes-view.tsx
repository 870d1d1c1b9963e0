import { useMemo } from 'react';
import type { ReactElement } from 'react';
import type { StateLook } from '../../stream/state-look.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { formatTimeExact, formatWindowShort } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './inspector.module.css';
import { SessionMergesView } from './session-merges-view.tsx';
import type { TimeScale } from './state-frame.tsx';
import { StateFrame } from './state-frame.tsx';
import type { LaneBar, StateLanes } from './state-lanes.ts';
import { stateLanes } from './state-lanes.ts';
import timeline from './state-timeline.module.css';

interface StateLanesViewProps {
  readonly nodeId: string;
  readonly look: StateLook;
  readonly watermarkMs: number | null;
}

const LANE_PX = 20;
const TOP = 12;
const NAME_CHARS = 9;
const CHAR_PX = 6;

/** Windows that are open, each key's sessions, on a line of time: how far they reach, what fires them, when they go. */
export function StateLanesView({ nodeId, look, watermarkMs }: StateLanesViewProps): ReactElement | null {
  const word = useTimeWord();
  const close = useWindowEnd(nodeId);
  const lanes = useMemo(() => stateLanes(look), [look]);
  if (lanes === null) return null;
  const bars = lanes.lanes.flatMap((lane) => lane.bars);
  const marks = watermarkMs !== null && Number.isFinite(watermarkMs) ? [watermarkMs] : [];
  const fromMs = Math.min(...bars.map(({ startMs }) => startMs));
  const lastMs = Math.max(...bars.flatMap(({ endMs, untilMs, goesMs }) => [endMs, untilMs ?? endMs, goesMs ?? endMs]));
  // A watermark that is far away does not press the windows together.
  const near = marks.filter((timeMs) => timeMs >= fromMs - (lastMs - fromMs) && timeMs <= 2 * lastMs - fromMs);
  const hidden = lanes.keys - lanes.lanes.length;
  const isMerging = lanes.by === 'key' && look.contents.some(({ what }) => what === 'sessions');
  return (
    <>
      <section className={styles['section']} aria-label="On the line of time">
        <h3 className={styles['heading']}>{lanes.by === 'key' ? 'By key, over event time' : 'Over event time'}</h3>
        <StateFrame
          fromMs={Math.min(fromMs, ...near)}
          toMs={Math.max(lastMs, ...near)}
          left={lanes.by === 'key' ? 62 : 4}
          height={TOP + lanes.lanes.length * LANE_PX}
          watermarkMs={watermarkMs}
          word={word}
          summary={summaryOf(lanes, close, word)}
        >
          {(x) =>
            lanes.lanes.map(({ name, bars: own }, lane) => (
              <g key={`${name} ${String(lane)}`} transform={`translate(0 ${String(TOP + lane * LANE_PX)})`}>
                {name !== '' && (
                  <text x={2} y={13}>
                    {name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name}
                    <title>{name}</title>
                  </text>
                )}
                {own.map((bar) => (
                  <Bar
                    key={`${String(bar.startMs)} ${String(bar.endMs)}`}
                    bar={bar}
                    x={x}
                    title={titleOf(bar, close, word)}
                  />
                ))}
              </g>
            ))
          }
        </StateFrame>
        {hidden > 0 && (
          <p className={styles['dim']}>
            The first {lanes.lanes.length} of {lanes.keys} keys that are listed below.
          </p>
        )}
      </section>
      {isMerging && <SessionMergesView lanes={lanes} />}
    </>
  );
}

function Bar({ bar, x, title }: { bar: LaneBar; x: TimeScale; title: string }): ReactElement {
  const { startMs, endMs, untilMs, goesMs, hasFired, text } = bar;
  const left = x(startMs);
  const width = Math.max(2, x(endMs) - left - 1);
  const goes = goesMs ?? untilMs ?? endMs;
  return (
    <g className={timeline['bar']} data-fired={hasFired || undefined}>
      <title>{title}</title>
      <rect x={left} y={3} width={width} height={LANE_PX - 6} rx={2} />
      {goes > endMs && (
        <path className={timeline['kept']} d={`M${String(x(endMs))} ${String(LANE_PX / 2)}H${String(x(goes))}`} />
      )}
      {untilMs !== null && <path className={timeline['due']} d={`M${String(x(untilMs))} 2V${String(LANE_PX - 2)}`} />}
      {width > text.length * CHAR_PX + 4 && (
        <text x={left + width / 2} y={14} textAnchor="middle">
          {text}
        </text>
      )}
    </g>
  );
}

function titleOf(
  { startMs, endMs, untilMs, goesMs, hasFired, text }: LaneBar,
  close: (window: string) => string,
  word: string,
): string {
  const window = `${close(formatWindowShort(startMs, endMs))}: ${text}`;
  if (untilMs === null) return window;
  const does = hasFired ? 'has fired, goes' : 'fires';
  const later = goesMs !== null && goesMs > untilMs ? `, goes at ${formatTimeExact(goesMs)}` : '';
  return `${window}, ${does} at ${word} ${formatTimeExact(untilMs)}${later}`;
}

function summaryOf({ by, lanes, keys }: StateLanes, close: (window: string) => string, word: string): string {
  const bars = lanes.flatMap((lane) => lane.bars);
  const first = bars.toSorted((a, b) => (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity))[0];
  const what =
    by === 'key' ? `${String(bars.length)} windows of ${String(keys)} keys` : `${String(bars.length)} open windows`;
  return `Bars over event time: ${what}.${first === undefined ? '' : ` First ${titleOf(first, close, word)}.`}`;
}
