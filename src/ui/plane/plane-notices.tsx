import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatCount } from '../theme/format.ts';
import { CROWDED_FROM } from './draw-points.ts';
import type { PlaneScreen, PlaneState } from './plane-screen.ts';
import { selectPoint } from './select.ts';
import styles from './plane.module.css';

const REACH_WORDS: Readonly<Record<string, string>> = {
  window: 'its two windows',
  over: 'its frame',
  pattern: 'how long a match from it may take',
};

/** What the picture leaves out, and how to see it. */
export function PlaneNotices({ screen, state }: { screen: PlaneScreen; state: PlaneState }): ReactElement | null {
  const { data, outside, hidesPanes, hidesLinks } = state;
  if (data === null) return null;
  const share = data.runSeq === 0 ? 1 : data.toldSeq / data.runSeq;
  const notes: string[] = [];
  if (!data.isFilled) notes.push(`Reading the log so far: ${String(Math.floor(100 * share))} %`);
  if (data.counts.timeless > 0) notes.push(`${formatCount(data.counts.timeless)} without event time are not drawn`);
  if (data.points.weight > 1) notes.push(`of the newest events on time 1 in ${String(data.points.weight)} is drawn`);
  if (state.mode === 'all' && data.points.isDense && data.points.others.length > CROWDED_FROM) {
    notes.push('a mark stands for all late or dropped events near it');
  }
  if (hidesPanes) notes.push('zoom in to see windows');
  if (!data.panes.areAll) notes.push('windows that came last are not shaded: there are too many');
  if (hidesLinks) notes.push('zoom in, or select an event, to see its pairs');
  if (data.facts.reaches.length > 0 && state.mode !== 'free') {
    notes.push(`point at an event to see ${REACH_WORDS[data.facts.kind] ?? 'what counts for it'}`);
  }
  if (data.counts.pairsNotTold > 0) notes.push(`${formatCount(data.counts.pairsNotTold)} pairs are not linked`);
  return (
    <>
      {outside !== null && state.mode !== 'free' && (
        <div className={styles['notices']} data-side={outside.side}>
          <button
            type="button"
            className={styles['outside']}
            onClick={() => {
              selectPoint(data, outside.place);
              screen.showMode('all', true);
            }}
          >
            {outside.side === 'before' && <ArrowLeft size={12} aria-hidden />}
            {outside.text} – show all
            {outside.side === 'after' && <ArrowRight size={12} aria-hidden />}
          </button>
        </div>
      )}
      {notes.length > 0 && <p className={styles['left-out']}>{notes.join(' · ')}</p>}
    </>
  );
}
