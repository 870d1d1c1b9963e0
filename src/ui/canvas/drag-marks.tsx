import type { ReactElement } from 'react';
import { useStore } from 'reactflow';
import type { ReactFlowState } from 'reactflow';
import type { Box } from '../../app/arrange/boxes.ts';
import styles from './canvas.module.css';
import { useDrag } from './drag-gesture.ts';
import { useEdgeMarks } from './edge-marks.ts';

const transformOf = (state: ReactFlowState): ReactFlowState['transform'] => state.transform;

/** Where copies come to lie; why what is held over an edge may not go in there. */
export function DragMarks(): ReactElement {
  const copies = useDrag((state) => state.copies);
  const target = useEdgeMarks((state) => state.target);
  return (
    <>
      {copies.length > 0 && <Copies boxes={copies} />}
      {target !== null && target.reason !== null && (
        <p className={styles['refusal']} style={{ left: target.at.x, top: target.at.y }}>
          {target.reason}
        </p>
      )}
    </>
  );
}

function Copies({ boxes }: { boxes: readonly Box[] }): ReactElement {
  const [left, top, zoom] = useStore(transformOf);
  return (
    <>
      {boxes.map(({ id, x, y, w, h }) => (
        <i
          key={id}
          className={styles['copy']}
          style={{ left: x * zoom + left, top: y * zoom + top, width: w * zoom, height: h * zoom }}
        />
      ))}
    </>
  );
}
