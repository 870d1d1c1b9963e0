import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { SeekTarget } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { dragTo, dropAt, goTo, wantedSeq } from '../../app/travel/moves.ts';
import type { Track } from './use-track.ts';
import { hasSpan } from './use-track.ts';

const PAGE = 0.05;
const SHIFT_ENTRIES = 10;

interface Scrub {
  /** Where the hand is on the track, 0..1; null while nobody drags. */
  readonly place: number | null;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
  readonly onPointerLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Pulls the run along the track by pointer and keys. One that goes stands while it is pulled, and goes on from there. */
export function useScrub(track: Track | null): Scrub {
  const [place, setPlace] = useState<number | null>(null);
  const played = useRef(false);
  const targetAt = (at: number): SeekTarget => (track === null ? { by: 'seq', seq: 0 } : targetOf(track, at));
  return {
    place,
    onPointerDown: (event) => {
      if (event.button !== 0 || track === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      played.current = useRunStore.getState().status.kind === 'running';
      const at = placeOf(event);
      // The clocks are those of the run from here on.
      pointAt(null, at);
      setPlace(at);
      dragTo(targetAt(at));
    },
    onPointerMove: (event) => {
      const at = placeOf(event);
      if (place === null) {
        pointAt(track, at);
        return;
      }
      setPlace(at);
      dragTo(targetAt(at));
    },
    onPointerUp: (event) => {
      if (place === null) return;
      setPlace(null);
      dropAt(targetAt(placeOf(event)), played.current);
    },
    onPointerCancel: () => {
      if (place !== null && played.current) void useRunStore.getState().play();
      setPlace(null);
    },
    onPointerLeave: () => pointAt(null, 0),
    onKeyDown: (event) => {
      const to = track === null || event.ctrlKey || event.metaKey || event.altKey ? null : keyTarget(event, track);
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation();
      void goTo(to, useRunStore.getState().status.kind === 'running');
    },
  };
}

function placeOf({ currentTarget, clientX }: PointerEvent<HTMLElement>): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return width === 0 ? 0 : Math.min(1, Math.max(0, (clientX - left) / width));
}

/** Shows the moment under the pointer on the plane and the charts, too. */
function pointAt(track: Track | null, place: number): void {
  const atMs = track !== null && hasSpan(track) ? track.scale.timeAt(place) : null;
  useTimeView.getState().pointAt(atMs === null ? null : { eventMs: null, atMs });
}

function targetOf(track: Track, place: number): SeekTarget {
  const { overview, scale } = track;
  if (place <= 0) return { by: 'seq', seq: 0 };
  if (place >= 1 && overview.isWhole) return { by: 'seq', seq: overview.seq };
  if (!hasSpan(track)) return { by: 'seq', seq: Math.round((place / scale.readTo) * overview.seq) };
  return { by: 'processing-time', atMs: Math.floor(scale.timeAt(place)) };
}

/** An entry by arrow, ten with Shift, a twentieth of the track by page, and both ends of what was read. */
function keyTarget({ key, shiftKey }: KeyboardEvent, track: Track): SeekTarget | null {
  const { overview, scale } = track;
  const seq = wantedSeq();
  const step = shiftKey ? SHIFT_ENTRIES : 1;
  const nowMs = useRunStore.getState().clocks.processingTimeMs ?? overview.fromMs;
  const page = (direction: number): SeekTarget => {
    if (!hasSpan(track)) return { by: 'seq', seq: Math.max(0, seq + direction * Math.ceil(overview.seq * PAGE)) };
    return targetOf(track, scale.placeOf(nowMs) + direction * PAGE);
  };
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return { by: 'seq', seq: seq + step };
    case 'ArrowLeft':
    case 'ArrowDown':
      return { by: 'seq', seq: Math.max(0, seq - step) };
    case 'PageUp':
      return page(1);
    case 'PageDown':
      return page(-1);
    case 'Home':
      return { by: 'seq', seq: 0 };
    case 'End':
      return { by: 'seq', seq: overview.seq };
    default:
      return null;
  }
}
