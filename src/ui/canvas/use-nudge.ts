import { useEffect } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { GRID } from './add-node.ts';
import { nudgeSelection } from './arrange.ts';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-GRID, 0],
  ArrowRight: [GRID, 0],
  ArrowUp: [0, -GRID],
  ArrowDown: [0, GRID],
};
const LEAP = 4;

/** Arrow keys move what is selected also when nothing has the focus, as after Select all. React Flow moves a focused node. */
export function useNudge(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step = STEPS[event.key];
      const { nodeIds, noteIds } = useDocumentStore.getState().selection;
      if (step === undefined || event.defaultPrevented || !isNowhere(event.target)) return;
      if (event.altKey || event.ctrlKey || event.metaKey || nodeIds.length + noteIds.length === 0) return;
      event.preventDefault();
      const factor = event.shiftKey ? LEAP : 1;
      nudgeSelection({ x: step[0] * factor, y: step[1] * factor });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** The graph as a whole has the keyboard when nothing in it has. */
function isNowhere(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.tagName === 'MAIN');
}
