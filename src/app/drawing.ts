import { create } from 'zustand';

/** Whether the canvas shows all of the graph by now: a large one comes in over some frames. */
export const useDrawing = create<{ readonly isWhole: boolean }>()(() => ({ isWhole: true }));

/** Does what can wait at once, or when the graph stands. */
export function onceDrawn(act: () => void): void {
  if (useDrawing.getState().isWhole) {
    act();
    return;
  }
  const stop = useDrawing.subscribe(({ isWhole }) => {
    if (!isWhole) return;
    stop();
    act();
  });
}
