import { create } from 'zustand';

/**
 * What is said first, and what may be left out: `urgent` goes before all that waits and is not; `news`, a result or what was
 * done, waits its turn. Of `place`, where the keys have come to, only the newest waits. `progress` and `place` are left out,
 * the oldest first, where too much waits.
 */
export type Urgency = 'urgent' | 'news' | 'progress' | 'place';

interface Announced {
  readonly text: string;
  readonly urgency: Urgency;
}

/** What is read out next, and how often something was: the same words may come twice. */
export const useAnnouncement = create<{ readonly text: string; readonly count: number }>()(() => ({
  text: '',
  count: 0,
}));

/** Between two texts: readers take up what stands in a live region, not what stood there for a moment. */
export const GAP_MS = 400;

/** From here on what only tells of the way is left out. */
export const MOST_WAITING = 6;

let waiting: readonly Announced[] = [];
/** What was said last, as long as nothing else may be. */
let saying: Announced | null = null;

/** Reads something out that only eyes would notice, after what was to be read before. What has a message of its own needs none. */
export function announce(text: string, urgency: Urgency = 'news'): void {
  const next = { text, urgency };
  if (saying === null) return say(next);
  const others = urgency === 'place' ? waiting.filter((each) => each.urgency !== 'place') : waiting;
  const firstCalm = others.findIndex((each) => each.urgency !== 'urgent');
  const place = urgency === 'urgent' && firstCalm >= 0 ? firstCalm : others.length;
  const isSaid = (others[place - 1] ?? saying).text === text;
  waiting = shortened(isSaid ? others : [...others.slice(0, place), next, ...others.slice(place)]);
}

function say(next: Announced): void {
  saying = next;
  useAnnouncement.setState(({ count }) => ({ text: next.text, count: count + 1 }));
  setTimeout(() => {
    const [first, ...rest] = waiting;
    saying = null;
    waiting = rest;
    if (first !== undefined) say(first);
  }, GAP_MS);
}

function shortened(all: readonly Announced[]): readonly Announced[] {
  if (all.length <= MOST_WAITING) return all;
  const oldest = all.findIndex(({ urgency }) => urgency === 'progress' || urgency === 'place');
  return oldest < 0 ? all : [...all.slice(0, oldest), ...all.slice(oldest + 1)];
}
