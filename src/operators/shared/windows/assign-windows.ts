import type { DurationMs, EventTimeMs, Window } from '../../../stream/time.ts';
import { windowStartMs } from '../../../stream/time.ts';
import type { WindowKind } from '../window-kinds.ts';

/** What windows are aligned by; figures that the kind does not use are 0. */
export interface Alignment {
  readonly kind: WindowKind;
  readonly sizeMs: DurationMs;
  readonly advanceMs: DurationMs;
  readonly stepMs: DurationMs;
  readonly gapMs: DurationMs;
  readonly offsetMs: DurationMs;
}

/** What of a dialect's window rules an assignment asks. */
interface AssignmentRules {
  readonly startsBeforeEpoch: boolean;
  readonly sessionEndsWith: 'last-event' | 'gap';
}

/**
 * The windows that an event at `timeMs` belongs to, by start and then by end; none where it falls between hopping windows
 * that are further apart than they are long. A session is the window of this event alone, before it is merged.
 * Not for sliding, count, global and inherited windows: time alone does not tell theirs.
 *
 * ```
 * size 10, advance 4, t = 13:   0---4---8---12--16--20--24
 *                                   [=========)              4..14
 *                                       [=========)          8..18
 *                                           [=========)     12..22
 * ```
 */
export function assignWindows(timeMs: EventTimeMs, alignment: Alignment, rules: AssignmentRules): readonly Window[] {
  const { kind, sizeMs, offsetMs } = alignment;
  switch (kind) {
    case 'tumbling': {
      const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
      return [{ startMs, endMs: startMs + sizeMs }];
    }
    case 'hopping':
      return hoppingWindows(timeMs, alignment, rules);
    case 'cumulate':
      return cumulatingWindows(timeMs, alignment);
    case 'session': {
      const endMs = rules.sessionEndsWith === 'gap' ? timeMs + alignment.gapMs : timeMs;
      return [{ startMs: timeMs, endMs }];
    }
    default:
      return [];
  }
}

function hoppingWindows(timeMs: EventTimeMs, alignment: Alignment, rules: AssignmentRules): readonly Window[] {
  const { sizeMs, advanceMs, offsetMs } = alignment;
  const windows: Window[] = [];
  const last = windowStartMs(timeMs, advanceMs, offsetMs);
  const first = last - Math.floor((sizeMs - 1 - (timeMs - last)) / advanceMs) * advanceMs;
  for (let startMs = first; startMs <= last; startMs += advanceMs) {
    // TimeWindows.windowsFor (Kafka): the first start is never below 0
    if (startMs < 0 && !rules.startsBeforeEpoch) continue;
    windows.push({ startMs, endMs: startMs + sizeMs });
  }
  return windows;
}

// SliceAssigners.CumulativeSliceAssigner (Flink): one start, an end every step up to the longest window.
function cumulatingWindows(timeMs: EventTimeMs, { sizeMs, stepMs, offsetMs }: Alignment): readonly Window[] {
  const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
  const windows: Window[] = [];
  const steps = Math.floor((timeMs - startMs) / stepMs) + 1;
  for (let endMs = startMs + steps * stepMs; endMs <= startMs + sizeMs; endMs += stepMs) {
    windows.push({ startMs, endMs });
  }
  return windows;
}
