import { useEffect, useId, useRef } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { followMarks } from '../../app/travel/marks-store.ts';
import { followOverview } from '../../app/travel/overview-store.ts';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatExactCount,
  formatTime,
  formatTimeBeside,
} from '../theme/format.ts';
import type { ScrubMark } from './scrub-mark.ts';
import { ScrubMarks } from './scrub-marks.tsx';
import { SeekProgress } from './seek-progress.tsx';
import { TrackPicture } from './track-picture.tsx';
import { usePlayhead, useTrack } from './use-track.ts';
import type { Track } from './use-track.ts';
import { useScrub } from './use-scrub.ts';
import { useWidth } from './use-width.ts';
import styles from './scrubber.module.css';

/** The run from its first entry to the last, as far as it was read; `marks` are places in it. */
export function Scrubber({ marks }: { marks: readonly ScrubMark[] }): ReactElement {
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const track = useTrack();
  const scrub = useScrub(track);
  const playhead = usePlayhead(track);
  const { place, ...handlers } = scrub;
  const at = place ?? playhead;
  const spoken = useSpokenPlace(track);
  const seq = useRunStore((state) => state.position.seq);
  const summaryId = useId();
  useEffect(followOverview, []);
  useEffect(followMarks, []);
  return (
    <div className={styles['scrubber']}>
      <div
        ref={element}
        className={styles['track']}
        role="slider"
        tabIndex={0}
        aria-label="Offset in the run"
        aria-describedby={summaryId}
        aria-disabled={track === null}
        aria-valuemin={0}
        aria-valuenow={seq}
        aria-valuemax={Math.max(seq, track?.overview.seq ?? 0)}
        aria-valuetext={spoken}
        {...handlers}
      >
        {track !== null && width > 0 && <TrackPicture track={track} width={width} />}
        {track !== null && <Cursor track={track} />}
        {track !== null && <Playhead track={track} at={at} isDragged={place !== null} />}
      </div>
      {track !== null && <ScrubMarks marks={marks} track={track} width={width} playhead={at} />}
      <SeekProgress />
      <p id={summaryId} className={styles['summary']}>
        {track === null ? 'Nothing was read yet.' : summaryOf(track)}
      </p>
    </div>
  );
}

/** The moment that is pointed at, here or on the plane and the charts. */
function Cursor({ track }: { track: Track }): ReactElement | null {
  const atMs = useTimeView((state) => state.cursor?.atMs ?? null);
  if (atMs === null) return null;
  return <i className={styles['cursor']} style={{ left: percent(track.scale.placeOf(atMs)) }} aria-hidden />;
}

/** Where the run stands; while it is pulled along, where the hand is. */
function Playhead({ track, at, isDragged }: { track: Track; at: number; isDragged: boolean }): ReactElement {
  const nowMs = useRunStore((state) => state.clocks.processingTimeMs);
  const timeMs = isDragged || nowMs === null ? track.scale.timeAt(at) : nowMs;
  return (
    <>
      <i className={styles['playhead']} style={{ left: percent(at) }} aria-hidden />
      <b className={styles['time']} data-time-at style={{ '--at': percent(at) } as object} aria-hidden>
        {headTime(timeMs, track.overview)}
      </b>
    </>
  );
}

const YEAR_MS = 366 * 86_400_000;

/** No longer than it must be: a time of day, beyond the first day with its date, and over years the date alone. */
function headTime(timeMs: number, { fromMs, toMs }: Track['overview']): string {
  if (formatDate(timeMs) === formatDate(fromMs)) return formatTime(timeMs);
  return toMs - fromMs > YEAR_MS ? formatDate(timeMs) : formatDateTime(timeMs).slice(5, 16);
}

function percent(place: number): string {
  return `${String(Math.round(place * 1e5) / 1e3)}%`;
}

/** A run that goes is not read out at every step. */
function useSpokenPlace(track: Track | null): string {
  const isRunning = useRunStore((state) => state.status.kind === 'running');
  const { seq } = useRunStore((state) => state.position);
  const nowMs = useRunStore((state) => state.clocks.processingTimeMs);
  if (track === null) return 'at the start';
  if (isRunning) return 'running';
  const { overview } = track;
  const of = `of ${formatExactCount(Math.max(seq, overview.seq))}${overview.isWhole ? '' : ' read so far'}`;
  return `offset ${formatExactCount(seq)} ${of}, ${seq === 0 ? 'before the first event' : formatTimeBeside(nowMs, overview.fromMs)}`;
}

function summaryOf({ overview }: Track): string {
  const rows = overview.rows.reduce((sum, count) => sum + count, 0);
  const drops = overview.drops.reduce((sum, count) => sum + count, 0);
  const end = overview.isWhole ? 'to the end' : 'so far; more may come';
  return `${formatCount(rows)} events and ${formatCount(drops)} drops were read, ${end}. Arrow keys go by one entry, Page Up and Page Down by a twentieth.`;
}
