import type { ReactElement } from 'react';
import { useStore } from 'reactflow';
import type { ReactFlowState } from 'reactflow';
import styles from './canvas.module.css';
import { useDrag } from './drag-gesture.ts';

const transformOf = (state: ReactFlowState): ReactFlowState['transform'] => state.transform;

/** Where what is dragged stands in line with others. */
export function HelperLineMarks(): ReactElement | null {
  const { x, y } = useDrag((state) => state.lines);
  const [left, top, zoom] = useStore(transformOf);
  return (
    <>
      {x !== null && <i className={styles['helperLine']} data-axis="x" style={{ left: x * zoom + left }} />}
      {y !== null && <i className={styles['helperLine']} data-axis="y" style={{ top: y * zoom + top }} />}
    </>
  );
}
