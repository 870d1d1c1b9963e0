import { useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { StateLook } from '../../stream/state-look.ts';
import { announce } from '../theme/announce.ts';
import { formatCount, formatTimeExact } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './inspector.module.css';
import type { BufferedRow, JoinBuffers } from './join-buffers.ts';
import { joinBuffers } from './join-buffers.ts';
import type { TimeScale } from './state-frame.tsx';
import { StateFrame } from './state-frame.tsx';
import timeline from './state-timeline.module.css';

interface JoinBuffersViewProps {
  readonly look: StateLook;
  readonly keys: readonly [left: readonly string[], right: readonly string[]];
  readonly watermarkMs: number | null;
}

type Side = 'left' | 'right';

interface Chosen {
  readonly side: Side;
  readonly place: number;
}

const LEFT = 34;
const LEFT_Y = 26;
const RIGHT_Y = 74;
const HEIGHT = 92;

/** What waits on either side of a join: left rows above, right rows below, each until the watermark lets it go. */
export function JoinBuffersView({ look, keys, watermarkMs }: JoinBuffersViewProps): ReactElement | null {
  const word = useTimeWord();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const buffers = joinBuffers(look, keys);
  if (buffers === null || buffers.left.length + buffers.right.length === 0) return null;
  const inOrder = walkOrder(buffers);
  const row = chosen === null ? undefined : buffers[chosen.side][chosen.place];
  const choose = (next: Chosen | undefined): void => {
    const there = next === undefined ? undefined : buffers[next.side][next.place];
    if (next === undefined || there === undefined) return;
    setChosen(next);
    announce(rowText(buffers, next, there, word), 'place');
  };
  const onKey = ({ key }: KeyboardEvent): boolean => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[key];
    if (key === 'Escape' && chosen !== null) setChosen(null);
    else if (step === undefined) return false;
    else {
      const at = inOrder.findIndex(({ side, place }) => side === chosen?.side && place === chosen.place);
      choose(inOrder[Math.min(inOrder.length - 1, Math.max(0, at + step))]);
    }
    return true;
  };
  const { fromMs, toMs } = extentOf(buffers, watermarkMs);
  return (
    <section className={styles['section']} aria-label="Waiting rows over event time">
      <h3 className={styles['heading']}>Who waits for whom</h3>
      <StateFrame
        fromMs={fromMs}
        toMs={toMs}
        left={LEFT}
        height={HEIGHT}
        watermarkMs={watermarkMs}
        word={word}
        summary={summaryOf(buffers)}
        onKey={onKey}
      >
        {(x) => <Buffers buffers={buffers} chosen={chosen} x={x} onChoose={choose} />}
      </StateFrame>
      <p className={styles['dim']}>
        {row === undefined || chosen === null ? hintOf(buffers) : rowText(buffers, chosen, row, word)}
      </p>
    </section>
  );
}

interface BuffersProps {
  readonly buffers: JoinBuffers;
  readonly chosen: Chosen | null;
  readonly x: TimeScale;
  readonly onChoose: (chosen: Chosen) => void;
}

function Buffers({ buffers, chosen, x, onChoose }: BuffersProps): ReactElement {
  const { left, right, matches } = buffers;
  const row = chosen === null ? undefined : buffers[chosen.side][chosen.place];
  const isChosen = (side: Side, place: number): true | undefined =>
    (chosen?.side === side && chosen.place === place) || undefined;
  return (
    <g>
      <text x={0} y={LEFT_Y + 4}>
        left
      </text>
      <text x={0} y={RIGHT_Y + 4}>
        right
      </text>
      {row !== undefined && (
        <rect
          className={timeline['reach']}
          data-reach
          x={x(row.partners.fromMs)}
          y={(chosen?.side === 'left' ? RIGHT_Y : LEFT_Y) - 12}
          width={Math.max(2, x(row.partners.toMs) - x(row.partners.fromMs))}
          height={24}
        />
      )}
      {matches.map(([l, r]) => (
        <path
          key={`${String(l)} ${String(r)}`}
          className={timeline['tie']}
          data-chosen={isChosen('left', l) ?? isChosen('right', r)}
          d={`M${String(x(left[l]?.timeMs ?? 0))} ${String(LEFT_Y)}L${String(x(right[r]?.timeMs ?? 0))} ${String(RIGHT_Y)}`}
        />
      ))}
      {(['left', 'right'] as const).map((side) =>
        buffers[side].map((each, place) => (
          <Row
            key={`${side} ${String(place)}`}
            row={each}
            side={side}
            x={x}
            isMatched={matches.some((pair) => pair[side === 'left' ? 0 : 1] === place)}
            isChosen={isChosen(side, place) === true}
            onChoose={() => onChoose({ side, place })}
          />
        )),
      )}
    </g>
  );
}

