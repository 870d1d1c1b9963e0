import { create } from 'zustand';
import type { EventTimeMs, ProcessingTimeMs } from '../stream/time.ts';

/** A moment that a pointer or a key points at. Null: nothing is pointed at along that axis. */
export interface TimeCursor {
  readonly eventMs: EventTimeMs | null;
  readonly atMs: ProcessingTimeMs | null;
}

/** A stretch of a time axis, `fromMs` included, `toMs` not. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where what is selected stands on the axes, as far as whoever selected it knows: charts and clocks mark it there. */
interface SelectedPlace {
  /** An event's time. */
  readonly eventMs?: EventTimeMs;
  /** When the event came, or the pane was emitted. */
  readonly atMs?: ProcessingTimeMs;
}

/** An entry of the log that is a row; `nodeId` is the node that it was looked at by. */
export interface SelectedEvent extends SelectedPlace {
  readonly kind: 'event';
  readonly nodeId: string;
  readonly seq: number;
  /** Of several rows that the node dropped at this entry, which one; the first where absent. */
  readonly nth?: number;
}

/**
 * One result of a window of `nodeId`, emitted at entry `seq`. `key` as the result's key columns, JSON text; null without a
 * key, and for all results of a window together: those that were emitted at `seq` or, by the charts, up to it.
 */
export interface SelectedPane extends SelectedPlace {
  readonly kind: 'pane';
  readonly nodeId: string;
  readonly key: string | null;
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  readonly seq: number;
  /** Where one row is meant: which of the node's results of the entry; a negative one counts from the end. NaN bounds: no window. */
  readonly nth?: number;
}

export type TimeSelection = SelectedEvent | SelectedPane;

interface TimeView {
  readonly cursor: TimeCursor | null;
  readonly selection: TimeSelection | null;
  /** What the charts and the plane show of each axis; null: all that there is. */
  readonly eventRange: TimeRange | null;
  readonly atRange: TimeRange | null;
  readonly pointAt: (cursor: TimeCursor | null) => void;
  readonly select: (selection: TimeSelection | null) => void;
  readonly showRanges: (ranges: {
    readonly eventRange?: TimeRange | null;
    readonly atRange?: TimeRange | null;
  }) => void;
}

/** What plane, charts, tables and canvas show in common: the moment pointed at, what is selected, and how much of each axis is in view. */
export const useTimeView = create<TimeView>()((set) => ({
  cursor: null,
  selection: null,
  eventRange: null,
  atRange: null,
  pointAt: (cursor) => set({ cursor }),
  select: (selection) => set({ selection }),
  showRanges: (ranges) => set(ranges),
}));

/** Whether the selection is this event of this node. */
export function isSameEvent(
  selection: TimeSelection | null,
  { nodeId, seq, nth = 0 }: Pick<SelectedEvent, 'nodeId' | 'seq' | 'nth'>,
): boolean {
  if (selection?.kind !== 'event') return false;
  return selection.nodeId === nodeId && selection.seq === seq && (selection.nth ?? 0) === nth;
}
