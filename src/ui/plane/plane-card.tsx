import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { FATE_DROPPED, FATE_REFUSED } from '../../app/plane-updates.ts';
import type { SelectedEvent, TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import type { useTimeWord } from '../theme/use-time-word.ts';
import { DropBrief } from './drop-brief.tsx';
import { EventCard } from './event-card.tsx';
import type { PlaneData } from './plane-data.ts';
import type { PlaneScreen, PlaneState } from './plane-screen.ts';
import { WindowCard } from './window-card.tsx';
import styles from './plane.module.css';

const DropExplainer = lazyPart(async () => (await import('../explain/drop-explainer.tsx')).DropExplainer);

export type CardPlace = 'inside' | 'brief' | 'beside' | 'none';

interface PlaneCardProps {
  readonly screen: PlaneScreen;
  readonly state: PlaneState;
  readonly word: ReturnType<typeof useTimeWord>;
  /** `inside`: in the half of the plane where no event can be; `brief`: there, in few words at first; `beside`: over what stands at its right. */
  readonly at: CardPlace;
}

/** What is selected, explained: why a row was dropped, what a row came to, what a window gave and when it fires. */
export function PlaneCard({ screen, state, word, at }: PlaneCardProps): ReactElement | null {
  const selection = useTimeView((view) => view.selection);
  const [whole, setWhole] = useState<TimeSelection | null>(null);
  const { data } = state;
  if (at === 'none' || data === null || selection?.nodeId !== data.facts.nodeId) return null;
  // A result of no window has its place in the tables alone.
  if (selection.kind === 'pane' && Number.isNaN(selection.startMs)) return null;
  const isBrief = at === 'brief' && whole !== selection;
  const onMore = isBrief ? (): void => setWhole(selection) : undefined;
  const onClose = (): void => useTimeView.getState().select(null);
  return (
    <Slot isInside={at !== 'beside'} isBrief={isBrief} onEscape={onClose} onWholeView={() => screen.showMode('all')}>
      {selection.kind === 'pane' ? (
        <WindowCard data={data} selection={selection} word={word} onMore={onMore} onClose={onClose} />
      ) : (
        <OfEvent screen={screen} data={data} selection={selection} word={word} onMore={onMore} onClose={onClose} />
      )}
    </Slot>
  );
}

interface OfEventProps extends Pick<PlaneCardProps, 'screen' | 'word'> {
  readonly data: PlaneData;
  readonly selection: SelectedEvent;
  readonly onMore: (() => void) | undefined;
  readonly onClose: () => void;
}

function OfEvent({ screen, data, selection, word, onMore, onClose }: OfEventProps): ReactElement {
  const place = screen.placeOfSelection();
  const fate = place < 0 ? Number.NaN : data.points.fate.at(place);
  const drop = { nodeId: selection.nodeId, seq: selection.seq, nth: selection.nth ?? 0 };
  if (fate === FATE_DROPPED || fate === FATE_REFUSED) {
    if (onMore === undefined) return <DropExplainer place={drop} onClose={onClose} />;
    return <DropBrief place={drop} word={word} onMore={onMore} onClose={onClose} />;
  }
  return <EventCard data={data} place={place} selection={selection} word={word} onMore={onMore} onClose={onClose} />;
}

interface SlotProps {
  readonly isInside: boolean;
  readonly isBrief: boolean;
  readonly onEscape: () => void;
  /** The first click of two on the plane brought the card: the second was meant for what lies below. */
  readonly onWholeView: () => void;
  readonly children: ReactNode;
}

const DOUBLE_CLICK_MS = 600;

function Slot({ isInside, isBrief, onEscape, onWholeView, children }: SlotProps): ReactElement {
  const slot = useRef<HTMLDivElement>(null);
  const cameAtMs = useRef(0);
  const wasBrief = useRef(isBrief);
  useEffect(() => {
    // What asked for more is gone: the keyboard stays with the card.
    if (wasBrief.current && !isBrief && document.activeElement === document.body) slot.current?.focus();
    wasBrief.current = isBrief;
  }, [isBrief]);
  useEffect(() => {
    const element = slot.current;
    cameAtMs.current = performance.now();
    return () => {
      // What had the keyboard is gone with the card: it goes back to the plane.
      if (element?.contains(document.activeElement) === true) {
        element.parentElement?.querySelector<HTMLElement>('[role="application"]')?.focus();
      }
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onEscape();
  };
  return (
    <div
      ref={slot}
      className={styles['card']}
      data-place={isInside ? 'inside' : 'beside'}
      tabIndex={-1}
      data-brief={isBrief || undefined}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        if (performance.now() - cameAtMs.current < DOUBLE_CLICK_MS) onWholeView();
      }}
    >
      {children}
    </div>
  );
}
