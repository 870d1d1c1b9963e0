import { Flag, GitBranch, PencilLine } from 'lucide-react';
import type { ReactElement } from 'react';
import { goTo } from '../../app/travel/moves.ts';
import { formatExactCount } from '../theme/format.ts';
import type { ScrubMark, ScrubMarkKind } from './scrub-mark.ts';
import { placeOfMark } from './scrub-mark.ts';
import type { Track } from './use-track.ts';
import styles from './scrubber.module.css';

const KIND_WORDS: Readonly<Record<ScrubMarkKind, string>> = {
  bookmark: 'Bookmark',
  stop: 'Stopped',
  branch: 'Branch',
  edit: 'Edit',
  reader: 'Consumer',
};
/** Of a letter of a label, about. */
const LETTER_PX = 6.2;
const SIGN_PX = 22;
/** Half of the playhead's time. */
const TIME_PX = 36;

interface ScrubMarksProps {
  readonly marks: readonly ScrubMark[];
  readonly track: Track;
  readonly width: number;
  /** Where the playhead is, 0..1. */
  readonly playhead: number;
}

interface Placed {
  readonly mark: ScrubMark;
  readonly place: number;
}

/** Signs above the track; each goes to its place. Names stand beside those that have room. */
export function ScrubMarks({ marks, track, width, playhead }: ScrubMarksProps): ReactElement {
  const placed = marks
    .flatMap((mark): readonly Placed[] => {
      const place = placeOfMark(mark, track.overview, track.scale);
      return place === null ? [] : [{ mark, place }];
    })
    .sort((a, b) => a.place - b.place);
  return (
    <div className={styles['marks']} role="group" aria-label="Marks">
      {placed.map(({ mark, place }, i) => {
        const fromPx = place * width;
        const toPx = fromPx + SIGN_PX + mark.label.length * LETTER_PX;
        const isCovered = toPx > playhead * width - TIME_PX && fromPx < playhead * width + TIME_PX;
        const isNamed = !isCovered && toPx < (placed[i + 1]?.place ?? 1) * width;
        return <MarkButton key={mark.id} mark={mark} place={place} isNamed={isNamed} />;
      })}
      {placed.map(
        ({ mark, place }) =>
          mark.kind === 'branch' && (
            <i
              key={mark.id}
              className={styles['branchLine']}
              style={{ left: share(place), right: share(1 - Math.max(place, playhead)) }}
              aria-hidden
            />
          ),
      )}
    </div>
  );
}

function share(place: number): string {
  return `${String(place * 100)}%`;
}

function MarkButton({ mark, place, isNamed }: Placed & { readonly isNamed: boolean }): ReactElement {
  const words = `${KIND_WORDS[mark.kind]}: ${mark.label}, offset ${formatExactCount(mark.seq)}`;
  return (
    <button
      type="button"
      className={styles['mark']}
      data-kind={mark.kind}
      style={{ left: share(place) }}
      // By keyboard they are reached by their lists and commands.
      tabIndex={-1}
      aria-label={`Go to ${words}`}
      title={words}
      onClick={() => void goTo({ by: 'seq', seq: mark.seq })}
    >
      <Sign kind={mark.kind} />
      {isNamed && <span>{mark.label}</span>}
    </button>
  );
}

function Sign({ kind }: { kind: ScrubMarkKind }): ReactElement {
  switch (kind) {
    case 'bookmark':
      return <Flag size={13} aria-hidden />;
    case 'branch':
      return <GitBranch size={13} aria-hidden />;
    case 'edit':
      return <PencilLine size={12} aria-hidden />;
    case 'stop':
    case 'reader':
      return <i className={styles['sign']} aria-hidden />;
  }
}
