import { useEffect } from 'react';
import type { XYPosition } from 'reactflow';
import { GRID } from '../../app/arrange/node-sizes.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { nudgeSelection } from './arrange.ts';
import { isNowhere } from '../theme/use-return.ts';
import { useCanvasView } from './canvas-view.ts';

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LEAP = 4;
const PAN_PX = 64;

/**
 * Arrow keys on the graph as a whole: they move what is selected also when nothing has the focus, as after Select all, and
 * the view when nothing is selected. React Flow moves a focused node.
 */
export function useNudge(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const direction = DIRECTIONS[event.key];
      if (direction === undefined || event.defaultPrevented || !isNowhere(event.target)) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const { nodeIds, noteIds } = useDocumentStore.getState().selection;
      const [x, y] = direction;
      const factor = event.shiftKey ? LEAP : 1;
      const by = (px: number): XYPosition => ({ x: x * px * factor, y: y * px * factor });
      if (nodeIds.length + noteIds.length > 0) nudgeSelection(by(GRID));
      else useCanvasView.getState().pan(by(-PAN_PX));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
