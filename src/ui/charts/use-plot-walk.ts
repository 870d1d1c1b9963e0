import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TimeRange } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { announce } from '../theme/announce.ts';
import { noteText } from './plot-notes.tsx';
import { usePlotKeys } from './plot-keys.ts';
import type { TimeAxisName } from './time-extents.ts';
import { pointAtTime, showTimes } from './use-plot-pointer.ts';

interface WalkRequest<Row> {
  readonly rows: readonly Row[];
  readonly shareOf: (row: Row, i: number) => number;
  readonly note: (row: Row) => readonly ReactNode[];
  readonly axis: TimeAxisName | null;
  readonly range: TimeRange;
  readonly onPick: (row: Row | undefined) => void;
}

/** By how much a key zooms. */
const ZOOM = 2;
const PAGE = 10;

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Infinity,
  Home: -Infinity,
};

/**
 * The plot by keys: arrows, Page, Home and End walk its rows and say each, Enter picks, plus and minus zoom about the place,
 * 0 shows all, Escape lets go. The row that was come to; null before.
 */
export function usePlotWalk<Row>({
  rows,
  shareOf,
  note,
  axis,
  range,
  onPick,
}: WalkRequest<Row>): { readonly row: Row; readonly share: number } | null {
  const [place, setPlace] = useState<number | null>(null);
  const at = place === null || rows.length === 0 ? null : Math.min(place, rows.length - 1);
  const row = at === null ? undefined : rows[at];
  const timeOf = (share: number): number => range.fromMs + share * (range.toMs - range.fromMs);
  const zoom = (factor: number): void => {
    if (axis === null) return;
    const middle = at === null || row === undefined ? 0.5 : shareOf(row, at);
    const half = (range.toMs - range.fromMs) / (2 * factor);
    showTimes(axis, { fromMs: timeOf(middle) - half, toMs: timeOf(middle) + half });
    announce(factor > 1 ? 'Zoomed in.' : 'Zoomed out.');
  };
  usePlotKeys(({ key }) => {
    const step = STEPS[key];
    if (step !== undefined && rows.length > 0) {
      const from = at ?? (step > 0 ? -1 : rows.length);
      const next = Math.min(rows.length - 1, Math.max(0, from + step));
      const there = rows[next];
      setPlace(next);
      if (there === undefined) return true;
      pointAtTime(axis, timeOf(shareOf(there, next)));
      announce(noteText(note(there)), 'place');
      return true;
    }
    switch (key) {
      case 'Enter':
        onPick(row);
        return row !== undefined;
      case '+':
      case '=':
        zoom(ZOOM);
        return true;
      case '-':
        zoom(1 / ZOOM);
        return true;
      case '0':
        useTimeView.getState().showRanges({ eventRange: null, atRange: null });
        announce('All is shown.');
        return true;
      case 'Escape': {
        const { selection, select } = useTimeView.getState();
        const hadSome = selection !== null || at !== null;
        setPlace(null);
        pointAtTime(axis, null);
        select(null);
        return hadSome;
      }
      default:
        return false;
    }
  });
  return row === undefined || at === null ? null : { row, share: shareOf(row, at) };
}
