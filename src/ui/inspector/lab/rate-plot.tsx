import type { ReactElement } from 'react';
import { useDocumentStore } from '../../../app/document-store.ts';
import { ratesOf } from '../../../app/disorder-lab.ts';
import type { SourceRates } from '../../../app/disorder-lab.ts';
import { formatDuration, formatRate } from '../../theme/format.ts';
import styles from './lab.module.css';

const WIDTH = 280;
const TOP = 16;
const BASE = 72;
const HEIGHT = 88;
/** A line is not drawn on the edge. */
const HEADROOM = 1.04;

/** How the rate of a generator changes with event time; nothing where it does not. */
export function RatePlot({ nodeId }: { nodeId: string }): ReactElement | null {
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const rates = node === undefined ? null : ratesOf(node);
  if (rates === null) return null;
  const { picture, rateEventsPerSec } = rates;
  const { spanMs, endsMs, places, mostEventsPerSec } = picture;
  const x = (ms: number): number => (WIDTH * ms) / spanMs;
  const y = (rate: number): number => BASE - ((BASE - TOP) * rate) / (mostEventsPerSec * HEADROOM);
  const line = places.map(({ atMs, eventsPerSec }) => `${x(atMs).toFixed(2)} ${y(eventsPerSec).toFixed(2)}`).join('L');
  const isEndShown = endsMs < spanMs;
  return (
    <svg className={styles['plot']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(rates)}>
      <path className={styles['rateArea']} d={`M0 ${BASE}L${line}L${WIDTH} ${BASE}Z`} />
      <path className={styles['rateLine']} d={`M${line}`} />
      <line className={styles['plainRate']} x1={0} x2={WIDTH} y1={y(rateEventsPerSec)} y2={y(rateEventsPerSec)} />
      {isEndShown && (
        <>
          <rect
            className={styles['over']}
            x={x(endsMs)}
            width={WIDTH - x(endsMs)}
            y={TOP - 2}
            height={BASE - TOP + 2}
          />
          <line className={styles['percentile']} x1={x(endsMs)} x2={x(endsMs)} y1={TOP - 2} y2={BASE} />
        </>
      )}
      <line className={styles['base']} x1={0} x2={WIDTH} y1={BASE} y2={BASE} />
      <text className={styles['percentileText']} x={4} y={10}>
        {formatRate(picture.leastEventsPerSec)} to {formatRate(mostEventsPerSec)}, dashed {formatRate(rateEventsPerSec)}
      </text>
      <text className={styles['tick']} x={WIDTH - 4} y={10} textAnchor="end">
        ends after about {formatDuration(endsMs)}
      </text>
      <text className={styles['tick']} x={4} y={HEIGHT - 5}>
        start
      </text>
      <text className={styles['tick']} x={WIDTH / 2} y={HEIGHT - 5} textAnchor="middle">
        {formatDuration(spanMs / 2)}
      </text>
      <text className={styles['tick']} x={WIDTH - 4} y={HEIGHT - 5} textAnchor="end">
        {formatDuration(spanMs)}
      </text>
    </svg>
  );
}

function inWords({ picture, rateEventsPerSec }: SourceRates): string {
  const { spanMs, endsMs, leastEventsPerSec, mostEventsPerSec } = picture;
  return `The rate over the first ${formatDuration(spanMs)} of event time: from ${formatRate(leastEventsPerSec)} to ${formatRate(mostEventsPerSec)}; the plain rate, a dashed line, is ${formatRate(rateEventsPerSec)}. All events are made after about ${formatDuration(endsMs)}.`;
}
