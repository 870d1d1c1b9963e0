import { Check, Compass, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { needsBanner, useDocuments } from '../../app/documents/documents-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { Button } from '../theme/button.tsx';
import { TOUR_STEPS } from './tour-steps.ts';
import { beginTour, goTo, leave, useTour } from './tour-store.ts';
import styles from './tour.module.css';
import { TourRing } from './tour-ring.tsx';

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
      <Button look="quiet" onClick={() => void beginTour()}>
        <Compass size={16} aria-hidden /> New here? Take the tour
      </Button>
      <Button look="quiet" isIcon aria-label="No tour" onClick={() => leave(0)}>
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}

function useIsDone(number: number): boolean {
  const begun = useTour((state) => state.begun);
  const document = useDocumentStore();
  const run = useRunStore();
  const [isDone, setDone] = useState(false);
  // Done is done: a pause that ends does not undo the step.
  if (!isDone && begun !== null && TOUR_STEPS[number]?.isDone({ document, run }, begun) === true) setDone(true);
  return isDone;
}

function TourCard({ number }: { number: number }): ReactElement | null {
  const step = TOUR_STEPS[number];
  const isDone = useIsDone(number);
  const card = useRef<HTMLDivElement>(null);
  const target = useRef({ getBoundingClientRect: () => placeOf(step?.target ?? '') });
  if (step === undefined) return null;
  const isLast = number === TOUR_STEPS.length - 1;
  return (
    <>
      <TourRing target={step.target} />
      <Popover.Root open modal={false}>
        <Popover.Anchor virtualRef={target} />
        <Popover.Portal>
          <Popover.Content
            ref={card}
            role="region"
            className={styles['card']}
            aria-label={`Tour, step ${number + 1} of ${TOUR_STEPS.length}`}
            side={sideOf(step.target)}
            sideOffset={12}
            collisionPadding={12}
            sticky="always"
            updatePositionStrategy="always"
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              card.current?.focus({ preventScroll: true });
            }}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onInteractOutside={(event) => event.preventDefault()}
            onEscapeKeyDown={(event) => {
              if (card.current?.contains(document.activeElement) === true) leave(number);
              else event.preventDefault();
            }}
          >
            <p className={styles['number']}>
              {number + 1} of {TOUR_STEPS.length}
            </p>
            <h2>{step.title}</h2>
            <p>{step.text}</p>
            <p className={styles['task']} data-done={isDone ? '' : undefined} role="status">
              {isDone ? <Check size={16} aria-label="Done" /> : null}
              {isDone ? <Told number={number} /> : step.task}
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
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

/** Follows the run, so that its figures are those on the screen. */
function Told({ number }: { number: number }): ReactElement {
  const document = useDocumentStore();
  const run = useRunStore();
  return <span>{TOUR_STEPS[number]?.told({ document, run })}</span>;
}

/** Room that the card needs beside its target, px. */
const CARD_ROOM = 350;

/** Above or below what leaves no room beside it. */
function sideOf(target: string): 'right' | 'top' {
  const { left, right } = placeOf(target);
  return left >= CARD_ROOM || innerWidth - right >= CARD_ROOM ? 'right' : 'top';
}

function placeOf(target: string): DOMRect {
  const box = document.querySelector(target)?.getBoundingClientRect();
  return box ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
}
