import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { announce } from '../theme/announce.ts';
import { formatWindow } from '../theme/format.ts';

interface PickedWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** NaN where no result has come. */
  readonly emittedSeq: number;
  readonly emittedAtMs: number;
}

/** Selects a window of the watched node, everywhere. */
export function usePickWindow(): (window: PickedWindow) => void {
  const nodeId = useRunStore((state) => state.watched);
  return ({ startMs, endMs, emittedSeq, emittedAtMs }) => {
    if (nodeId === null || Number.isNaN(emittedSeq)) return;
    const window = { nodeId, key: null, startMs, endMs, seq: emittedSeq, atMs: emittedAtMs };
    useTimeView.getState().select({ kind: 'pane', ...window });
    announce(`${formatWindow(startMs, endMs)} is selected.`);
  };
}
