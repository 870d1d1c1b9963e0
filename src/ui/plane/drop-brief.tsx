import type { ReactElement } from 'react';
import type { DropPlace } from '../../app/explaining.ts';
import { FATE_DROPPED } from '../../app/plane-updates.ts';
import { durationText } from '../../stream/duration.ts';
import { reasonWords } from '../charts/drop-reasons.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { eventName, figureWords } from '../explain/drop-words.ts';
import { Cancelled } from '../explain/searching.tsx';
import { useDropEvidence, waitingWords } from '../explain/use-drop-evidence.ts';
import { formatTime, formatWindow } from '../theme/format.ts';
import type { useTimeWord } from '../theme/use-time-word.ts';
import { CardFrame } from './card-frame.tsx';
import { FateMark } from './fate-mark.tsx';

interface DropBriefProps {
  readonly place: DropPlace;
  readonly word: ReturnType<typeof useTimeWord>;
  readonly onMore: () => void;
  readonly onClose: () => void;
}

/** Why a row was dropped, in two sentences; all the rest is one step away. */
export function DropBrief({ place, word, onMore, onClose }: DropBriefProps): ReactElement {
  const close = useWindowEnd(place.nodeId);
  const { evidence, isThere } = useDropEvidence(place);
  const found = evidence.kind === 'answer' ? evidence.answer : null;
  const windows = found?.windows ?? [];
  return (
    <CardFrame
      mark={<FateMark fate={FATE_DROPPED} />}
      title={`${place.nth > 0 ? `Row ${String(place.nth + 1)} of ` : ''}${eventName(place.seq)} dropped`}
      tone="dropped"
      closeText="Close the explanation"
      onMore={onMore}
      onClose={onClose}
    >
      {evidence.kind === 'waiting' && <p>{waitingWords(isThere)}</p>}
      {evidence.kind === 'cancelled' && <Cancelled answered={evidence} />}
      {evidence.kind === 'failed' && <p>It could not be explained: {evidence.message}</p>}
      {evidence.kind === 'answer' && found === null && <p>This run does not drop the event.</p>}
      {found !== null && windows.length > 0 && (
        <p>
          {windows.length === 1 ? 'Window' : 'Windows'}{' '}
          {windows.map(({ startMs, endMs }) => close(formatWindow(startMs, endMs))).join(', ')} closed at {word}{' '}
          <b>{formatTime(found.watermarkMs)}</b>.
        </p>
      )}
      {found !== null && found.cures.length > 0 && (
        <p>
          Kept if{' '}
          {found.cures.map((cure, i) => (
            <span key={`${cure.kind} ${cure.nodeId}`}>
              {i > 0 && ' or '}
              {figureWords(cure)} &gt; <b>{durationText(cure.aboveMs)}</b>
            </span>
          ))}
          .
        </p>
      )}
      {found !== null && windows.length === 0 && found.cures.length === 0 && (
        <p>{reasonWords(found.reason, word).cure}</p>
      )}
    </CardFrame>
  );
}
