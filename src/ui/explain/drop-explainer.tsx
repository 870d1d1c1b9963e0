import { X } from 'lucide-react';
import { useId } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DropEvidence, DropPlace } from '../../app/explaining.ts';
import { useTimeView } from '../../app/time-view.ts';
import { reasonWords } from '../charts/drop-reasons.ts';
import { CrossMark } from '../charts/marks.tsx';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { useInspector } from '../inspector/inspector-store.ts';
import { Button } from '../theme/button.tsx';
import { formatDuration, formatTime, formatWindow } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { DropCures } from './drop-cures.tsx';
import { eventName, rowWords, stepWords } from './drop-words.ts';
import styles from './explain.module.css';
import { Cancelled, Searching } from './searching.tsx';
import { useDropEvidence, waitingWords } from './use-drop-evidence.ts';

interface DropExplainerProps {
  readonly place: DropPlace;
  readonly onClose?: () => void;
}

/** Why a row was dropped: what came when, its windows, the watermark that had closed them, and what would have kept it. */
export function DropExplainer({ place, onClose }: DropExplainerProps): ReactElement {
  const titleId = useId();
  const { evidence, isThere } = useDropEvidence(place);
  return (
    <section className={styles['card']} aria-labelledby={titleId} data-explains={place.seq}>
      <div className={styles['title']} data-tone="dropped">
        <svg width={14} height={14} aria-hidden>
          <CrossMark x={7} y={7} r={4.4} />
        </svg>
        <h3 id={titleId}>
          {place.nth > 0 && `Row ${String(place.nth + 1)} of `}
          {eventName(place.seq)} dropped
        </h3>
        {onClose !== undefined && (
          <Button look="quiet" isIcon isSmall aria-label="Close the explanation" onClick={onClose}>
            <X size={14} aria-hidden />
          </Button>
        )}
      </div>
      {evidence.kind === 'waiting' &&
        (isThere ? (
          <Searching question="drop" words={waitingWords(isThere)} />
        ) : (
          <p className={styles['note']}>{waitingWords(isThere)}</p>
        ))}
      {evidence.kind === 'cancelled' && <Cancelled answered={evidence} />}
      {evidence.kind === 'failed' && <p className={styles['note']}>It could not be explained: {evidence.message}</p>}
      {evidence.kind === 'answer' &&
        (evidence.answer === null ? (
          <p className={styles['note']}>This run does not drop the event.</p>
        ) : (
          <Evidence evidence={evidence.answer} />
        ))}
      <div className={styles['foot']}>
        <Button look="quiet" isSmall onClick={() => followEvent(place)}>
          What else became of it
        </Button>
      </div>
    </section>
  );
}

/** Shows all that the event came to, where lineage stands. */
function followEvent({ nodeId, seq, nth }: DropPlace): void {
  useDocumentStore.getState().select({ nodeIds: [nodeId] });
  useTimeView.getState().select({ kind: 'event', nodeId, seq, nth });
  useInspector.getState().show('lineage');
}

function Evidence({ evidence }: { evidence: DropEvidence }): ReactElement {
  const { nodeId } = evidence.place;
  const { tsMs, atMs, reason } = evidence;
  const node = useDocumentStore((state) => nodeById(state.document, nodeId));
  const word = useTimeWord();
  const keys = node?.config['keys'];
  const row = rowWords(evidence, Array.isArray(keys) ? keys.map(String) : []);
  const { cure } = reasonWords(reason, word);
  return (
    <>
      <dl className={styles['facts']}>
        <dt>event</dt>
        <dd>
          {row}
          {tsMs !== null && (
            <>
              {row !== '' && ' · '}
              <b>{formatTime(tsMs)}</b>
            </>
          )}
        </dd>
        <dt>arrived</dt>
        <dd>
          {formatTime(atMs)}
          {tsMs !== null && atMs >= tsMs && (
            <>
              , after <b>{formatDuration(atMs - tsMs)}</b>
            </>
          )}
          {tsMs !== null && atMs < tsMs && (
            <>
              , <b>{formatDuration(tsMs - atMs)}</b> before it happened
            </>
          )}
        </dd>
        {reason === 'late' && <Closed evidence={evidence} />}
      </dl>
      {reason === 'late' || reason === 'early' ? (
        <DropCures evidence={evidence} />
      ) : (
        <p className={styles['note']}>{cure}</p>
      )}
    </>
  );
}

function Closed({ evidence: { place, windows, watermarkMs, closedBy } }: { evidence: DropEvidence }): ReactElement {
  const word = useTimeWord();
  const close = useWindowEnd(place.nodeId);
  const document = useDocumentStore((state) => state.document);
  const nameOf = (id: string): string => {
    const node = nodeById(document, id);
    return node === undefined ? id : displayName(node);
  };
  const event = closedBy?.event ?? null;
  return (
    <>
      {windows.length > 0 && (
        <>
          <dt>{windows.length === 1 ? 'window' : 'windows'}</dt>
          <dd>
            <b>{windows.map(({ startMs, endMs }) => close(formatWindow(startMs, endMs))).join(', ')}</b>
          </dd>
        </>
      )}
      <dt>closed</dt>
      <dd>
        {word} <b>{formatTime(watermarkMs)}</b> {closedBy !== null && event === null && stepWords(closedBy, nameOf)}
        {event !== null && (
          <>
            {closedBy?.kind === 'event' ? 'came with event ' : 'came with the clock, from event '}
            <button
              type="button"
              className={styles['link']}
              onClick={() =>
                useTimeView.getState().select({
                  kind: 'event',
                  nodeId: place.nodeId,
                  seq: event.seq,
                  eventMs: event.tsMs,
                  atMs: event.atMs,
                })
              }
            >
              #{event.seq}
            </button>{' '}
            ({formatTime(event.tsMs)} of {nameOf(event.sourceId)}
            {event.partition === 0 ? '' : `, partition ${String(event.partition)}`})
          </>
        )}
      </dd>
    </>
  );
}
