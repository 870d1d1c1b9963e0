import { useEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import { addItem, centred, freePosition, itemById } from './add-node.ts';
import { useCanvasView } from './canvas-view.ts';
import { fitOptions, motionMs } from './fit-view.ts';

/** Lets the rest of the screen move the view and add to it. */
export function useProvideCanvasView(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    useCanvasView.setState({
      fit: () => void flow.fitView(fitOptions()),
      flyTo: (nodeId) => {
        const maxZoom = Math.max(1, flow.getZoom());
        void flow.fitView({ nodes: [{ id: nodeId }], maxZoom, duration: motionMs(280) });
      },
      addAtCentre: (itemId) => {
        const item = itemById(itemId);
        const box = store.getState().domNode?.getBoundingClientRect();
        if (item === undefined || box === undefined) return;
        const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        addItem(item, freePosition(centred(flow.screenToFlowPosition(middle))));
      },
    });
  }, [flow, store]);
}
