import { useRunStore } from '../../app/run-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { NodeStats } from '../../app/run-state.ts';
import { formatTime, formatWindow } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';

/** What an empty result waits for, in words; null when the watched node waits for nothing. */
export function waitingText(
  waiting: NodeStats['waiting'],
  sourceName: string | null,
  word = 'watermark',
): string | null {
  if (waiting === null) return null;
  const { windowStartMs, windowEndMs, firesAtMs, neededEventTimeMs } = waiting;
  const window = formatWindow(windowStartMs, windowEndMs);
  const from = sourceName === null ? '' : ` from ${sourceName}`;
  const need =
    neededEventTimeMs === null
      ? `fires when the ${word} reaches ${formatTime(firesAtMs)}${sourceName === null ? '' : `; ${sourceName} holds it back`}`
      : `needs an event at ${formatTime(neededEventTimeMs)} or later${from}`;
  return `${window} ${need}.`;
}

export function useWaitingText(): string | null {
  const waiting = useRunStore((state) =>
    state.watched === null ? null : (state.nodes[state.watched]?.waiting ?? null),
  );
  const sourceName = useDocumentStore((state) => {
    const node = state.document.nodes.find(({ id }) => id === waiting?.sourceId);
    return node === undefined ? null : (node.label ?? node.id);
  });
  return waitingText(waiting, sourceName, useTimeWord());
}
