import type { LaneBar, StateLanes } from './state-lanes.ts';

/** Sessions of a key that became one. */
export interface SessionMerge {
  readonly key: string;
  /** By start. */
  readonly parts: readonly Pick<LaneBar, 'startMs' | 'endMs'>[];
  readonly into: Pick<LaneBar, 'startMs' | 'endMs'>;
}

/** What merged between two looks at the sessions of one operator: each that now lies over several that are no more. */
export function mergesBetween(before: StateLanes, after: StateLanes): readonly SessionMerge[] {
  return after.lanes.flatMap(({ name, bars }) => {
    const earlier = before.lanes.find((lane) => lane.name === name)?.bars ?? [];
    return bars.flatMap((into): readonly SessionMerge[] => {
      const parts = earlier
        .filter(({ startMs, endMs }) => startMs >= into.startMs && endMs <= into.endMs)
        .toSorted((a, b) => a.startMs - b.startMs);
      return parts.length < 2 ? [] : [{ key: name, parts: parts.map(boundsOf), into: boundsOf(into) }];
    });
  });
}

function boundsOf({ startMs, endMs }: LaneBar): Pick<LaneBar, 'startMs' | 'endMs'> {
  return { startMs, endMs };
}
