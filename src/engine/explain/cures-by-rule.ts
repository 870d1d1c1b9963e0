import { assignWindows } from '../../operators/shared/windows/assign-windows.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Cure, MissedWindow } from './drop-evidence.ts';
import type { FoundDrop } from './drop-search.ts';
import type { TimeGivers } from './time-givers.ts';

export const DELAY_PATH = ['config', 'watermark', 'delayMs'] as const;
export const TOLERANCE_PATH = ['config', 'watermark', 'maxAheadMs'] as const;
export const LATENESS_PATH = ['config', 'latenessMs'] as const;

/** What can be said of a drop without another run. */
export interface RuledCures {
  readonly windows: readonly MissedWindow[];
  readonly cures: readonly Cure[];
  /** Whether this is all that there is to say. */
  readonly isComplete: boolean;
}

interface Dropped {
  readonly plan: Plan;
  readonly node: number;
  readonly givers: TimeGivers;
  readonly found: FoundDrop;
  /** Whether somebody stated watermarks or statuses by hand before. */
  readonly hasStated: boolean;
  /** Whether the graph was edited before: what came before an edit went by other figures, and only runs tell what that adds up to. */
  readonly isEdited: boolean;
}

/**
 * Which delay or lateness would have kept a row, in closed form. A window takes rows until the watermark is at its end and
 * lateness (`WindowRules.cleanupAt`); a watermark is its newest event less the delay: each of the two figures has to grow by
 * what the watermark was beyond that, and by 1 ms more.
 *
 * ```
 * end + lateness      W           newest event
 *        |------------|---- delay ----|
 *           excess       now
 * ```
 */
export function curesByRule(dropped: Dropped): RuledCures {
  const { plan, node, found } = dropped;
  const planned = plan.nodes[node];
  if (planned === undefined) return NOTHING;
  if (found.reason === 'early') return { windows: [], cures: toleranceOf(planned, found), isComplete: true };
  if (found.reason !== 'late') return { windows: [], cures: [], isComplete: true };
  const windows = missedWindows(plan, planned, found);
  const known = windows.flatMap(({ endMs, closesAtMs }) =>
    closesAtMs === null ? [] : [{ endMs, excessMs: found.watermarkMs - closesAtMs }],
  );
  // A trigger that has finished closes its window, too: no figure says when.
  const isRuled = known.length > 0 && known.length === windows.length && known.every(({ excessMs }) => excessMs >= 0);
  if (dropped.isEdited || planned.kind !== 'window' || !isRuled || !Number.isFinite(found.watermarkMs)) {
    return { windows, cures: [], isComplete: false };
  }
  const lateness = latenessCure(plan, planned, known);
  const delays = delayCures(dropped, known);
  const cures = [...(delays ?? []), ...(lateness === null ? [] : [lateness])];
  return { windows, cures, isComplete: delays !== null };
}

const NOTHING: RuledCures = { windows: [], cures: [], isComplete: true };

interface Excess {
  readonly endMs: number;
  readonly excessMs: DurationMs;
}

const BY_TIME: ReadonlySet<string> = new Set(['tumbling', 'hopping', 'cumulate']);

/** A window that is merged, or begins with other rows, closes when these say. */
function missedWindows(
  plan: Plan,
  { kind, bound }: PlannedNode,
  { windows, tsMs }: FoundDrop,
): readonly MissedWindow[] {
  if (kind !== 'window') return windows.map(([startMs, endMs]) => ({ startMs, endMs, closesAtMs: null }));
  const window = bound as WindowBound;
  const { windows: rules } = plan.dialect;
  const isStore = rules.machine === 'stores';
  const keepsMs = isStore ? window.graceMs : window.latenessMs;
  const isFixed =
    BY_TIME.has(window.kind) && window.timeDomain === 'event' && !(isStore && window.engine.retentionMs !== undefined);
  const own = isFixed ? assignWindows(tsMs, window, rules) : [];
  const isKnown = own.length === windows.length;
  return windows.map(([startMs, endMs], i) => {
    const utcEndMs = isKnown ? own[i]?.endMs : undefined;
    return { startMs, endMs, closesAtMs: utcEndMs === undefined ? null : rules.cleanupAt(utcEndMs, keepsMs) };
  });
}

function cureOf(cure: Pick<Cure, 'kind' | 'nodeId' | 'path' | 'nowMs'>, known: readonly Excess[]): Cure {
  const byWindow = known.map(({ endMs, excessMs }) => ({ endMs, aboveMs: cure.nowMs + excessMs }));
  return { ...cure, aboveMs: Math.min(...byWindow.map(({ aboveMs }) => aboveMs)), byWindow, basis: 'rule' };
}

/** Null where the engine keeps no window for late rows. */
function latenessCure(plan: Plan, { id, bound }: PlannedNode, known: readonly Excess[]): Cure | null {
  const { latenessMs, engine } = bound as WindowBound;
  const isKept =
    plan.dialect.windows.hasLateness || (plan.dialect.name === 'flink-sql' && engine.api === 'group-window');
  return isKept ? cureOf({ kind: 'lateness', nodeId: id, path: LATENESS_PATH, nowMs: latenessMs }, known) : null;
}

/** Null where a longer delay would not simply move the whole curve back by as much. */
function delayCures(
  { plan, node, givers, found, hasStated }: Dropped,
  known: readonly Excess[],
): readonly Cure[] | null {
  if (!givers.isPlain || hasStated) return null;
  const isStore = plan.dialect.windows.machine === 'stores';
  const cures: Cure[] = [];
  for (const giver of givers.nodes) {
    const { id = '', bound } = plan.nodes[giver] ?? {};
    const { watermark } = bound as SourceTimes;
    if (watermark.strategy !== 'per-event' || watermark.idleMs > 0) return null;
    const given = found.given.get(giver);
    if (given === undefined) return null;
    // Its watermark is at the end of time: no delay holds that back.
    if (given === Infinity && !isStore) continue;
    // Grace follows from the longest delay upstream, stream time from none.
    const nowMs = watermark.delayMs;
    const fromMs = isStore ? (plan.nodes[node]?.inputs[0]?.type.delayMs ?? 0) : nowMs;
    const beyondMs = isStore ? fromMs - nowMs : given - found.watermarkMs;
    const moved = known.map(({ endMs, excessMs }) => ({ endMs, excessMs: excessMs + beyondMs }));
    cures.push(cureOf({ kind: 'delay', nodeId: id, path: DELAY_PATH, nowMs }, moved));
  }
  return cures;
}

/** A row is early when it is further ahead of its processing time than the tolerance. */
function toleranceOf({ id, bound }: PlannedNode, { tsMs, atMs }: FoundDrop): readonly Cure[] {
  const { maxAheadMs } = (bound as SourceTimes).watermark;
  const aboveMs = tsMs - atMs - 1;
  return [
    { kind: 'tolerance', nodeId: id, path: TOLERANCE_PATH, nowMs: maxAheadMs, aboveMs, byWindow: [], basis: 'rule' },
  ];
}
