import { formatCount, formatTimeBeside } from '../theme/format.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';
import type { View } from './view.ts';

/** Rows whose event time lies outside the view although they came while it went on. */
export interface Outside {
  readonly side: 'before' | 'after';
  readonly text: string;
  /** Place of the one that lies farthest. */
  readonly place: number;
}

/** From so many points in view on, only those that are not on time are looked through. */
const MOST_LOOKED_AT = 200_000;

/** What lies outside on the side where something lies farther away; null where all is in view. */
export function findOutside(data: PlaneData, view: View): Outside | null {
  const { points, endSeq } = data;
  const { tsMs, atMs } = points;
  const end = firstAtLeast(points.seq.values, points.length, endSeq);
  const from = firstAtLeast(atMs.values, end, view.atFromMs);
  const to = firstAtLeast(atMs.values, end, view.atToMs);
  if (to - from > MOST_LOOKED_AT) return outsideOfAll(data, view);
  let before = 0;
  let after = 0;
  let first = -1;
  let last = -1;
  for (let place = from; place < to; place++) {
    const time = tsMs.at(place);
    if (time < view.eventFromMs) {
      before++;
      if (first < 0 || time < tsMs.at(first)) first = place;
    } else if (time > view.eventToMs) {
      after++;
      if (last < 0 || time > tsMs.at(last)) last = place;
    }
  }
  return told(data, view, { before, after, first, last });
}

/** The extremes are kept with the points: with very many in view only these are looked at. */
function outsideOfAll(data: PlaneData, view: View): Outside | null {
  const { first, last } = data.points.extremes;
  const { tsMs } = data.points;
  const before = first >= 0 && tsMs.at(first) < view.eventFromMs ? Number.NaN : 0;
  const after = last >= 0 && tsMs.at(last) > view.eventToMs ? Number.NaN : 0;
  return told(data, view, { before, after, first, last });
}

function told(
  data: PlaneData,
  view: View,
  found: { readonly before: number; readonly after: number; readonly first: number; readonly last: number },
): Outside | null {
  const { before, after, first, last } = found;
  if (before === 0 && after === 0) return null;
  const { tsMs } = data.points;
  const early = before === 0 ? 0 : view.eventFromMs - tsMs.at(first);
  const ahead = after === 0 ? 0 : tsMs.at(last) - view.eventToMs;
  const side = ahead >= early ? 'after' : 'before';
  const place = side === 'after' ? last : first;
  const count = side === 'after' ? after : before;
  const many = Number.isNaN(count) ? 'Events' : count === 1 ? '1 event' : `${formatCount(count)} events`;
  return {
    side,
    place,
    text: `${many} ${side === 'after' ? 'up to' : 'from'} ${formatTimeBeside(tsMs.at(place), side === 'after' ? view.eventToMs : view.eventFromMs)}`,
  };
}
