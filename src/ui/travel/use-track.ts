import { useMemo } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import type { Overview } from '../../app/travel/overview-store.ts';
import { useOverview } from '../../app/travel/overview-store.ts';
import type { TrackScale } from './track-scale.ts';
import { trackScale } from './track-scale.ts';

export interface Track {
  readonly overview: Overview;
  readonly scale: TrackScale;
}

/** The track as it is by now: a run that went on since the overview was asked for has more of it. Null before the first entry. */
export function useTrack(): Track | null {
  const told = useOverview((state) => state.overview);
  const toldShare = useOverview((state) => state.share);
  const { seq, progress } = useRunStore((state) => state.position);
  const nowMs = useRunStore((state) => state.clocks.processingTimeMs);
  const isAhead = told !== null && seq > told.seq;
  const aheadSeq = isAhead ? seq : null;
  const aheadMs = isAhead ? nowMs : null;
  const share = isAhead ? (progress ?? toldShare) : toldShare;
  return useMemo(() => {
    if (told === null) return null;
    const overview: Overview = {
      ...told,
      seq: aheadSeq ?? told.seq,
      toMs: Math.max(told.toMs, aheadMs ?? told.toMs),
    };
    return { overview, scale: trackScale(overview, share) };
  }, [told, aheadSeq, aheadMs, share]);
}

/** Where the run stands on the track, 0..1. */
export function usePlayhead(track: Track | null): number {
  const seq = useRunStore((state) => state.position.seq);
  const nowMs = useRunStore((state) => state.clocks.processingTimeMs);
  if (track === null || nowMs === null || seq === 0) return 0;
  const { overview, scale } = track;
  return hasSpan(track) ? scale.placeOf(nowMs) : (seq / Math.max(1, overview.seq)) * scale.readTo;
}

/** Whether there is more than one time: else places are told apart by their numbers. */
export function hasSpan({ overview }: Track): boolean {
  return overview.toMs > overview.fromMs;
}
