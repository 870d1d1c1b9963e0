import { Maximize, Minus, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { useReactFlow } from 'reactflow';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './canvas.module.css';
import { LineKey } from './line-key.tsx';
import { useCanvasView } from './canvas-view.ts';

export function CanvasTools(): ReactElement {
  const flow = useReactFlow();
  return (
    <div className={styles['tools']} role="toolbar" aria-label="View">
      <Tooltip text="Zoom out" side="top">
        <Button look="quiet" isIcon aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
          <Minus size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text="Zoom in" side="top">
        <Button look="quiet" isIcon aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
          <Plus size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text="Fit the graph (F)" side="top">
        <Button look="quiet" isIcon aria-label="Fit the graph" onClick={() => useCanvasView.getState().fit()}>
          <Maximize size={16} aria-hidden />
        </Button>
      </Tooltip>
      <LineKey />
    </div>
  );
}
