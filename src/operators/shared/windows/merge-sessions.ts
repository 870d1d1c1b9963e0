import type { Window } from '../../../stream/time.ts';

/** Whether two sessions are one. `touchingMerge`: also when the end of one is the start of the other. */
export function sessionsMeet(a: Window, b: Window, touchingMerge: boolean): boolean {
  return touchingMerge ? a.startMs <= b.endMs && b.startMs <= a.endMs : a.startMs < b.endMs && b.startMs < a.endMs;
}

/** The window that covers both. */
export function coverOf(a: Window, b: Window): Window {
  return { startMs: Math.min(a.startMs, b.startMs), endMs: Math.max(a.endMs, b.endMs) };
}

export interface MergedWindow {
  readonly merged: Window;
  readonly from: readonly Window[];
}

/**
 * Merges windows that meet, directly or through others: by start, each with those that it came from in the same order.
 * Flink: `TimeWindow.mergeWindows`; Beam: `MergeOverlappingIntervalWindows`.
 */
export function mergeSessions(windows: readonly Window[], touchingMerge: boolean): readonly MergedWindow[] {
  const merged: { merged: Window; from: Window[] }[] = [];
  for (const window of windows.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last !== undefined && sessionsMeet(last.merged, window, touchingMerge)) {
      last.merged = coverOf(last.merged, window);
      last.from.push(window);
    } else merged.push({ merged: window, from: [window] });
  }
  return merged;
}
