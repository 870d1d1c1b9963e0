import type { DropEvidence, DropPlace } from '../../app/explaining.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { Answered } from './use-answer.ts';
import { useAnswer } from './use-answer.ts';

interface AskedEvidence {
  /** The answer is null where this run does not drop the row. */
  readonly evidence: Answered<DropEvidence | null>;
  /** Whether the run has come to the event. */
  readonly isThere: boolean;
}

/** Why a row was dropped; asked again when the run is another, or comes to it anew. */
export function useDropEvidence(place: DropPlace): AskedEvidence {
  const run = useRunStore((state) => state.ranWith);
  const isThere = useRunStore((state) => lookedAt(state).seq > place.seq);
  const key = isThere ? `${place.nodeId} ${String(place.seq)} ${String(place.nth)} ${String(numberOf(run))}` : null;
  return { evidence: useAnswer(key, (engine) => engine.explainDrop(place)), isThere };
}

/** Instead of an answer that is not there yet. */
export function waitingWords(isThere: boolean): string {
  return isThere ? 'Looking into the run…' : 'The run has not come to this event yet.';
}

const numbers = new WeakMap<object, number>();
let runs = 0;

/** Tells the graphs that were run apart. */
function numberOf(run: object | null): number {
  if (run === null) return 0;
  const number = numbers.get(run) ?? ++runs;
  numbers.set(run, number);
  return number;
}
