import { useState } from 'react';
import type { ReactElement } from 'react';
import { carriedWords } from '../../app/carried-words.ts';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Cure, DropEvidence } from '../../app/explaining.ts';
import { figureToTry, tryFigure } from '../../app/explaining.ts';
import { useRunStore } from '../../app/run-store.ts';
import { durationText } from '../../stream/duration.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { Button } from '../theme/button.tsx';
import { formatTime, formatWindow } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { eventName, figureWords } from './drop-words.ts';
import styles from './explain.module.css';
import { Cancelled, Searching } from './searching.tsx';
import { useAnswer } from './use-answer.ts';

/** What would have kept a row, each with a button that tries it. */
export function DropCures({ evidence }: { evidence: DropEvidence }): ReactElement {
  const { place } = evidence;
  const key = evidence.needsRuns ? `${place.nodeId} ${String(place.seq)} ${String(place.nth)}` : null;
  const more = useAnswer(key, (engine) => engine.dropCures(evidence), 'cures');
  const cures = [...evidence.cures, ...(more.kind === 'answer' ? more.answer : [])];
  const isWaiting = evidence.needsRuns && more.kind === 'waiting';
  const isComplete = !evidence.needsRuns || more.kind === 'answer';
  const isEdited = evidence.editsBefore + evidence.editsAfter > 0;
  const delays = cures.filter(({ kind }) => kind === 'delay').length;
  return (
    <ul className={styles['cures']} aria-label="What would have kept it">
      {cures.map((cure, i) => (
        <CureItem
          key={`${cure.kind} ${cure.nodeId}`}
          cure={cure}
          evidence={evidence}
          isFirst={i === 0}
          isNamed={cure.kind === 'delay' && delays > 1}
        />
      ))}
      {isWaiting && (
        <li>
          <Searching question="cures" words="Running the graph with other figures…" />
        </li>
      )}
      {more.kind === 'cancelled' && (
        <li>
          <Cancelled answered={more} />
        </li>
      )}
      {more.kind === 'failed' && <li className={styles['note']}>Other figures could not be tried: {more.message}</li>}
      {isComplete && cures.length === 0 && <li className={styles['note']}>No delay or lateness keeps it here.</li>}
      {isEdited && (
        <li className={styles['note']}>
          This run was edited as it went: it is told by the settings of that moment, with each edit where it was made.
        </li>
      )}
    </ul>
  );
}

interface CureItemProps {
  readonly cure: Cure;
  readonly evidence: DropEvidence;
  readonly isFirst: boolean;
  /** Whether there are others of its kind. */
  readonly isNamed: boolean;
}

function CureItem({ cure, evidence, isFirst, isNamed }: CureItemProps): ReactElement {
  const node = useDocumentStore((state) => nodeById(state.document, cure.nodeId));
  const name = node === undefined ? cure.nodeId : displayName(node);
  const figure = figureWords(cure);
  const [isTrying, setTrying] = useState(false);
  const figureMs = figureToTry(cure);
  const isThrough = useRunStore((state) => state.through !== null);
  const apply = async (): Promise<void> => {
    setTrying(true);
    try {
      await tryAndTell(cure, evidence, `${figure} of ${name}`);
    } finally {
      setTrying(false);
    }
  };
  return (
    <>
      <li className={styles['cure']}>
        <span>
          {isFirst ? 'kept if ' : 'or '}
          {figure}
          {isNamed && ` of ${name}`} &gt; <b>{durationText(cure.aboveMs)}</b>{' '}
          <span className={styles['dim']}>
            ({evidence.editsBefore + evidence.editsAfter > 0 ? 'then' : 'now'} {durationText(cure.nowMs)})
          </span>
        </span>
        <Button
          isSmall
          disabled={isTrying || isThrough}
          aria-label={`Try a ${figure} of ${durationText(figureMs)} at ${name}`}
          title={
            isThrough
              ? 'Go back to the run first: it is what is run with another figure.'
              : `Sets ${durationText(figureMs)} and runs from the start to the same place`
          }
          onClick={() => void apply()}
        >
          Try
        </Button>
      </li>
      {cure.byWindow.length > 1 && <ByWindow cure={cure} evidence={evidence} />}
    </>
  );
}

/** Of overlapping windows each has a figure of its own. */
function ByWindow({ cure, evidence: { place, windows } }: Pick<CureItemProps, 'cure' | 'evidence'>): ReactElement {
  const close = useWindowEnd(place.nodeId);
  return (
    <li>
      <details>
        <summary className={styles['dim']}>in each of its windows</summary>
        <ul className={styles['windows']}>
          {cure.byWindow.map(({ endMs, aboveMs }) => {
            const window = windows.find((other) => other.endMs === endMs);
            const text = window === undefined ? formatTime(endMs) : formatWindow(window.startMs, endMs);
            return (
              <li key={endMs}>
                {close(text)} if &gt; {durationText(aboveMs)}
              </li>
            );
          })}
        </ul>
      </details>
    </li>
  );
}

async function tryAndTell(cure: Cure, evidence: DropEvidence, figure: string): Promise<void> {
  const { ask, position } = useRunStore.getState();
  const isThere = position.seq > evidence.place.seq;
  const figureMs = figureToTry(cure);
  const tried = await tryFigure(cure.nodeId, cure.path, figureMs);
  if (tried.kind === 'refused') notify('error', 'The figure cannot be set', tried.why);
  if (tried.kind !== 'there') return;
  const place = { ...evidence.place, seq: tried.carried.numberOf(evidence.place.seq) };
  const found = isThere ? await ask((engine) => engine.explainDrop(place)) : null;
  const undo = { label: 'Undo', onClick: () => useDocumentStore.getState().undo() };
  const text = `The ${figure} is ${durationText(figureMs)}, from the start of the run on. ${carriedWords(tried.carried)}`;
  const setting = text.trimEnd();
  if (!isThere) notify('info', setting, undefined, undo);
  else if (found === null) notify('success', `${eventName(place.seq)} is kept`, setting, undo);
  else notify('info', `${eventName(place.seq)} is still dropped`, setting, undo);
}
