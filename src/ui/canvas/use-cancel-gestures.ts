import { useEffect } from 'react';
import { useStoreApi } from 'reactflow';
import { cancelConnecting } from './connection-handlers.ts';
import { cancelDrag } from './drag-gesture.ts';
import { useEdgeMarks } from './edge-marks.ts';
import { useFlowStore } from './flow-store.ts';

/** Escape in the middle of a gesture, and a window that loses the pointer, put back what was in the hand. */
export function useCancelGestures(): void {
  const store = useStoreApi();
  useEffect(() => {
    const cancel = (): boolean => {
      const wasConnecting = cancelConnecting();
      if (wasConnecting) store.getState().cancelConnection();
      const wasDragging = cancelDrag();
      if (wasDragging) useFlowStore.getState().settle();
      useEdgeMarks.getState().aim(null);
      return wasConnecting || wasDragging;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !cancel()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onLeave = (): void => void cancel();
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('blur', onLeave);
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('blur', onLeave);
    };
  }, [store]);
}
