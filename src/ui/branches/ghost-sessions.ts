import type { GhostSession } from '../../app/branches/ghost.ts';
import type { WindowChart } from '../../app/run-state.ts';
import type { Json } from '../../stream/value.ts';

/** A session of a branch in the chart of the run; of one that the branch lacks, where that would be. */
export interface GhostSpan {
  readonly lane: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly isThere: boolean;
}

/**
 * In the row of their key, or that of all other keys where there is one. Of what the branch lacks only that is told in whose
 * place it has nothing at all: a session that it has longer, shorter or in two stands there by itself.
 */
export function ghostSessions(sessions: readonly GhostSession[], chart: WindowChart): readonly GhostSpan[] {
  const lanes = new Map(chart.series.flatMap(({ name, isOther }, lane) => (isOther ? [] : [[name, lane] as const])));
  const rest = chart.series.findIndex(({ isOther }) => isOther);
  // Older ones are no part of the chart.
  const isPart = chart.windowsFired > chart.endMs.length;
  const fromMs = isPart ? chart.endMs.reduce((least, endMs) => Math.min(least, endMs), Infinity) : -Infinity;
  const there = new Map<string, GhostSession[]>();
  for (const session of sessions) {
    if (!session.isInBranch) continue;
    const own = there.get(session.key);
    if (own === undefined) there.set(session.key, [session]);
    else own.push(session);
  }
  return sessions.flatMap(({ key, startMs, endMs, isInBranch }): readonly GhostSpan[] => {
    const lane = lanes.get(keyText(key)) ?? rest;
    if (lane < 0 || endMs < fromMs) return [];
    if (isInBranch) return [{ lane, startMs, endMs, isThere: true }];
    const isInstead = there.get(key)?.some((other) => other.startMs < endMs && other.endMs > startMs) === true;
    return isInstead ? [] : [{ lane, startMs, endMs, isThere: false }];
  });
}

/** As charts name a key. */
function keyText(key: string): string {
  const values = JSON.parse(key) as readonly Json[];
  return values.map(valueText).join(' · ');
}

function valueText(value: Json): string {
  if (value === null) return 'NULL';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
