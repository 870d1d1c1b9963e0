import { memo } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { getBezierPath, getSmoothStepPath, Position } from 'reactflow';
import type { EdgeProps } from 'reactflow';
import { useAnalysis } from '../../app/document-analysis.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { formatCount, formatRate, formatTimeShort } from '../theme/format.ts';
import { edgePlace } from './edge-places.ts';
import { useIsFar } from './far-nodes.ts';
import type { StreamFlowEdge } from './flow-nodes.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { useEdgeMarks } from './edge-marks.ts';
import { InsertButton } from './insert-button.tsx';
import { StreamBadge } from './stream-badge.tsx';
import styles from './stream-edge.module.css';
import type { Side } from './stream-line.tsx';
import { StreamLine } from './stream-line.tsx';
import { useCarriesSelected } from './time-mark.tsx';

/** Distance of the labels' base lines from the line, px. */
const ABOVE = 11;
const BELOW = 20;
/** Shortest edge beneath which a watermark fits although another edge bends away there, px. */
const ROOM_FOR_WATERMARK = 140;

const MOST_EDGES_WITH_DOTS = 120;
const NONE: readonly string[] = [];
const IDLE_HINT = 'Nothing came for a while: this input holds no watermark back';
const HOLDS_HINT = ': the least of this node’s inputs, which holds the node back';

type StreamEdgeProps = EdgeProps<StreamFlowEdge>;

/** One stream: how its rows change one another, how many come, and how far event time is. */
export const StreamEdge = memo(function StreamEdge(props: StreamEdgeProps): ReactElement {
  const { id, source, selected, sourceHandleId } = props;
  const port = (sourceHandleId ?? 'out') as OutputPortName;
  const side = props.sourcePosition !== Position.Bottom ? null : port === 'late' ? 'late' : 'rejected';
  const type = useAnalysis((state) => state.streams.get(source)?.outputs[port]);
  const place = useDocumentStore((state) => edgePlace(state.document.edges, id));
  const atPort = place?.atPort ?? 'only';
  const aim = useEdgeMarks(({ target }) => (target?.key !== id ? undefined : target.reason === null ? 'yes' : 'no'));
  const carries = useCarriesSelected({ source, target: props.target, isMain: port === 'out' });
  const isFar = useIsFar(source);
  const isHovered = useEdgeMarks(({ hovered }) => hovered === id);
  const [path, x, y] = side !== null ? getSmoothStepPath({ ...props, borderRadius: 8 }) : getBezierPath(props);
  return (
    <>
      <path className={styles['hit']} data-aim={aim} d={path} />
      {carries && <path className={styles['carries']} data-carries d={path} />}
      <StreamLine path={path} changes={type?.changes ?? 'append'} side={side} isSelected={selected === true} />
      {!isFar && atPort !== 'later' && (
        <EdgeFigures
          id={id}
          x={x}
          y={y}
          path={path}
          side={side}
          beside={place?.beside ?? NONE}
          hasRoomBelow={atPort === 'only' || props.targetX - props.sourceX > ROOM_FOR_WATERMARK}
        />
      )}
      {isHovered || selected === true ? (
        <InsertButton id={id} x={x} y={y} />
      ) : (
        !isFar && type !== undefined && side === null && <StreamBadge type={type} x={x} y={y} />
      )}
    </>
  );
});

interface EdgeFiguresProps {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly path: string;
  readonly side: Side | null;
  /** Keys of the other edges into the same node. */
  readonly beside: readonly string[];
  readonly hasRoomBelow: boolean;
}

/** Rate above, watermark below; dots while rows are on their way. */
function EdgeFigures({ id, x, y, path, side, beside, hasRoomBelow }: EdgeFiguresProps): ReactElement | null {
  const stats = useRunStore((state) => state.edges[id]);
  const word = useTimeWord();
  const isMoving = useRunStore((state) => lookedAt(state).status.kind === 'running' && hasRoomForDots(state.edges));
  const holds = useRunStore((state) => holdsWatermark(state.edges, id, beside));
  if (stats === undefined) return null;
  const rate = stats.ratePerSec ?? 0;
  return (
    <>
      {isMoving && side === null && rate > 0 && <Dots path={path} rate={rate} />}
      {side !== null ? (
        <text className={styles['label']} data-tone={side} x={x} y={y - ABOVE}>
          {side} {formatCount(stats.rows)}
        </text>
      ) : (
        <>
          {stats.ratePerSec !== null && stats.rows > 0 && (
            <text className={styles['label']} x={x} y={y - ABOVE}>
              {formatRate(stats.ratePerSec)}
            </text>
          )}
          {stats.watermarkMs !== null && hasRoomBelow && (
            <text
              className={styles['label']}
              data-tone={stats.idle ? 'idle' : 'watermark'}
              data-holds={holds ? '' : undefined}
              x={x}
              y={y + BELOW}
            >
              <title>
                {stats.idle ? IDLE_HINT : word}
                {holds ? HOLDS_HINT : ''}
              </title>
              {stats.idle ? 'idle' : `${word === 'watermark' ? 'W' : 'ST'} ${formatTimeShort(stats.watermarkMs)}`}
            </text>
          )}
        </>
      )}
    </>
  );
}

type EdgeFigure = ReturnType<typeof useRunStore.getState>['edges'];

/** Dots are there for a graph that can be looked at; hundreds would only take the page's time. */
function hasRoomForDots(edges: EdgeFigure): boolean {
  let count = counted.get(edges);
  if (count === undefined) counted.set(edges, (count = Object.keys(edges).length));
  return count <= MOST_EDGES_WITH_DOTS;
}

// Every edge asks.
const counted = new WeakMap<EdgeFigure, number>();

/** Whether the node at the end of the edge waits for this input: of all that are not idle its watermark is the least. */
function holdsWatermark(edges: EdgeFigure, key: string, beside: readonly string[]): boolean {
  const own = edges[key];
  if (own === undefined || own.idle || own.watermarkMs === null) return false;
  const { watermarkMs } = own;
  const others = beside.flatMap((other) =>
    edges[other]?.idle === false ? (edges[other].watermarkMs ?? -Infinity) : [],
  );
  return others.length > 0 && others.every((other) => other > watermarkMs);
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
