import { memo, useMemo } from 'react';
import type { ReactElement } from 'react';
import { barPaths, trackBars } from './track-bars.ts';
import { trackTicks } from './track-ticks.ts';
import type { Track } from './use-track.ts';
import styles from './scrubber.module.css';

const BAR_PX = 3.5;
const HEIGHT_PX = 16;

/** When rows came, which were dropped, and what is not read yet. The slider around it says it in words. */
export const TrackPicture = memo(function TrackPicture({
  track,
  width,
}: {
  track: Track;
  width: number;
}): ReactElement {
  const { overview, scale } = track;
  const [rows, drops] = useMemo(
    () => barPaths(trackBars(overview, scale, Math.max(1, Math.floor(width / BAR_PX))), width, HEIGHT_PX),
    [overview, scale, width],
  );
  const ticks = useMemo(() => trackTicks({ overview, scale }, width), [overview, scale, width]);
  return (
    <>
      <svg className={styles['bars']} width={width} height={HEIGHT_PX} aria-hidden>
        <path className={styles['rows']} d={rows} />
        <path className={styles['drops']} d={drops} />
        {scale.cuts.map((cut) => (
          <path key={cut} className={styles['cut']} d={`M${String(cut * width - 3)} 18l4 -20m2 20l4 -20`} />
        ))}
      </svg>
      {scale.readTo < 1 && (
        <span className={styles['unread']} style={{ left: `${String(scale.readTo * 100)}%` }} aria-hidden />
      )}
      {ticks.map(({ place, text }) => (
        <span key={place} className={styles['tick']} style={{ left: `${String(place * 100)}%` }} aria-hidden>
          {text}
        </span>
      ))}
    </>
  );
});
