import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { passed } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import { isUnusable, keysOf, sameKey, settingOf, windowsOf } from './reference-cells.ts';
import type { Cell } from './reference-cells.ts';
import { Holdings, byArrival } from './reference-holdings.ts';

interface Session extends Cell {
  readonly rows: ReferenceRow[];
  readonly first: number;
}

/**
 * Window table functions alone: each row once for each of its windows, with the window's columns, at once and never late.
 * Sessions are not known before they end: their rows wait for it, and are late for a session that has ended.
 * `AlignedWindowTableFunctionOperator`, `UnalignedWindowTableFunctionOperator`.
 */
export function rowsReference(request: ReferenceRequest<WindowBound>): Reference {
  const setting = settingOf(request);
  const { bound } = setting;
  const isProcessing = bound.timeDomain === 'processing';
  const holdings = new Holdings();
  let sessions: Session[] = [];
  let arrivals = 0;

  const end = (now: number, seq: number): readonly ReferenceResult[] => {
    const due = sessions.filter((session) => session.end - 1 <= now);
    due.sort((a, b) => a.end - b.end || a.start - b.start || a.first - b.first);
    sessions = sessions.filter((session) => !due.includes(session));
    return due.flatMap((session) => {
      holdings.show(session);
      holdings.forget(session);
      return byArrival(session.rows).map((row) => annotated({ ...row, seq, phase: 1 }, session.start, session.end));
    });
  };

  return {
    row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
      if (isUnusable(setting, row)) {
        holdings.counted.rejected++;
        return [passed(row, 'rejected', row.values)];
      }
      const windows = windowsOf(setting, row);
      if (bound.kind !== 'session') {
        holdings.counted[windows.length > 0 ? 'used' : 'filtered']++;
        // SlidingWindowAssigner.assignWindows begins with the last start, the others with the first end.
        const inOrder = bound.kind === 'hopping' ? windows.toReversed() : windows;
        return inOrder.map(([start, windowEnd]) => annotated(row, start, windowEnd));
      }
      const [start, windowEnd] = windows[0]!;
      const key = keysOf(setting, row)[0]!;
      const near = sessions.filter(
        (other) => sameKey(other.key, key) && other.start <= windowEnd && other.end >= start,
      );
      const mergedEnd = Math.max(windowEnd, ...near.map((other) => other.end));
      if (!isProcessing && mergedEnd - 1 <= watermark) {
        holdings.counted.late++;
        holdings.counted.lateWindows++;
        return [passed(row, 'late', row.values)];
      }
      const session: Session = {
        key,
        start: Math.min(start, ...near.map((other) => other.start)),
        end: mergedEnd,
        rows: [...near.flatMap(({ rows }) => rows), row],
        first: Math.min(arrivals++, ...near.map(({ first }) => first)),
      };
      sessions = [...sessions.filter((other) => !near.includes(other)), session];
      holdings.move(near, session);
      holdings.take(row, session);
      return [];
    },
    watermark: (watermark, seq) => (isProcessing ? [] : end(watermark, seq)),
    clock: (now, seq) => (isProcessing ? end(now, seq) : []),
    fates: () => holdings.fates(),
  };
}

/** Behind the row's columns: the window's start, its end, and its last millisecond, which is the time of the result. */
function annotated({ at: _at, ...row }: ReferenceRow, start: number, end: number): ReferenceResult {
  const values = [...row.values, start, end, end - 1];
  return { ...row, port: 'out', ts: end - 1, values, window: [start, end], pane: [1, 0] };
}
