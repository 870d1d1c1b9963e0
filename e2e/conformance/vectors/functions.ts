import { dialectNamed } from '../../../src/operators/dialects/dialects.ts';
import type { Dialect } from '../../../src/operators/dialects/dialect.ts';
import type { Alignment } from '../../../src/operators/shared/windows/assign-windows.ts';
import { assignWindows } from '../../../src/operators/shared/windows/assign-windows.ts';
import { mergeSessions } from '../../../src/operators/shared/windows/merge-sessions.ts';
import type { WindowKind } from '../../../src/operators/shared/window-kinds.ts';
import type { Window } from '../../../src/stream/time.ts';
import type { FunctionCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { numberOr, objectOf, timeOf } from '../fields.ts';
import { windowFigures } from './window-parts.ts';

/** The rules that a case of a function goes by. */
function dialectOf({ engine, operator }: VectorCase): Dialect {
  if (engine === 'flink') return dialectNamed(operator['api'] === 'SQL' ? 'flink-sql' : 'flink-datastream');
  return dialectNamed(engine === 'beam' ? 'beam' : 'kafka-streams');
}

function alignmentOf({ operator }: VectorCase): Alignment {
  const figures = windowFigures(objectOf(operator, 'window'));
  return {
    kind: figures['kind'] as WindowKind,
    sizeMs: numberOr(figures, 'sizeMs', 0),
    advanceMs: numberOr(figures, 'advanceMs', 0),
    stepMs: numberOr(figures, 'stepMs', 0),
    gapMs: numberOr(figures, 'gapMs', 0),
    offsetMs: numberOr(figures, 'offsetMs', 0),
  };
}

/** `assignWindows`: the windows of each time; of Beam the final windows with the times in each. */
export function windowAssignment(given: VectorCase): FunctionCase {
  const { windows: rules } = dialectOf(given);
  const alignment = alignmentOf(given);
  const windowsOf = (input: JsonObject): readonly Window[] => assignWindows(timeOf(input['ts']), alignment, rules);
  const call = (): readonly JsonObject[] =>
    given.engine === 'beam'
      ? finalWindows(given.inputs, windowsOf, {
          isMerging: alignment.kind === 'session',
          touchingMerge: rules.touchingSessionsMerge,
        })
      : given.inputs.map((input, step) => ({ step, windows: windowsOf(input).map(bounds) }));
  return { graph: null, call: () => ({ outputs: call(), dropped: 0 }) };
}

function bounds({ startMs, endMs }: Window): Json {
  return [startMs, endMs];
}

function finalWindows(
  inputs: readonly JsonObject[],
  windowsOf: (input: JsonObject) => readonly Window[],
  { isMerging, touchingMerge }: { readonly isMerging: boolean; readonly touchingMerge: boolean },
): readonly JsonObject[] {
  const assigned = inputs.flatMap((input) => windowsOf(input).map((window) => ({ window, ts: timeOf(input['ts']) })));
  const finals = isMerging
    ? mergeSessions(
        assigned.map(({ window }) => window),
        touchingMerge,
      ).map(({ merged }) => merged)
    : assigned.map(({ window }) => window);
  const distinct = new Map(finals.map((window) => [JSON.stringify(bounds(window)), window]));
  return [...distinct.values()]
    .sort((a, b) => a.startMs - b.startMs)
    .map((window) => ({
      window: bounds(window),
      timestamps: assigned
        .filter((each) => window.startMs <= each.window.startMs && each.window.endMs <= window.endMs)
        .map(({ ts }) => ts)
        .sort((a, b) => a - b),
    }));
}

/** `mergeSessionWindows`: the windows that became one, where there were several. */
export function sessionMerge(given: VectorCase): FunctionCase {
  const { touchingSessionsMerge } = dialectOf(given).windows;
  const windows = given.inputs.map(({ window }): Window => {
    const [start, end] = window as readonly Json[];
    return { startMs: timeOf(start), endMs: timeOf(end) };
  });
  const call = (): readonly JsonObject[] =>
    mergeSessions(windows, touchingSessionsMerge).flatMap(({ merged, from }) =>
      from.length > 1 ? [{ merged: bounds(merged), from: from.map(bounds) }] : [],
    );
  return { graph: null, call: () => ({ outputs: call(), dropped: 0 }) };
}

/** `lateFilter`: the values of the rows whose window is not gone yet, and how many are. */
export function lateFilter(given: VectorCase): FunctionCase {
  const dialect = dialectOf(given);
  const alignment = alignmentOf(given);
  const latenessMs = numberOr(given.operator, 'allowedLateness', 0);
  // Beam's watermark is one more than Flink's.
  const shiftMs = given.engine === 'beam' ? -1 : 0;
  const call = (): { readonly outputs: readonly JsonObject[]; readonly dropped: number } => {
    let watermark = -Infinity;
    let dropped = 0;
    const kept: Json[] = [];
    for (const input of given.inputs) {
      if (input['watermark'] !== undefined) {
        watermark = timeOf(input['watermark']) + shiftMs;
        continue;
      }
      for (const { endMs } of assignWindows(timeOf(input['ts']), alignment, dialect.windows)) {
        if (watermark >= dialect.windows.cleanupAt(endMs, latenessMs)) dropped++;
        else kept.push(input['value'] ?? null);
      }
    }
    return { outputs: [{ kept }], dropped };
  };
  return { graph: null, call };
}
