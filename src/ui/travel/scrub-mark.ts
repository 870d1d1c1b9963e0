import type { Overview } from '../../app/travel/overview-store.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { TrackScale } from './track-scale.ts';

/** What a mark along the track stands for; each has a sign of its own. */
export type ScrubMarkKind = 'bookmark' | 'stop' | 'branch' | 'edit' | 'reader';

/** A place in the log that can be gone to. */
export interface ScrubMark {
  /** Unlike those of all other marks. */
  readonly id: string;
  readonly kind: ScrubMarkKind;
  readonly label: string;
  /** So many entries were taken there. */
  readonly seq: number;
  /** Null: as the log tells, as far as it was read. */
  readonly atMs: ProcessingTimeMs | null;
}

/** Where a mark lies on the track, 0..1; null where nothing is known of its time yet. */
export function placeOfMark({ seq, atMs }: ScrubMark, overview: Overview, scale: TrackScale): number | null {
  const time = atMs ?? timeOfSeq(overview, seq);
  return time === null ? null : scale.placeOf(time);
}

/** About when the entry before offset `seq` came: to the interval, within it by its number; null beyond what was read. */
export function timeOfSeq(overview: Overview, seq: number): number | null {
  const { firstSeq, atMs, fromMs, toMs } = overview;
  if (seq > overview.seq) return null;
  if (seq <= (firstSeq[0] ?? 0)) return fromMs;
  const index = firstSeq.findLastIndex((first) => first < seq);
  const startMs = Math.max(fromMs, atMs[index] ?? fromMs);
  const endMs = Math.min(toMs, (atMs[index] ?? fromMs) + overview.intervalMs);
  const first = firstSeq[index] ?? 0;
  const next = firstSeq[index + 1] ?? overview.seq;
  return startMs + ((seq - first) / Math.max(1, next - first)) * (endMs - startMs);
}
