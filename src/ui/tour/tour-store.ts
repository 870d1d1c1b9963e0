import { create } from 'zustand';
import { useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { usePanels } from '../shell/panel-store.ts';
import { keep, readKept } from '../../app/kept.ts';
import { later } from '../theme/later.ts';
import { notify } from '../theme/notify.ts';
import { TOUR_STEPS } from './tour-steps.ts';
import { tourWindows } from './tour-subject.ts';

const STORAGE_KEY = 'tidemark.tour';
/** The element that is the tour while it is taken. */
export const TOUR_CARD = 'tour-card';

interface TourState {
  /** The step in view; null while there is no tour. */
  readonly step: number | null;
  /** Where a tour that was left goes on. */
  readonly resumeAt: number;
  /** Whether it was offered, taken or sent away on this machine: it is offered once. */
  readonly isKnown: boolean;
  /** Ids of the nodes that it began with. */
  readonly atFirst: readonly string[];
}

const UNKNOWN: TourState = { step: null, resumeAt: 0, isKnown: false, atFirst: [] };

/** A tour in view is kept with its nodes, and a reload goes on with it; of one that was left, the step alone. */
function kept(): TourState {
  const stored = readKept(STORAGE_KEY);
  const { step, atFirst } = (typeof stored === 'object' && stored !== null ? stored : { step: stored }) as Partial<
    Record<keyof TourState, unknown>
  >;
  if (typeof step !== 'number' || TOUR_STEPS[step] === undefined) return UNKNOWN;
  const left: TourState = { ...UNKNOWN, resumeAt: step, isKnown: true };
  const isInView = Array.isArray(atFirst);
  return isInView ? { ...left, step, atFirst: atFirst.filter((id) => typeof id === 'string') } : left;
}

export const useTour = create<TourState>()(kept);

/** Begins, or goes on where it was left. The template that it is about is opened unless there is a window to speak of. */
export function beginTour(): void {
  const { step, resumeAt } = useTour.getState();
  const isThere = tourWindows(useDocumentStore.getState().document).length > 0;
  if (step !== null && isThere) {
    document.getElementById(TOUR_CARD)?.focus();
    return;
  }
  if (isThere) start(resumeAt);
  else {
    later(
      () => import('../../app/document-gallery.ts'),
      async ({ openTemplate }) => {
        const problem = await openTemplate({ id: 'clicks-to-purchases' });
        if (problem === null) start(0);
        else notify('error', problem);
      },
    );
  }
}

function start(number: number): void {
  useTour.setState({ atFirst: useDocumentStore.getState().document.nodes.map(({ id }) => id) });
  goTo(number);
}

export function goTo(number: number): void {
  const step = TOUR_STEPS[number];
  if (step === undefined) {
    leave(0);
    return;
  }
  reveal(step.panel);
  keep(STORAGE_KEY, { step: number, atFirst: useTour.getState().atFirst });
  useTour.setState({ step: number, isKnown: true });
}

function reveal(panel: 'canvas' | 'inspector' | 'deck'): void {
  const { isInspectorFolded, isDeckFolded, change, showTab } = usePanels.getState();
  if (panel === 'inspector' && isInspectorFolded) change({ isInspectorFolded: false });
  if (panel === 'deck' && isDeckFolded) change({ isDeckFolded: false });
  showTab(panel === 'inspector' ? 'node' : 'graph');
  if (panel === 'canvas') useCanvasView.getState().fit();
}

/** Puts it away; the next time it goes on at `resumeAt`. */
export function leave(resumeAt: number): void {
  keep(STORAGE_KEY, resumeAt);
  useTour.setState({ step: null, resumeAt, isKnown: true });
}
