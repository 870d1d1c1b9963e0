import type { EventTimeMs } from '../../stream/time.ts';

/** A row of the table that is kept. */
export interface TableRow {
  readonly handle: number;
  isUsed: boolean;
}

/** A row of the table from a time on; or, of a deletion, that there is none. */
export interface Version extends TableRow {
  readonly timeMs: EventTimeMs;
  readonly isGone: boolean;
}

/** Place of the newest version with a time not after `timeMs`, -1 where there is none. Versions are in order of time. */
export function versionAt(versions: readonly Version[], timeMs: number): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const version = versions[middle];
    if (version !== undefined && version.timeMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
