import { create } from 'zustand';
import type { SeekReport, SeekTarget, StepRequest } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';

/** Whoever waits longer is told how far it is. */
const LONG_MS = 300;
const ASK_PAUSE_MS = 150;

/** A move that is under way. */
export interface Move {
  /** Null: a step to something that has to be found first. */
  readonly to: SeekTarget | null;
  /** Where the run stood before. */
  readonly fromSeq: number;
  readonly isLong: boolean;
  /** How far it is, 0..1; null while nobody knows. */
  readonly share: number | null;
}

interface Moves {
  /** The newest one: it takes the place of any other. */
  readonly move: Move | null;
}

export const useMoves = create<Moves>()(() => ({ move: null }));

/** Where a move led to; `superseded`: another one took its place, or the run did not last so long; `impossible`: there is no way. */
export type MoveOutcome =
  { readonly kind: 'there'; readonly seq: number } | { readonly kind: 'superseded' } | { readonly kind: 'impossible' };

/** Goes somewhere. Beyond the end it is the end. */
export function goTo(to: SeekTarget, plays = false): Promise<MoveOutcome> {
  return moved(to, () => useRunStore.getState().seek({ to, plays }));
}

/** To the next or previous of its kind; without one to the end, or the start. */
export function stepTo(request: StepRequest): Promise<MoveOutcome> {
  return moved(null, () => useRunStore.getState().stepTo(request));
}

/** Where a move has led to that the screen does not show yet: `jumps` is what it shows. */
let landed: { readonly seq: number; readonly jumps: number } | null = null;

/** Where the run stands, or will: keys come faster than what they lead to is drawn. */
export function wantedSeq(): number {
  const { move } = useMoves.getState();
  if (move?.to?.by === 'seq') return move.to.seq;
  const { position, jumps } = useRunStore.getState();
  return landed !== null && landed.jumps === jumps ? landed.seq : position.seq;
}

function land(seq: number): void {
  const { position, jumps, status } = useRunStore.getState();
  landed = position.seq === seq || status.kind === 'running' ? null : { seq, jumps };
}

async function moved(to: SeekTarget | null, start: () => Promise<SeekReport | null>): Promise<MoveOutcome> {
  const before = useMoves.getState().move;
  let own: Move = { to, fromSeq: before?.fromSeq ?? useRunStore.getState().position.seq, isLong: false, share: null };
  useMoves.setState({ move: own });
  const isNewest = (): boolean => useMoves.getState().move === own;
  const tell = (part: Partial<Move>): void => {
    if (isNewest()) useMoves.setState({ move: (own = { ...own, ...part }) });
  };
  const ask = async (): Promise<void> => {
    const share = await useRunStore.getState().ask((control) => control.seekProgress());
    tell({ isLong: true, share });
  };
  let asking: ReturnType<typeof setInterval> | undefined;
  const waiting = setTimeout(() => {
    tell({ isLong: true });
    // Without an answer the thread is gone: the run says so.
    asking = setInterval(() => void ask().catch(() => undefined), ASK_PAUSE_MS);
  }, LONG_MS);
  try {
    const report = await start();
    if (report?.kind === 'there') {
      land(report.seq);
      return report;
    }
    return { kind: report !== null && isNewest() ? 'impossible' : 'superseded' };
  } finally {
    clearTimeout(waiting);
    clearInterval(asking);
    if (isNewest()) useMoves.setState({ move: null });
  }
}

let next: SeekTarget | null = null;
/** Of those that go on with it. */
let hands = 0;

/**
 * For a hand that pulls the time along: each place that it comes to is shown before the next one is gone to, so that it sees
 * something; a way that takes long is left for the newest place.
 */
export function dragTo(to: SeekTarget): void {
  next = to;
  const { move } = useMoves.getState();
  if (hands > 0 && move?.isLong !== true) return;
  void goOn();
}

/** The last place counts; the run goes on from there if it `plays`. */
export function dropAt(to: SeekTarget, plays: boolean): void {
  next = null;
  void goTo(to, plays);
}

async function goOn(): Promise<void> {
  hands++;
  while (next !== null) {
    const to = next;
    next = null;
    await goTo(to);
  }
  hands--;
}