interface RowProps {
  readonly row: BufferedRow;
  readonly side: Side;
  readonly x: TimeScale;
  readonly isMatched: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ row, side, x, isMatched, isChosen, onChoose }: RowProps): ReactElement {
  const y = side === 'left' ? LEFT_Y : RIGHT_Y;
  const at = x(row.timeMs);
  const mark = {
    className: timeline['row'],
    'data-matched': isMatched || undefined,
    'data-chosen': isChosen || undefined,
    onClick: onChoose,
  };
  return (
    <>
      {isChosen && row.goesMs !== null && (
        <path className={timeline['stays']} d={`M${String(at)} ${String(y)}H${String(x(row.goesMs))}v-4v8`} />
      )}
      {side === 'left' ? (
        <circle {...mark} cx={at} cy={y} r={4.5} />
      ) : (
        <rect {...mark} x={at - 4} y={y - 4} width={8} height={8} />
      )}
    </>
  );
}

function walkOrder({ left, right }: JoinBuffers): readonly Chosen[] {
  const all = [
    ...left.map(({ timeMs }, place) => ({ side: 'left' as const, place, timeMs })),
    ...right.map(({ timeMs }, place) => ({ side: 'right' as const, place, timeMs })),
  ];
  return all.toSorted((a, b) => a.timeMs - b.timeMs);
}

/** The times of the rows, with room at either end, and the watermark where it is near: how long rows stay may be far more. */
function extentOf({ left, right }: JoinBuffers, watermarkMs: number | null): { fromMs: number; toMs: number } {
  const times = [...left, ...right].map(({ timeMs }) => timeMs);
  const spanMs = Math.max(1_000, Math.max(...times) - Math.min(...times));
  const isNear = watermarkMs !== null && Math.abs(watermarkMs - Math.max(...times)) < 2 * spanMs;
  const all = isNear ? [...times, watermarkMs] : times;
  return { fromMs: Math.min(...all) - spanMs / 20, toMs: Math.max(...all) + spanMs / 10 };
}

function rowText(buffers: JoinBuffers, { side, place }: Chosen, row: BufferedRow, word: string): string {
  const other = side === 'left' ? 'right' : 'left';
  const partners = buffers.matches.filter((pair) => pair[side === 'left' ? 0 : 1] === place).length;
  const found = partners === 0 ? 'none has come yet' : partners === 1 ? 'one is here' : `${String(partners)} are here`;
  const { fromMs, toMs } = row.partners;
  const goes = row.goesMs === null ? '' : ` Goes at ${word} ${formatTimeExact(row.goesMs)}.`;
  const name = row.key === '' ? '' : ` of ${row.key}`;
  return `The ${side} row${name} at ${formatTimeExact(row.timeMs)} takes ${other} rows from ${formatTimeExact(fromMs)} to ${formatTimeExact(toMs)}: ${found}.${goes}`;
}

function summaryOf({ left, right, matches }: JoinBuffers): string {
  return `Two lines of event time: ${String(left.length)} left rows above, ${String(right.length)} right rows below, ${String(matches.length)} pairs of them match by key and time.`;
}

function hintOf({ left, right, total, matches }: JoinBuffers): string {
  const told = left.length + right.length;
  const all = total[0] + total[1];
  const part = told < all ? `The oldest ${formatCount(told)} of ${formatCount(all)}. ` : '';
  return `${part}${String(matches.length)} ${matches.length === 1 ? 'pair matches' : 'pairs match'} by key and time. Choose a row to see whom it waits for.`;
}
