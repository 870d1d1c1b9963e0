import { useState } from 'react';
import type { ReactElement } from 'react';
import { carriedWords } from '../../app/carried-words.ts';
import { clockSetter } from '../../app/clock-setter.ts';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { tryFigure } from '../../app/explaining.ts';
import { Button } from '../theme/button.tsx';
import { formatDuration } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';
import styles from './plane.module.css';

const TOLERANCE_PATH = ['config', 'watermark', 'maxAheadMs'] as const;

interface WrongClockProps {
  readonly data: PlaneData;
  readonly place: number;
  readonly word: string;
}

/** An event far ahead of its arrival, after which others are late: says so, and how to keep the next one out. */
export function WrongClock({ data, place, word }: WrongClockProps): ReactElement | null {
  const { points, facts } = data;
  const sourceId = data.lines[points.lane.at(place)]?.about.nodeId ?? '';
  const document = useDocumentStore((state) => state.document);
  const setterId = clockSetter(document, facts.nodeId, sourceId);
  const setter = setterId === null ? undefined : nodeById(document, setterId);
  const [isTrying, setTrying] = useState(false);
  const leadMs = points.tsMs.at(place) - points.atMs.at(place);
  if (!(leadMs >= LEAST_LEAD_MS) || !movedTheClock(data, place)) return null;
  const apply = async (): Promise<void> => {
    if (setter === undefined) return;
    setTrying(true);
    try {
      // What the others need, in whole seconds; 0 would be no bound at all.
      const neededMs = Math.max(1_000, Math.ceil(leadOfOthers(data, place) / 1_000) * 1_000);
      const figureMs = Math.min(neededMs, leadMs - 1);
      const seq = points.seq.at(place);
      const tried = await tryFigure(setter.id, TOLERANCE_PATH, figureMs);
      const name = displayName(setter);
      if (tried.kind === 'refused') notify('error', 'The tolerance cannot be set', tried.why);
      else if (tried.kind === 'there') {
        const text = `${name} leaves out events more than ${formatDuration(figureMs)} ahead of their arrival. ${carriedWords(tried.carried)}`;
        const undo = { label: 'Undo', onClick: () => useDocumentStore.getState().undo() };
        notify('success', `Event #${String(tried.carried.numberOf(seq))} is left out`, text.trimEnd(), undo);
      }
    } finally {
      setTrying(false);
    }
  };
  return (
    <div className={styles['wrongClock']}>
      <p>
        Its clock was ahead by <b>{formatDuration(leadMs)}</b>, and the {word} went with it: what came after it is late.
      </p>
      {setter !== undefined && facts.window?.isByClock !== true && (
        <Button isSmall disabled={isTrying} onClick={() => void apply()}>
          Leave out events that early
        </Button>
      )}
    </div>
  );
}

/** Clocks are a little ahead everywhere. */
const LEAST_LEAD_MS = 60_000;

function movedTheClock({ lines, points }: PlaneData, place: number): boolean {
  // A source of one partition has no steps but those of the whole.
  const own = lines[points.lane.at(place)];
  const line = own === undefined || own.seq.length === 0 ? lines[0] : own;
  if (line === undefined) return false;
  const seq = points.seq.at(place);
  // On a grid the step comes with the next tick.
  const step = firstAtLeast(line.seq.values, line.seq.length, seq);
  const before = step === 0 ? -Infinity : line.watermarkMs.at(step - 1);
  const after = line.watermarkMs.at(step);
  const atMs = points.atMs.at(place);
  return before < atMs && after > atMs && Number.isFinite(after);
}

/** How far ahead of their arrival events come at most, of all that are less far ahead than this one, ms; at least 0. */
function leadOfOthers({ points: { tsMs, atMs, length } }: PlaneData, place: number): number {
  const ownMs = tsMs.at(place) - atMs.at(place);
  let most = 0;
  for (let i = 0; i < length; i++) {
    const leadMs = tsMs.at(i) - atMs.at(i);
    if (leadMs > most && leadMs < ownMs) most = leadMs;
  }
  return most;
}
