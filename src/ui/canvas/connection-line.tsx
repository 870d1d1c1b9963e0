import type { ReactElement } from 'react';
import { getBezierPath } from 'reactflow';
import type { ConnectionLineComponentProps } from 'reactflow';
import { portKey, useConnecting } from '../../app/document-connecting.ts';
import type { CanvasNode } from './flow-nodes.ts';
import styles from './stream-edge.module.css';

/** The cure follows in the message, when the edge is let go. */
function firstSentence(reason: string): string {
  return /^.*?[.!](?=\s|$)/.exec(reason)?.[0] ?? reason;
}

/** The edge under the hand. Over a port that refuses it the line says why. */
export function ConnectionLine(props: ConnectionLineComponentProps<CanvasNode>): ReactElement {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus, toNode, toHandle } = props;
  const key = toNode === null ? '' : portKey(toNode.id, toHandle?.id ?? '');
  const reason = useConnecting((state) => state.reasons.get(key) ?? null);
  const [path, x, y] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  return (
    <g>
      <path className={styles['draft']} data-status={connectionStatus ?? 'open'} d={path} />
      {connectionStatus === 'invalid' && reason !== null && (
        <text className={styles['reason']} x={x} y={y - 8}>
          {firstSentence(reason)}
        </text>
      )}
    </g>
  );
}
