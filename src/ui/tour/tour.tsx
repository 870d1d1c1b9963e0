import { Check, Compass, X } from 'lucide-react';
import { Portal } from 'radix-ui';
import { Popper } from 'radix-ui/internal';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { needsBanner, useDocuments } from '../../app/documents/documents-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { Button } from '../theme/button.tsx';
import type { TourStep } from './tour-steps.ts';
import { targetOf, taskOf, TOUR_STEPS } from './tour-steps.ts';
import { beginTour, goTo, leave, TOUR_CARD, useTour } from './tour-store.ts';
import type { TourScene } from './tour-subject.ts';
import { tourWindow } from './tour-subject.ts';
import styles from './tour.module.css';
import { boxOf, TourRing } from './tour-ring.tsx';

/** The tour while it is taken; before that, once on a machine, the offer of it. */
export function Tour(): ReactElement | null {
  const step = useTour((state) => state.step);
  const isKnown = useTour((state) => state.isKnown);
  const hasRoom = usePanels(({ filled }) => filled !== 'deck');
  const hasBanner = useDocuments(needsBanner);
  const isEmbedded = new URLSearchParams(location.search).has('embed');
  if (step !== null) return <TourCard key={step} number={step} />;
  return isKnown || isEmbedded || hasBanner || !hasRoom ? null : <TourOffer />;
}

function TourOffer(): ReactElement {
  return (
    <div className={styles['offer']} role="region" aria-label="Tour offered">
      <Button look="quiet" onClick={beginTour}>
        <Compass size={16} aria-hidden /> New here? Take the tour
      </Button>
      <Button look="quiet" isIcon aria-label="No tour" onClick={() => leave(0)}>
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}

function useScene(): TourScene {
  return { document: useDocumentStore(), run: useRunStore() };
}

function useIsDone(number: number, scene: TourScene): boolean {
  const atFirst = useTour((state) => state.atFirst);
  const [isDone, setDone] = useState(false);
  // Done is done: a pause that ends does not undo the step.
  if (!isDone && TOUR_STEPS[number]?.isDone(scene, atFirst) === true) setDone(true);
  return isDone;
}

/** Once, when the card comes; without scrolling to where it is before it has a place. */
function takeFocus(card: HTMLDivElement | null): void {
  card?.focus({ preventScroll: true });
}

function TourCard({ number }: { number: number }): ReactElement | null {
  const step = TOUR_STEPS[number];
  const scene = useScene();
  const isLost = tourWindow(scene) === null;
  const selector = step === undefined || isLost ? '' : targetOf(step, scene);
  const target = useMemo(() => ({ current: { getBoundingClientRect: () => placeOf(selector) } }), [selector]);
  if (step === undefined) return null;
  return (
    <>
      {selector !== '' && <TourRing target={selector} />}
      <Popper.Root>
        <Popper.Anchor virtualRef={target} />
        <Portal.Root>
          <Popper.Content
            ref={takeFocus}
            id={TOUR_CARD}
            role="region"
            tabIndex={-1}
            className={styles['card']}
            aria-label={`Tour, step ${number + 1} of ${TOUR_STEPS.length}`}
            side={sideOf(selector)}
            sideOffset={12}
            collisionPadding={12}
            sticky="always"
            updatePositionStrategy="always"
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              leave(number);
            }}
          >
            <p className={styles['number']}>
              {number + 1} of {TOUR_STEPS.length}
            </p>
            {isLost ? <Lost number={number} /> : <Step number={number} step={step} scene={scene} />}
          </Popper.Content>
        </Portal.Root>
      </Popper.Root>
    </>
  );
}

/** Another graph was opened meanwhile. */
function Lost({ number }: { number: number }): ReactElement {
  return (
    <>
      <h2>Another graph is open</h2>
      <p>The tour is about a window of time behind a generator, and this graph has none. Undo brings yours back.</p>
      <div className={styles['actions']}>
        <Button look="quiet" onClick={() => leave(number)}>
          Leave
        </Button>
        <Button look="primary" onClick={beginTour}>
          Begin anew
        </Button>
      </div>
    </>
  );
}

interface StepProps {
  readonly number: number;
  readonly step: TourStep;
  readonly scene: TourScene;
}

function Step({ number, step, scene }: StepProps): ReactElement {
  const isDone = useIsDone(number, scene);
  const atFirst = useTour((state) => state.atFirst);
  const isLast = number === TOUR_STEPS.length - 1;
  return (
    <>
      <h2>{step.title}</h2>
      <p>{step.text}</p>
      <p className={styles['task']} data-done={isDone ? '' : undefined} role="status">
        {isDone ? <Check size={16} aria-label="Done" /> : null}
        <span>{isDone ? step.told(scene, atFirst) : taskOf(step, scene)}</span>
      </p>
      <div className={styles['actions']}>
        <Button look="quiet" onClick={() => leave(number)}>
          Leave
        </Button>
        {!isDone && <Button onClick={() => void step.show()}>Show me</Button>}
        {isLast && isDone && (
          <Button
            onClick={() => {
              goTo(number + 1);
              useDialogs.getState().show('templates');
            }}
          >
            Open templates
          </Button>
        )}
        <Button look="primary" disabled={!isDone} onClick={() => goTo(number + 1)}>
          {isLast ? 'Finish' : 'Next'}
        </Button>
      </div>
    </>
  );
}

/** Room that the card needs beside its target, px. */
const CARD_ROOM = 350;
const TOP_BAR_PX = 80;

/** Beneath the top bar; else at the left, where what comes before has been seen; above or below where no side has room. */
function sideOf(target: string): 'left' | 'right' | 'top' | 'bottom' {
  const { left, right, bottom } = placeOf(target);
  if (bottom < TOP_BAR_PX) return 'bottom';
  if (left >= CARD_ROOM) return 'left';
  return innerWidth - right >= CARD_ROOM ? 'right' : 'top';
}

/** The middle of the window for what is not there. */
function placeOf(target: string): DOMRect {
  return boxOf(target) ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
}
