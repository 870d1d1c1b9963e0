import type { ReactElement, ReactNode } from 'react';
import type { MatchDrawing as Drawing } from '../../app/match-words/match-request.ts';
import { formatDuration } from '../theme/format.ts';
import styles from './match-drawing.module.css';

const WIDTH = 280;
const LEFT_Y = 22;
const RIGHT_Y = 54;
const [FROM_X, TO_X] = [58, WIDTH - 12];

/** Left rows are circles, right rows squares, as on the charts; what matches is tied together. */
export function MatchDrawing({ drawing }: { drawing: Drawing }): ReactElement {
  switch (drawing.kind) {
    case 'span':
      return <Span {...drawing} />;
    case 'windows':
      return <Windows {...drawing} />;
    case 'versions':
      return <Versions {...drawing} />;
    case 'kept':
      return <Kept {...drawing} />;
  }
}

function Frame({ children, height = 78 }: { children: ReactNode; height?: number }): ReactElement {
  return (
    <svg className={styles['drawing']} viewBox={`0 0 ${String(WIDTH)} ${String(height)}`} aria-hidden>
      <text x={2} y={LEFT_Y + 4}>
        left
      </text>
      <text x={2} y={RIGHT_Y + 4}>
        right
      </text>
      <path className={styles['lane']} d={`M${String(FROM_X - 16)} ${String(LEFT_Y)}H${String(WIDTH)}`} />
      <path className={styles['lane']} d={`M${String(FROM_X - 16)} ${String(RIGHT_Y)}H${String(WIDTH)}`} />
      {children}
    </svg>
  );
}

function Dot({ x, y = LEFT_Y }: { x: number; y?: number }): ReactElement {
  return <circle className={styles['mark']} cx={x} cy={y} r={4.5} />;
}

function Square({ x, isOut = false }: { x: number; isOut?: boolean }): ReactElement {
  return (
    <rect className={styles['mark']} data-out={isOut ? '' : undefined} x={x - 4} y={RIGHT_Y - 4} width={8} height={8} />
  );
}

function Tie({ from, to }: { from: number; to: number }): ReactElement {
  return <path className={styles['tie']} d={`M${String(from)} ${String(LEFT_Y)}L${String(to)} ${String(RIGHT_Y)}`} />;
}

/** Times to scale: the left row at 0, the stretch in which right rows match, and how long it waits after that. */
function Span({ fromMs, toMs, waitMs }: Extract<Drawing, { kind: 'span' }>): ReactElement {
  const least = Math.min(fromMs, 0);
  const most = Math.max(toMs + (waitMs ?? 0), 0);
  const room = most - least || 1;
  const edge = 18;
  const at = (ms: number): number => FROM_X + edge + ((ms - least) / room) * (TO_X - FROM_X - 2 * edge);
  const [from, to] = [at(fromMs), at(toMs)];
  const width = Math.max(to - from, 2);
  const waits = waitMs !== null && waitMs > 0;
  const isNarrow = width < 86;
  return (
    <Frame>
      {waits && <rect className={styles['wait']} x={to} y={RIGHT_Y - 11} width={at(toMs + waitMs) - to} height={22} />}
      <rect className={styles['span']} x={from} y={RIGHT_Y - 11} width={width} height={22} />
      <path className={styles['now']} d={`M${String(at(0))} ${String(LEFT_Y)}V${String(RIGHT_Y + 11)}`} />
      <Tie from={at(0)} to={from + width * 0.3} />
      <Tie from={at(0)} to={from + width * 0.75} />
      <Dot x={at(0)} />
      <Square x={from + width * 0.3} />
      <Square x={from + width * 0.75} />
      <Square x={from - 14} isOut />
      {!waits && <Square x={to + 14} isOut />}
      <text x={from} y={76} textAnchor={isNarrow ? 'end' : 'middle'}>
        {signed(fromMs)}
      </text>
      <text x={to} y={76} textAnchor={isNarrow ? 'start' : 'middle'}>
        {signed(toMs)}
      </text>
      {waits && (
        <text x={(to + at(toMs + waitMs)) / 2} y={RIGHT_Y - 15} textAnchor="middle">
          waits {formatDuration(waitMs)}
        </text>
      )}
    </Frame>
  );
}

function signed(ms: number): string {
  return ms > 0 ? `+${formatDuration(ms)}` : formatDuration(ms);
}

function Windows({ lengthMs, isSession }: Extract<Drawing, { kind: 'windows' }>): ReactElement {
  const ends = isSession ? [64, 138, 182, 262] : [60, 158, 160, 258];
  const label =
    lengthMs === null ? 'one window' : isSession ? `gap ${formatDuration(lengthMs)}` : formatDuration(lengthMs);
  return (
    <Frame>
      {[0, 2].map((i) => (
        <rect
          key={i}
          className={styles['span']}
          x={ends[i]}
          y={8}
          width={(ends[i + 1] ?? 0) - (ends[i] ?? 0)}
          height={60}
        />
      ))}
      <Tie from={84} to={112} />
      <Tie from={84} to={76} />
      <Dot x={84} />
      <Square x={112} />
      <Square x={76} />
      <Tie from={232} to={204} />
      <Dot x={232} />
      <Square x={204} />
      <text x={110} y={77} textAnchor="middle">
        {label}
      </text>
    </Frame>
  );
}

function Versions({ asOf }: Extract<Drawing, { kind: 'versions' }>): ReactElement {
  const changes = [60, 128, 206];
  const row = 168;
  const met = 128;
  return (
    <Frame>
      {changes.map((x, i) => (
        <rect
          key={x}
          className={x === met ? styles['span'] : styles['wait']}
          x={x}
          y={RIGHT_Y - 10}
          width={(changes[i + 1] ?? WIDTH - 6) - x - 2}
          height={20}
        />
      ))}
      {changes.map((x, i) => (
        <text key={x} x={x + 12} y={RIGHT_Y + 4}>
          v{i + 1}
        </text>
      ))}
      <path className={styles['now']} d={`M${String(row)} ${String(LEFT_Y)}V${String(RIGHT_Y)}`} />
      <Dot x={row} />
      {changes.map((x) => (
        <Square key={x} x={x + 4} />
      ))}
      <text x={row + 9} y={LEFT_Y - 8}>
        {asOf === 'arrival' ? 'arrives' : 'its event time'}
      </text>
      <text x={WIDTH} y={77} textAnchor="end">
        {asOf === 'arrival' ? 'order of arrival →' : 'event time →'}
      </text>
    </Frame>
  );
}

function Kept({ leftMs, rightMs }: Extract<Drawing, { kind: 'kept' }>): ReactElement {
  const now = 232;
  const lane = (y: number, ms: number | null): ReactElement => (
    <>
      <rect
        className={styles['span']}
        x={ms === null ? FROM_X - 16 : 120}
        y={y - 9}
        width={ms === null ? now - FROM_X + 16 : now - 120}
        height={18}
      />
      <text x={ms === null ? FROM_X - 10 : 116} y={y + 4} textAnchor={ms === null ? 'start' : 'end'}>
        {ms === null ? '∞' : formatDuration(ms)}
      </text>
    </>
  );
  return (
    <Frame>
      {lane(LEFT_Y, leftMs)}
      {lane(RIGHT_Y, rightMs)}
      <Tie from={now} to={150} />
      <Tie from={now} to={200} />
      <Square x={150} />
      <Square x={200} />
      <Dot x={160} />
      <Dot x={now} />
      <path className={styles['now']} d={`M${String(now)} 8V68`} />
      <text x={now} y={77} textAnchor="middle">
        now
      </text>
    </Frame>
  );
}
