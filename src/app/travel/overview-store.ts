import { create } from 'zustand';
import type { Overview, RunState } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';

export type { Overview } from '../run-state.ts';

const ASK_PAUSE_MS = 200;

interface OverviewState {
  /** All that the run has come to, also where it went back since; null before its first entry. */
  readonly overview: Overview | null;
  /** How much of the log that is, 0..1; null while nobody knows. */
  readonly share: number | null;
}

const NOTHING_YET: OverviewState = { overview: null, share: null };

export const useOverview = create<OverviewState>()(() => NOTHING_YET);

/** The furthest place at which a share was known. */
interface Furthest {
  readonly seq: number;
  readonly share: number;
}

/** Keeps the overview in step with the run, asking no more often than every so often. Ends when the answer is called. */
export function followOverview(): () => void {
  let furthest: Furthest | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const ask = async (): Promise<void> => {
    const { status, began } = useRunStore.getState();
    if (status.kind === 'idle' || status.kind === 'loading') {
      useOverview.setState(NOTHING_YET);
      return;
    }
    // Without an answer the thread is gone: the run says so.
    const overview = await useRunStore
      .getState()
      .ask((control) => control.overview())
      .catch(() => null);
    if (isOver || began !== useRunStore.getState().began) return;
    if (overview === null || (furthest !== null && overview.seq < furthest.seq)) furthest = null;
    furthest = furtherOf(furthest, useRunStore.getState());
    useOverview.setState({ overview, share: shareOf(overview, furthest) });
  };
  const askSoon = (): void => {
    timer ??= setTimeout(() => {
      void ask().finally(() => (timer = undefined));
    }, ASK_PAUSE_MS);
  };
  const stop = useRunStore.subscribe((now, before) => {
    if (now.began !== before.began) furthest = null;
    if (now.position === before.position && now.status === before.status && now.began === before.began) return;
    furthest = furtherOf(furthest, now);
    askSoon();
  });
  askSoon();
  return () => {
    isOver = true;
    clearTimeout(timer);
    stop();
  };
}

function furtherOf(furthest: Furthest | null, { position }: RunState): Furthest | null {
  const { seq, progress: share } = position;
  return share === null || seq === 0 || (furthest !== null && seq < furthest.seq) ? furthest : { seq, share };
}

function shareOf(overview: Overview | null, furthest: Furthest | null): number | null {
  if (overview?.isWhole === true) return 1;
  if (overview === null || furthest === null) return null;
  return Math.min(1, (furthest.share * overview.seq) / furthest.seq);
}
