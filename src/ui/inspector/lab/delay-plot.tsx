import type { ReactElement } from 'react';
import type { DelayBin, DelayPicture } from '../../../app/run-state.ts';
import { formatCount, formatDuration } from '../../theme/format.ts';
import styles from './lab.module.css';

const WIDTH = 280;
const TOP = 30;
const BASE = 96;
const HEIGHT = 112;
/** One bin for what comes at once, then ten a decade: at least from 1 ms to 10 s. */
const FEWEST_BINS = 41;
const DECADES = [
  '0',
  '10 ms',
  '100 ms',
  '1 s',
  '10 s',
  '2 min',
  '17 min',
  '3 h',
  '1 d',
  '12 d',
  '116 d',
  '3 y',
  '32 y',
];

interface DelayPlotProps {
  readonly picture: DelayPicture;
  readonly delayMs: number;
}

/** Place of a delay on the axis, in bins: what comes at once first, then by its logarithm. */
function placeOf(delayMs: number): number {
  return delayMs < 1 ? 0.5 : 1 + 10 * Math.log10(delayMs);
}

/** Delays on a logarithmic axis, bars by root of the count; what is beyond the watermark's delay in the colour of late. */
export function DelayPlot({ picture, delayMs }: DelayPlotProps): ReactElement {
  const { bins, p50Ms, p95Ms, p99Ms } = picture;
  const count = Math.max(FEWEST_BINS, bins.length, Math.ceil(placeOf(delayMs)) + 2);
  const step = WIDTH / count;
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const x = (ms: number): number => placeOf(ms) * step;
  return (
    <svg
      className={styles['plot']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={inWords(picture, delayMs)}
    >
      {bins.map((bin, i) => (
        <Bar
          key={bin.fromMs}
          bin={bin}
          x={i * step}
          width={step}
          share={Math.sqrt(bin.rows / most)}
          delayMs={delayMs}
        />
      ))}
      <line className={styles['base']} x1={0} x2={WIDTH} y1={BASE} y2={BASE} />
      {DECADES.map((text, i) => {
        const at = i === 0 ? step / 2 : (1 + 10 * i) * step;
        const isShown = at < WIDTH - 12 && (count <= 75 || i % 2 === 0);
        return (
          isShown && (
            <text key={text} className={styles['tick']} x={Math.max(at, 4)} y={HEIGHT - 4} textAnchor="middle">
              {text}
            </text>
          )
        );
      })}
      <Percentiles places={[x(p50Ms), x(p95Ms), x(p99Ms)]} />
      <line className={styles['watermark']} x1={x(delayMs)} x2={x(delayMs)} y1={TOP - 14} y2={BASE} />
      <text
        className={styles['watermarkText']}
        x={x(delayMs) + (x(delayMs) > WIDTH * 0.6 ? -4 : 4)}
        y={10}
        textAnchor={x(delayMs) > WIDTH * 0.6 ? 'end' : 'start'}
      >
        watermark delay {formatDuration(delayMs)}
      </text>
    </svg>
  );
}

interface BarProps {
  readonly bin: DelayBin;
  readonly x: number;
  readonly width: number;
  readonly share: number;
  readonly delayMs: number;
}

/** The bin in which the watermark's delay lies is cut in two there. */
function Bar({ bin, x, width, share, delayMs }: BarProps): ReactElement | null {
  if (bin.rows === 0) return null;
  const height = Math.max(1.5, share * (BASE - TOP));
  const within = Math.min(1, Math.max(0, placeOf(Math.max(delayMs, 1)) - placeOf(Math.max(bin.fromMs, 1))));
  const inside = bin.fromMs === 0 ? 1 : within;
  const y = BASE - height;
  return (
    <>
      {inside > 0 && (
        <rect className={styles['bar']} x={x} y={y} width={Math.max(0.5, width * inside - 0.5)} height={height} />
      )}
      {inside < 1 && (
        <rect
          className={styles['beyond']}
          x={x + width * inside}
          y={y}
          width={Math.max(0.5, width * (1 - inside) - 0.5)}
          height={height}
        />
      )}
    </>
  );
}

/** Close ones share their place: the rarest is written. */
function Percentiles({ places }: { places: readonly number[] }): ReactElement {
  const names = ['p50', 'p95', 'p99'];
  return (
    <>
      {places.map((x, i) => {
        const next = places[i + 1];
        const hasRoom = next === undefined || next - x > 22;
        return (
          <g key={names[i]}>
            <path className={styles['percentile']} d={`M${x} ${TOP - 6}V${BASE}`} />
            {hasRoom && (
              <text
                className={styles['percentileText']}
                x={Math.min(WIDTH - 10, Math.max(10, x))}
                y={TOP - 8}
                textAnchor="middle"
              >
                {names[i]}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function inWords(picture: DelayPicture, delayMs: number): string {
  const { rows, p50Ms, p95Ms, p99Ms, maxMs, beyond } = picture;
  return `Delays of the first ${formatCount(rows)} events on a logarithmic axis, bars by root of the count. Half within ${formatDuration(p50Ms)}, 95 of 100 within ${formatDuration(p95Ms)}, 99 within ${formatDuration(p99Ms)}, the longest ${formatDuration(maxMs)}. ${formatCount(beyond)} are longer than the watermark delay of ${formatDuration(delayMs)}.`;
}
