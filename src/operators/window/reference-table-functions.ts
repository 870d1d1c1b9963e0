import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { passed } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import { netCount } from '../reference-aggregates.ts';
import type { Cell } from './reference-cells.ts';
import { isUnusable, keysOf, resultOf, sameKey, settingOf, valuesOf, windowsOf } from './reference-cells.ts';
import { Holdings } from './reference-holdings.ts';

interface Window extends Cell {
  readonly rows: ReferenceRow[];
  readonly first: number;
}

/**
 * Aggregates over Flink SQL's window table functions: each window says its result once, when W >= end - 1, and is gone. A
 * row goes into those of its windows that have not fired and is late only if all have. `WindowAggOperator`.
 */
export function tableFunctionReference(request: ReferenceRequest<WindowBound>): Reference {
  const setting = settingOf(request);
  const { bound } = setting;
  const isProcessing = bound.timeDomain === 'processing';
  const holdings = new Holdings();
  let windows: Window[] = [];
  let arrivals = 0;

  const fire = (now: number, seq: number): readonly ReferenceResult[] => {
    const due = windows.filter(({ end }) => end - 1 <= now);
    due.sort((a, b) => a.end - b.end || a.start - b.start || a.first - b.first);
    windows = windows.filter((window) => !due.includes(window));
    return due.flatMap((window) => {
      // Rows that take back as many as there are leave nothing to say; more of them than that do.
      const isNothing = bound.takesChanges && netCount(window.rows) === 0;
      if (!isNothing) holdings.show(window);
      holdings.forget(window);
      const at = { seq, phase: 1 as const, ts: window.end - 1, timing: 1, index: 0 };
      return isNothing ? [] : [resultOf(setting, window, valuesOf(setting, window.rows), at)];
    });
  };

  return {
    row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
      if (isUnusable(setting, row)) {
        holdings.counted.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      let missed = 0;
      let isTaken = false;
      for (const [start, end] of windowsOf(setting, row)) {
        let isOpen = false;
        for (const key of keysOf(setting, row)) {
          const cell = bound.kind === 'session' ? sessionOf(windows, { key, start, end }) : { key, start, end };
          if (!isProcessing && cell.end - 1 <= watermark) continue;
          isOpen = true;
          const window = opened(cell);
          window.rows.push(row);
          holdings.take(row, window);
        }
        if (!isOpen) missed++;
        isTaken ||= isOpen;
      }
      holdings.counted.lateWindows += missed;
      if (isTaken) return [];
      holdings.counted.late++;
      return [passed(row, 'late', row.values)];
    },
    watermark: (watermark, seq) => (isProcessing ? [] : fire(watermark, seq)),
    clock: (now, seq) => (isProcessing ? fire(now, seq) : []),
    fates: () => holdings.fates(),
  };

  function opened(cell: Cell): Window {
    const found = windows.find((other) => isSame(other, cell));
    if (found !== undefined) return found;
    const merged = bound.kind === 'session' ? touching(windows, cell) : [];
    const first = Math.min(arrivals++, ...merged.map((other) => other.first));
    const window: Window = {
      ...cell,
      first,
      rows: merged.toSorted((a, b) => a.first - b.first).flatMap(({ rows }) => rows),
    };
    windows = [...windows.filter((other) => !merged.includes(other)), window];
    holdings.move(merged, window);
    return window;
  }
}

function isSame(a: Cell, b: Cell): boolean {
  return a.start === b.start && a.end === b.end && sameKey(a.key, b.key);
}

/** Sessions that touch at their ends are one: TimeWindow.intersects, both ends in. */
function touching<Found extends Cell>(windows: readonly Found[], cell: Cell): Found[] {
  return windows.filter(({ key, start, end }) => sameKey(key, cell.key) && start <= cell.end && end >= cell.start);
}

function sessionOf(windows: readonly Cell[], cell: Cell): Cell {
  const near = [cell, ...touching(windows, cell)];
  return {
    key: cell.key,
    start: Math.min(...near.map(({ start }) => start)),
    end: Math.max(...near.map(({ end }) => end)),
  };
}
