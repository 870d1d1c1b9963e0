import { useCallback } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import { addItem, centred, freePosition, itemById } from './add-node.ts';

/** Adds a palette item beside the selected node, or in the middle of what is in view. */
export function useAddAtCentre(): (itemId: string) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (itemId) => {
      const item = itemById(itemId);
      const box = store.getState().domNode?.getBoundingClientRect();
      if (item === undefined || box === undefined) return;
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      addItem(item, freePosition(centred(flow.screenToFlowPosition(middle))));
    },
    [flow, store],
  );
}
