import { useCallback } from 'react';
import type { RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { addItem, centred, freePosition, itemById } from './add-node.ts';

/** Adds a palette item beside the selected node, or in the middle of what is in view. */
export function useAddAtCentre(canvas: RefObject<HTMLElement | null>): (itemId: string) => void {
  const flow = useReactFlow();
  return useCallback(
    (itemId) => {
      const item = itemById(itemId);
      const box = canvas.current?.getBoundingClientRect();
      if (item === undefined || box === undefined) return;
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      addItem(item, freePosition(centred(flow.screenToFlowPosition(middle))));
    },
    [canvas, flow],
  );
}
