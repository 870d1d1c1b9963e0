import type { SeekTarget } from '../../app/run-state.ts';
import { formatExactCount, formatTime } from '../theme/format.ts';

/** A target as it is said: `offset 1,203`, `the end`, `12:41:35.2`, `event time 12:41:35.2`. */
export function targetWords(target: SeekTarget): string {
  switch (target.by) {
    case 'seq':
      if (target.seq === Infinity) return 'the end';
      return target.seq === 0 ? 'the start' : `offset ${formatExactCount(target.seq)}`;
    case 'processing-time':
      return formatTime(target.atMs);
    case 'event-time':
      return `event time ${formatTime(target.tsMs)}`;
  }
}
