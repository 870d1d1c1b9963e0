import { create } from 'zustand';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { keep, readKept } from '../theme/kept.ts';
import { notify } from '../theme/notify.ts';
import type { TourScene } from './tour-steps.ts';
import { TOUR_NODE, TOUR_STEPS } from './tour-steps.ts';

const STORAGE_KEY = 'tidemark.tour';

interface TourState {
  /** The step in view; null while there is no tour. */
  readonly step: number | null;
  /** Where a tour that was left goes on. */
  readonly resumeAt: number;
  /** Whether it was offered, taken or sent away on this machine: it is offered once. */
  readonly isKnown: boolean;
  readonly begun: TourScene | null;
}

function kept(): Pick<TourState, 'resumeAt' | 'isKnown'> {
  const stored = readKept(STORAGE_KEY);
  if (typeof stored !== 'number' || !Number.isInteger(stored)) return { resumeAt: 0, isKnown: false };
  return { resumeAt: Math.min(Math.max(stored, 0), TOUR_STEPS.length - 1), isKnown: true };
}

export const useTour = create<TourState>()(() => ({ step: null, begun: null, ...kept() }));

export function sceneNow(): TourScene {
  return { document: useDocumentStore.getState(), run: useRunStore.getState() };
}

/** Begins, or goes on where it was left. The template that it is about is opened unless its window is there. */
export async function beginTour(): Promise<void> {
  const isThere = useDocumentStore.getState().document.nodes.some(({ id }) => id === TOUR_NODE);
  if (!isThere) {
    const { openTemplate } = await import('../../app/document-gallery.ts');
    const problem = await openTemplate({ id: 'clicks-to-purchases' });
    if (problem !== null) {
      notify('error', problem);
      return;
    }
  }
  goTo(isThere ? useTour.getState().resumeAt : 0);
}

export function goTo(step: number): void {
  if (step >= TOUR_STEPS.length) leave(0);
  else useTour.setState({ step, begun: sceneNow() });
}

/** Puts it away; the next time it goes on at `resumeAt`. */
export function leave(resumeAt: number): void {
  keep(STORAGE_KEY, resumeAt);
  useTour.setState({ step: null, begun: null, resumeAt, isKnown: true });
}
