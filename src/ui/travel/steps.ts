import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { SeekTarget, StepRequest } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { MoveOutcome } from '../../app/travel/moves.ts';
import { goTo, stepTo, wantedSeq } from '../../app/travel/moves.ts';
import { announce } from '../theme/announce.ts';
import { formatExactCount, formatTime } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';

/** Goes there and says where that is. */
export async function travelTo(to: SeekTarget): Promise<void> {
  tell(await goTo(to), '');
}

/** Takes back the newest entry. */
export function stepBack(): Promise<void> {
  return travelTo({ by: 'seq', seq: Math.max(0, wantedSeq() - 1) });
}

const WORDS = { firing: 'firing', watermark: 'step of the watermark' } as const;

/** To the next or previous firing, or step of the watermark, of one node or any; says so where there is none. */
export async function travelStep(request: StepRequest): Promise<void> {
  const { kind, direction, nodeId } = request;
  const before = useRunStore.getState().position.seq;
  const outcome = await stepTo(request);
  const of = nodeId === null ? '' : ` of ${nameOf(nodeId)}`;
  const isNext = direction === 'next';
  if (outcome.kind === 'impossible') {
    const cure = isNext
      ? 'The graph that runs has no such node.'
      : 'The graph was edited on the way. Go back along the track, or to an offset.';
    notify('info', `No ${isNext ? 'later' : 'earlier'} ${WORDS[kind]}${of} was found`, cure);
    return;
  }
  if (outcome.kind === 'superseded') return;
  const isEdge = isNext ? useRunStore.getState().status.kind === 'ended' : outcome.seq === 0;
  if (isEdge || outcome.seq === before) {
    const where = isNext ? 'the run is at its end' : 'the run is at its start';
    notify('info', `No ${isNext ? 'later' : 'earlier'} ${WORDS[kind]}${of}: ${where}.`);
    return;
  }
  tell(outcome, `Behind the ${isNext ? 'next' : 'previous'} ${WORDS[kind]}${of}. `);
}

function nameOf(nodeId: string): string {
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? nodeId : displayName(node);
}

/** Once the figures are of that place. */
function tell(outcome: MoveOutcome, lead: string): void {
  if (outcome.kind !== 'there') return;
  const { seq } = outcome;
  const say = (): boolean => {
    const { position, clocks } = useRunStore.getState();
    if (position.seq !== seq) return false;
    announce(
      `${lead}Offset ${formatExactCount(seq)}, ${seq === 0 ? 'the start' : formatTime(clocks.processingTimeMs)}.`,
      'place',
    );
    return true;
  };
  if (say()) return;
  const stop = useRunStore.subscribe(() => {
    if (say()) stop();
  });
  setTimeout(stop, 2_000);
}
