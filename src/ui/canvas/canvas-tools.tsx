import { List, Maximize, Maximize2, Minimize2, Minus, Plus, Workflow } from 'lucide-react';
import type { ReactElement } from 'react';
import { useReactFlow } from 'reactflow';
import { useGraphView } from '../list/graph-view.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { usePanels } from '../shell/panel-store.ts';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './canvas.module.css';
import { LineKey } from './line-key.tsx';
import { useCanvasView } from './canvas-view.ts';

export function CanvasTools(): ReactElement {
  const flow = useReactFlow();
  return (
    <div className={styles['tools']} role="toolbar" aria-label="View">
      <Tooltip text={withKeys('Zoom out', 'canvas.zoom-out')} side="top">
        <Button look="quiet" isIcon aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
          <Minus size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={withKeys('Zoom in', 'canvas.zoom-in')} side="top">
        <Button look="quiet" isIcon aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
          <Plus size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={withKeys('Fit the graph', 'canvas.fit')} side="top">
        <Button look="quiet" isIcon aria-label="Fit the graph" onClick={() => useCanvasView.getState().fit()}>
          <Maximize size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={withKeys('Lay out in columns', 'canvas.layout')} side="top">
        <Button look="quiet" isIcon aria-label="Lay out" onClick={() => useCanvasView.getState().layOut()}>
          <Workflow size={16} aria-hidden />
        </Button>
      </Tooltip>
      <ListButton />
      <FillButton />
      <LineKey />
    </div>
  );
}

/** Gives the graph the whole window. */
function FillButton(): ReactElement {
  const isFilled = usePanels((state) => state.filled === 'canvas');
  const text = isFilled ? 'Back to all panels' : 'Fill the window';
  const Icon = isFilled ? Minimize2 : Maximize2;
  return (
    <Tooltip text={withKeys(text, 'view.fill-canvas')} side="top">
      <Button look="quiet" isIcon aria-label={`${text}: graph`} onClick={() => usePanels.getState().fill('canvas')}>
        <Icon size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}

/** Shows the graph as a list of its nodes. */
function ListButton(): ReactElement {
  const isList = useGraphView((state) => state.isList);
  return (
    <Tooltip text={withKeys(isList ? 'The graph as a picture' : 'The graph as a list', 'view.list')} side="top">
      <Button
        look="quiet"
        isIcon
        aria-label="Graph as a list"
        aria-pressed={isList}
        onClick={() => useGraphView.getState().toggle()}
      >
        <List size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}
