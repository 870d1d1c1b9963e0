import { memo } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { getBezierPath, getSmoothStepPath } from 'reactflow';
import type { EdgeProps } from 'reactflow';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { formatCount, formatRate, formatTimeShort } from '../theme/format.ts';
import type { StreamFlowEdge } from './flow-store.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './stream-edge.module.css';

/** Distance of the labels' base lines from the line, px. */
const ABOVE = 9;
const BELOW = 18;
/** Shortest edge beneath which a watermark fits although another edge bends away there, px. */
const ROOM_FOR_WATERMARK = 140;

type StreamEdgeProps = EdgeProps<StreamFlowEdge>;

/** One stream: a line for rows that only arrive, two rails for a changelog, amber dashes for late rows. */
export const StreamEdge = memo(function StreamEdge(props: StreamEdgeProps): ReactElement {
  const { id, source, selected, sourceHandleId } = props;
  const port = (sourceHandleId ?? 'out') as OutputPortName;
  const isLate = port === 'late';
  const isChangelog = useAnalysis((state) => {
    const changes = state.streams.get(source)?.outputs[port]?.changes;
    return changes === 'upsert' || changes === 'retract';
  });
  const place = useDocumentStore((state) => placeAtPort(state.document, id));
  const [path, x, y] = isLate ? getSmoothStepPath({ ...props, borderRadius: 8 }) : getBezierPath(props);
  const tone = `${isLate ? (styles['late'] ?? '') : ''} ${selected === true ? (styles['selected'] ?? '') : ''}`;
  return (
    <>
      <path className={styles['hit']} d={path} />
      <path className={`${styles[isChangelog ? 'rails' : 'line'] ?? ''} ${tone}`} d={path} />
      {isChangelog && <path className={styles['gap']} d={path} />}
      {place !== 'later' && (
        <EdgeFigures
          id={id}
          x={x}
          y={y}
          path={path}
          isLate={isLate}
          hasRoomBelow={place === 'only' || props.targetX - props.sourceX > ROOM_FOR_WATERMARK}
        />
      )}
    </>
  );
});

/**
 * Edges of one port carry the same stream: its figures stand on the first, and once only. Beneath a short edge that is
 * one of several another one would run through the watermark.
 */
function placeAtPort({ edges }: PipelineDocument, id: string): 'only' | 'first' | 'later' {
  const own = edges.find((edge) => edgeKey(edge) === id);
  const beside = edges.filter(({ from }) => from.node === own?.from.node && from.port === own.from.port);
  if (beside.length < 2) return 'only';
  return beside[0] === own ? 'first' : 'later';
}

interface EdgeFiguresProps {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly path: string;
  readonly isLate: boolean;
  readonly hasRoomBelow: boolean;
}

/** Rate above, watermark below; dots while rows are on their way. */
function EdgeFigures({ id, x, y, path, isLate, hasRoomBelow }: EdgeFiguresProps): ReactElement | null {
  const stats = useRunStore((state) => state.edges[id]);
  const word = useTimeWord();
  const isRunning = useRunStore((state) => state.status.kind === 'running');
  if (stats === undefined) return null;
  const rate = stats.ratePerSec ?? 0;
  return (
    <>
      {isRunning && !isLate && rate > 0 && <Dots path={path} rate={rate} />}
      {isLate ? (
        <text className={styles['label']} data-tone="late" x={x} y={y - ABOVE}>
          late {formatCount(stats.rows)}
        </text>
      ) : (
        <>
          {stats.ratePerSec !== null && stats.rows > 0 && (
            <text className={styles['label']} x={x} y={y - ABOVE}>
              {formatRate(stats.ratePerSec)}
            </text>
          )}
          {stats.watermarkMs !== null && hasRoomBelow && (
            <text className={styles['label']} data-tone="watermark" x={x} y={y + BELOW}>
              <title>{word}</title>
              {word === 'watermark' ? 'W' : 'ST'} {formatTimeShort(stats.watermarkMs)}
            </text>
          )}
        </>
      )}
    </>
  );
}

/** The speed tells the rate in three steps. */
function Dots({ path, rate }: { path: string; rate: number }): ReactElement {
  const seconds = rate < 5 ? 4 : rate < 100 ? 2.5 : 1.4;
  const style = (delay: number): CSSProperties =>
    ({ offsetPath: `path('${path}')`, '--travel': `${seconds}s`, animationDelay: `${-delay}s` }) as CSSProperties;
  return (
    <>
      <circle className={styles['dot']} r={2.5} style={style(0)} />
      <circle className={styles['dot']} r={2.5} style={style(seconds / 2)} />
    </>
  );
}
