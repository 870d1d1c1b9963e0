import type { ReactElement } from 'react';
import { useLineageView } from '../../app/lineage-view.ts';
import type { TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { formatWindowShort } from '../theme/format.ts';
import styles from './operator-node.module.css';

/** On the node that what is selected on the charts and the plane belongs to: which event or window it is. */
export function TimeMark({ nodeId }: { nodeId: string }): ReactElement | null {
  const selection = useTimeView((state) => (state.selection?.nodeId === nodeId ? state.selection : null));
  if (selection === null) return null;
  const text = markText(selection);
  return (
    <span className={styles['timeMark']} role="img" aria-label={`Selected: ${text}`} data-time-mark={selection.kind}>
      {text}
    </span>
  );
}

function markText(selection: TimeSelection): string {
  if (selection.kind === 'event') return `event #${String(selection.seq)}`;
  const { startMs, endMs, seq } = selection;
  return Number.isNaN(startMs) ? `result of #${String(seq)}` : formatWindowShort(startMs, endMs);
}

/** Whether an edge brought the selected event to its node, took the selected result from it, or lies on the way of a lineage. */
export function useCarriesSelected({
  source,
  target,
  isMain,
}: {
  source: string;
  target: string;
  isMain: boolean;
}): boolean {
  const isSelected = useTimeView(({ selection }) => {
    if (selection === null) return false;
    return selection.kind === 'event' ? selection.nodeId === target : isMain && selection.nodeId === source;
  });
  const isTraced = useLineageView(({ shown }) => shown?.nodeIds.has(source) === true && shown.nodeIds.has(target));
  return isSelected || isTraced;
}
